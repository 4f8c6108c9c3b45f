"""Which profiles may be about one business: asked for one, by night, and for all at once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from ifn.directory import actions, tasks
from ifn.directory.linking import everyone, records_of
from ifn.directory.models import Business, Twins
from ifn.directory.profile import ContactFact
from ifn.directory.twinning import evidence_of, likely_twins, public_reasons
from ifn.jobs.steps import Continue
from ifn.linkage.sweep import sweep
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import (
    AT,
    BANDUNG,
    LATER,
    full_profile,
    profile,
    registered,
    revised,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TONIGHT = LATER + timedelta(hours=1)
PHONE = ContactFact("whatsapp", "+6281234567890")
NAME = "Sepatu Warna Kelana"


def found(facts, **options):
    return [twin.business.name for twin in likely_twins(facts, **options)]


@pytest.mark.parametrize(
    "asked",
    [
        profile(name="PT Sepatu Warna Kelana"),
        profile(name="Sepatu Warna Kelanna"),
        profile(name="sepatu kelana warna"),
        profile(name="Toko Lain", contacts=(PHONE,)),
        profile(name=NAME, region="", capabilities=()),
    ],
)
def test_a_twin_is_found_by_name_or_contact(asked):
    registered(profile(name=NAME, contacts=(PHONE,)))
    registered(profile(name="Sandal Gunung Api"))

    assert found(asked) == [NAME]


def test_a_twin_is_found_by_its_nib_and_site():
    known = full_profile()
    registered(known)
    site = ContactFact("website", "http://www.langkah.example/")

    assert found(profile(name="Nama Lain Sekali", nib=known.nib, contacts=(site,))) == [known.name]


def test_the_office_is_asked_about_one_nib_not_about_one_phone():
    first = registered(full_profile(contacts=(PHONE,)))
    registered(profile(name="Nama Lain Sekali", nib="9120001234567", region=BANDUNG))
    registered(profile(name="Toko Lain Pula", contacts=(PHONE,)))

    actions.look_for_twins(at=TONIGHT)

    assert waiting() == [(first.name, "Nama Lain Sekali")]


def test_others_are_no_twins():
    registered(profile(name="Sandal Gunung Api"))
    registered(profile(name=NAME, region=BANDUNG), is_demo=True)
    hidden = registered(profile(name=NAME, contacts=(PHONE,)))
    actions.hide(hidden, reason="x", actor=OfficerFactory(), at=LATER)
    registered(profile(name=NAME), status="draft")

    asked = profile(name=NAME, contacts=(PHONE,))
    assert found(asked) == []
    assert found(asked, statuses=["hidden"]) == [NAME]
    assert found(profile(name=NAME, region=BANDUNG), is_demo=True) == [NAME]


def test_a_profile_is_not_its_own_twin():
    business = registered(profile(name=NAME, contacts=(PHONE,)))

    assert found(profile(name=NAME, contacts=(PHONE,)), but=business.pk) == []


def test_a_contact_of_many_makes_nobody_a_twin():
    for number in range(8):
        registered(profile(name=f"Anggota {'ABCDEFGH'[number] * 4}", contacts=(PHONE,)))

    assert found(profile(name="Rajawali Nusa", contacts=(PHONE,))) == []


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_many_there_are(count, django_assert_max_num_queries):
    for _number in range(count):
        registered(profile(name=NAME, contacts=(PHONE,)))
    likely_twins(profile(name=NAME))

    with django_assert_max_num_queries(12):
        assert len(likely_twins(profile(name=NAME, contacts=(PHONE,)))) == count


def test_reasons_give_nothing_hidden_away():
    registered(
        profile(
            name=NAME,
            address="Jl. Rahasia 7",
            contacts=(ContactFact("phone", "+62321777888", "nobody"),),
        )
    )
    asked = profile(
        name=NAME, address="Jl. Rahasia 7", contacts=(ContactFact("phone", "+62321777888"),)
    )

    [twin] = likely_twins(asked)
    with translation.override("en"):
        said = public_reasons(evidence_of(twin.comparison), twin.business)
        Business.objects.update(address_visibility="public")
        twin.business.refresh_from_db()
        public = public_reasons(evidence_of(twin.comparison), twin.business)

    place = "the same regency or city"
    contact = "it has a contact that you gave"
    assert said == ["the name is the same", contact, place]
    assert public == ["the name is the same", contact, "the street is alike", place]


def waiting():
    return sorted(
        (one.left.name, one.right.name) for one in Twins.objects.filter(verdict="waiting")
    )


def test_the_night_finds_pairs_among_what_changed():
    registered(profile(name=NAME))
    registered(profile(name=f"PT {NAME}"))
    registered(profile(name="Sandal Gunung Api"))

    assert actions.look_for_twins(at=TONIGHT) == 3
    assert actions.look_for_twins(at=TONIGHT) == 0

    assert waiting() == [(NAME, f"PT {NAME}")]
    pair = Twins.objects.get()
    assert pair.probability > 0.5
    assert "name" in dict(pair.evidence)


def test_the_night_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr("ifn.directory.actions.twins.BATCH", 2)
    for number in range(3):
        registered(profile(name=f"{NAME} {number}"), at=AT + timedelta(days=number // 2))

    assert [actions.look_for_twins(at=TONIGHT) for _night in range(3)] == [2, 1, 0]

    revised(Business.objects.first(), profile(name="Rajawali Nusa"))
    assert actions.look_for_twins(at=TONIGHT) == 1


def test_what_changed_just_now_waits_for_the_next_look():
    registered(profile(name=NAME), at=LATER)

    assert actions.look_for_twins(at=LATER + timedelta(minutes=9)) == 0
    assert actions.look_for_twins(at=LATER + timedelta(minutes=10)) == 1


def test_a_decided_pair_is_not_asked_again():
    one, other = registered(profile(name=NAME)), registered(profile(name=f"PT {NAME}"))
    actions.keep_apart(one, other, reason="Dua bengkel", actor=OfficerFactory(), at=LATER)

    actions.look_for_twins(at=TONIGHT)
    call_command("twins")

    assert Twins.objects.get().verdict == "apart"


def test_a_pair_that_is_no_longer_alike_is_forgotten():
    one, other = registered(profile(name=NAME)), registered(profile(name=f"PT {NAME}"))
    actions.look_for_twins(at=TONIGHT)
    assert waiting() == [(NAME, other.name)]

    revised(one, profile(name="Rajawali Nusa", region=BANDUNG), at=TONIGHT)
    actions.look_for_twins(at=TONIGHT + timedelta(days=1))

    assert waiting() == []


def test_a_pair_that_somebody_asked_about_waits_however_unlike():
    one, other = registered(profile(name=NAME)), registered(profile(name="Gunung Api"))
    officer = OfficerFactory()

    asked = actions.ask_about(other, one, actor=officer, at=LATER)
    again = actions.ask_about(one, other, actor=officer, at=LATER)
    actions.look_for_twins(at=TONIGHT)
    call_command("twins")

    assert asked == again
    assert waiting() == [(NAME, "Gunung Api")]
    with pytest.raises(actions.NotTwins):
        actions.ask_about(one, one, actor=officer, at=LATER)
    with pytest.raises(actions.NotTwins):
        actions.ask_about(one, registered(is_demo=True), actor=officer, at=LATER)


def test_two_that_were_merged_cannot_be_said_to_be_apart():
    one, other = registered(profile(name=NAME)), registered(profile(name=f"PT {NAME}"))
    officer = OfficerFactory()
    actions.merge(one, other, versions=(1, 1), chosen={}, reason="", actor=officer, at=LATER)

    with pytest.raises(actions.NotApart):
        actions.keep_apart(one, other, reason="x", actor=officer, at=LATER)


def test_what_waits_of_a_merged_profile_is_forgotten_by_night():
    one, other, third = (registered(profile(name=f"{NAME} {n}")) for n in "ABC")
    actions.merge(
        one, other, versions=(1, 1), chosen={}, reason="", actor=OfficerFactory(), at=LATER
    )
    Twins.objects.create(left=other, right=third, found_at=LATER)

    actions.look_for_twins(at=TONIGHT)

    assert not Twins.objects.filter(left=other, verdict="waiting").exists()


def test_all_are_compared_at_once_by_command(capsys):
    registered(profile(name=NAME))
    registered(profile(name=f"PT {NAME}"))
    registered(profile(name=NAME), is_demo=True)
    registered(profile(name=NAME), status="draft")
    gone = registered(profile(name="Sandal Gunung Api"))
    old = registered(profile(name="Rajawali Nusa"))
    Twins.objects.create(left=gone, right=old, found_at=AT)

    with translation.override("en"):
        call_command("twins")
        call_command("twins")

    assert waiting() == [(NAME, f"PT {NAME}")]
    assert capsys.readouterr().out == "1 new pair waits.\n0 new pairs wait.\n"


def test_pairs_are_kept_as_they_come_whoever_goes_meanwhile(monkeypatch):
    monkeypatch.setattr("ifn.directory.actions.twins.KEPT_AT_ONCE", 1)
    one, other, third = (registered(profile(name=NAME)) for _ in range(3))

    def swept():
        found = list(sweep(everyone(is_demo=False), everyone(is_demo=False), fetch=records_of))
        yield from found[:1]
        Business.objects.filter(pk=third.pk).delete()
        yield from found[1:]

    assert actions.look_at_all(swept(), is_demo=False, at=LATER) == 2
    assert waiting() == [(one.name, other.name)]


def test_the_job_comes_back_until_nothing_is_left():
    registered(profile(name=NAME))

    assert tasks.look_for_twins.func(None) == Continue(1, done=1)
    assert tasks.look_for_twins.func(None) is None
