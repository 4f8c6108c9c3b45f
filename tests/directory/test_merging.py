from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.directory.merging import merge
from ifn.directory.profile import CapabilityFact, ContactFact, changed_fields
from ifn.directory.serial import from_json, to_json
from tests.factories.directory import full_profile, organisation, profile

BASE = full_profile()
RUBBER = CapabilityFact("material", "RUBBER")


def test_what_only_one_changed_is_taken_from_that_one():
    mine = replace(BASE, minimum_order=80)
    theirs = replace(BASE, lead_time_days=21, address="Jl. Baru 2")

    merged = merge(BASE, mine, theirs)

    assert merged.profile == replace(mine, lead_time_days=21, address="Jl. Baru 2")
    assert merged.conflicts == ()
    assert merged.taken == ("lead_time_days", "address")


def test_two_different_answers_to_one_question_are_for_a_person_to_choose():
    merged = merge(BASE, replace(BASE, minimum_order=80), replace(BASE, minimum_order=20))

    assert merged.conflicts == ("minimum_order",)
    assert merged.profile.minimum_order == 80


def test_the_same_answer_given_twice_is_no_conflict():
    both = replace(BASE, minimum_order=80)

    assert merge(BASE, both, both).conflicts == ()


def test_lists_get_what_each_added_and_lose_what_each_removed():
    cow, sewing = BASE.capabilities[2], BASE.capabilities[1]
    mine = replace(BASE, capabilities=tuple({*BASE.capabilities, RUBBER} - {cow}))
    theirs = replace(BASE, capabilities=tuple(set(BASE.capabilities) - {sewing}))

    merged = merge(BASE, mine, theirs)

    assert set(merged.profile.capabilities) == {*BASE.capabilities, RUBBER} - {cow, sewing}
    assert merged.conflicts == ()


def test_one_contact_shown_to_different_people_is_for_a_person_to_choose():
    def with_phone(visibility):
        return replace(BASE, contacts=(ContactFact("phone", "+62321555123", visibility),))

    start = with_phone("nobody")

    assert merge(start, with_phone("public"), with_phone("members")).conflicts == ("contacts",)
    assert merge(start, with_phone("public"), with_phone("nobody")).conflicts == ()


def test_the_order_in_which_capabilities_come_is_no_change():
    turned = replace(BASE, capabilities=BASE.capabilities[::-1])

    assert changed_fields(BASE, turned) == []
    assert merge(BASE, turned, replace(BASE, workers=3)).conflicts == ()


people = st.sampled_from(
    [BASE, profile(), organisation(), replace(BASE, minimum_order=1), replace(BASE, name="Lain")]
)


@given(people, people)
def test_who_changes_nothing_gets_what_the_other_wrote(base, other):
    assert changed_fields(merge(base, base, other).profile, other) == []
    assert changed_fields(merge(base, other, base).profile, other) == []


@given(people, people, people)
def test_a_field_without_conflict_has_what_one_of_the_two_wrote(base, mine, theirs):
    merged = merge(base, mine, theirs)

    for name in changed_fields(merged.profile, mine):
        assert name in merged.taken or name in merged.conflicts
    assert not set(merged.taken) & set(merged.conflicts)


@pytest.mark.parametrize("stated", [BASE, profile(), organisation(), profile(brands=("A", "B"))])
def test_a_profile_survives_being_kept_as_json(stated):
    assert from_json(to_json(stated)) == stated


def test_json_from_before_a_field_existed_is_still_read():
    stored = to_json(profile())
    del stored["postcode"], stored["languages"]
    stored["of another time"] = 1

    assert from_json(stored) == profile()
