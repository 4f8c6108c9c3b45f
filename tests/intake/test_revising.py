"""A newer list and a profile that is there: what is taken, what is not, and why."""

from datetime import date

import pytest

from ifn.directory.profile import CapabilityFact, ContactFact, Profile
from ifn.directory.provenance import Statement
from ifn.intake.revising import changes, revised

OLD, ON, NEW = date(2025, 1, 1), date(2026, 1, 1), date(2026, 6, 1)
ROLE, MORE = CapabilityFact("value_chain_role", "UP"), CapabilityFact("material", "COW")


def found(current, stated, by="list", stated_on=OLD, **options):
    said = {name: Statement(name, 1, by, "x", stated_on) for name in Profile.__dataclass_fields__}
    return changes(current, stated, said, stated_on=ON, **options)


def one(current, stated, **options):
    [change] = found(current, stated, **options)
    return change.field, change.is_taken, change.why


def test_what_is_the_same_or_empty_in_the_list_is_no_change():
    current = Profile(name="Langkah Jaya", workers=5, address="Jl. Mawar 1", brands=("A",))

    assert found(current, Profile(name="LANGKAH  JAYA")) == []
    assert found(current, Profile(name="Langkah Jaya", workers=5, brands=("A",))) == []


@pytest.mark.parametrize("by", ["self", "assisted", "officer"])
def test_the_word_of_the_firm_or_the_office_stands(by):
    current, stated = Profile(name="A", workers=5), Profile(name="A", workers=9)

    assert one(current, stated, by=by) == ("workers", False, "own")


def test_what_an_older_list_said_is_overwritten_and_a_newer_one_stands():
    current, stated = Profile(name="A", workers=5), Profile(name="A", workers=9)

    assert one(current, stated) == ("workers", True, "older_list")
    assert one(current, stated, stated_on=NEW) == ("workers", False, "newer")


def test_what_nobody_stated_is_filled_also_beside_the_firm_s_own_word():
    assert one(Profile(name="A"), Profile(name="A", nib="9120001234567"), by="self") == (
        *("nib", True),
        "empty",
    )


@pytest.mark.parametrize("fact", [{"name": "B"}, {"region": "35.15"}])
def test_who_it_is_and_where_is_never_a_list_s_to_change(fact):
    current = Profile(name="A", region="35.16")

    assert one(current, Profile(**{"name": "A", **fact})) == (*fact, False, "who_it_is")


def test_lists_of_things_are_added_to_and_lose_nothing():
    current = Profile(name="A", capabilities=(ROLE,))
    [change] = found(current, Profile(name="A", capabilities=(MORE,)))

    assert (change.is_taken, change.why) == (True, "added")
    assert revised(current, [change]).capabilities == (ROLE, MORE)


def test_a_contact_known_already_keeps_who_sees_it():
    shown = ContactFact("phone", "+62318901234", "public")
    current = Profile(name="A", contacts=(shown,))

    assert found(current, Profile(name="A", contacts=(ContactFact("phone", shown.value),))) == []


@pytest.mark.parametrize("choice", [True, False])
def test_a_person_chooses_against_the_rule(choice):
    current, stated = Profile(name="A", workers=5), Profile(name="A", workers=9)
    by = "self" if choice else "list"

    [change] = found(current, stated, by=by, chosen={"workers": choice})

    assert (change.is_taken, change.why) == (choice, "chosen")
    assert revised(current, [change]).workers == (9 if choice else 5)
