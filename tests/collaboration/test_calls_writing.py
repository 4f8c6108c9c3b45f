"""A call is written, reviewed, opened, and stands still from then on."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ifn.audit.models import Entry
from ifn.collaboration.actions.calls import moving, writing
from ifn.collaboration.models import Call, CallStep, CallTerms, Criterion
from ifn.collaboration.queries.calls import Missing, missing, shown
from ifn.notices.models import Notice
from tests.factories.collaboration_calls import (
    AFTER,
    AFTER_ON,
    applied,
    complete,
    criterion,
    drafted,
    firm,
    moved,
    officer,
    opened,
    phase,
    role,
    speaker,
    terms,
    wanted,
)
from tests.factories.directory import AT, ON

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_a_call_begins_with_a_title_and_days_and_says_what_it_lacks():
    call = drafted(aim_id="", aim_en="")

    assert call.state == "draft"
    assert call.code
    assert missing(call, ON) == (Missing.AIM, Missing.ROLES, Missing.CRITERIA, Missing.TERMS)
    assert Entry.objects.filter(event="collaboration.call.begun").exists()


def test_days_out_of_order_are_refused():
    with pytest.raises(writing.DaysReversed):
        drafted(closes_on=date(2026, 5, 1))
    call = drafted()
    with pytest.raises(writing.DaysReversed):
        writing.revise(call, {"decides_on": date(2026, 6, 2)}, version=1, actor=officer(), at=AT)
    with pytest.raises(writing.DaysReversed):
        phase(call, ends_on=date(2026, 5, 1))


@pytest.mark.parametrize("weight", [30, 50])
def test_criteria_must_make_a_hundred_before_it_opens(weight):
    call = complete()
    second = Criterion.objects.get(call=call, weight=40)
    writing.write_part(second, {"weight": weight}, actor=officer(), at=AT)

    with pytest.raises(moving.NotReady) as refused:
        moved(call, "open")

    assert refused.value.missing == (Missing.CRITERIA,)
    assert Call.objects.get(pk=call.pk).state == "draft"


def test_a_call_whose_last_day_is_over_does_not_open():
    with pytest.raises(moving.NotReady) as refused:
        moved(complete(), "open", on=AFTER_ON)

    assert refused.value.missing == (Missing.DAYS,)


def test_what_it_says_changes_until_it_is_handed_in():
    call = complete()

    revised = writing.revise(call, {"title_id": "Sol baru"}, version=1, actor=officer(), at=AT)

    assert (revised.title_id, revised.version) == ("Sol baru", 2)
    with pytest.raises(writing.ChangedMeanwhile):
        writing.revise(call, {"title_id": "Lain"}, version=1, actor=officer(), at=AT)
    moved(call, "open")
    with pytest.raises(writing.StandsStill):
        writing.revise(call, {"title_id": "Lain"}, version=3, actor=officer(), at=AT)


def test_criteria_and_roles_stand_still_once_it_is_open():
    call = opened()
    heaviest = Criterion.objects.get(call=call, weight=60)

    with pytest.raises(writing.StandsStill):
        writing.write_part(heaviest, {"weight": 50}, actor=officer(), at=AT)
    with pytest.raises(writing.StandsStill):
        criterion(call, "Lain", 10)
    with pytest.raises(writing.StandsStill):
        role(call, "designer")
    with pytest.raises(writing.StandsStill):
        writing.remove_part(heaviest, actor=officer(), at=AT)
    assert Criterion.objects.get(pk=heaviest.pk).weight == 60


def test_the_database_refuses_criteria_that_change_under_an_open_call():
    call = opened()

    with pytest.raises(DatabaseError), transaction.atomic():
        Criterion.objects.filter(call=call).update(weight=50)
    with pytest.raises(DatabaseError), transaction.atomic():
        Criterion.objects.filter(call=call).delete()

    assert sorted(Criterion.objects.values_list("weight", flat=True)) == [40, 60]


def test_a_role_is_wanted_once_and_parts_can_be_taken_out():
    call = complete()
    with pytest.raises(writing.ThereAlready):
        role(call)

    one = phase(call)
    writing.remove_part(one, actor=officer(), at=AT)

    assert not call.phases.exists()


def test_terms_get_versions_and_the_same_words_make_none():
    call = complete()

    second = terms(call, "Hak dibagi.")
    again = terms(call, "Hak dibagi.")

    assert (second.number, again) == (2, second)
    with pytest.raises(DatabaseError), transaction.atomic():
        CallTerms.objects.filter(pk=second.pk).update(text_id="Diam-diam")


def test_terms_stay_while_the_office_reviews_and_after_the_end():
    call = moved(complete(firm()), "review")
    with pytest.raises(writing.NoNewTerms):
        terms(call, "Hak dibagi.")
    moved(call, "cancelled")
    with pytest.raises(writing.NoNewTerms):
        terms(call, "Hak dibagi.")


def test_a_members_call_is_not_public_until_the_office_accepts_it():
    business = firm("Prabu Jaya")
    owner = speaker(business)
    call = moved(complete(business), "review")
    assert call not in shown(ON)

    moved(call, "open")

    assert call in shown(ON)
    assert Notice.objects.get(person=owner).words == "collaboration.call_accepted"


def test_what_the_office_refuses_comes_back_with_the_reason():
    business = firm("Prabu Jaya")
    owner = speaker(business)
    call = moved(complete(business), "review")
    with pytest.raises(moving.ReasonMissing):
        moved(call, "refused", reason=" ")

    call = moved(call, "refused", reason="Syaratnya belum jelas")

    told = Notice.objects.get(person=owner)
    assert (told.words, told.values["why"]) == (
        "collaboration.call_refused",
        "Syaratnya belum jelas",
    )
    writing.revise(call, {"aim_id": "Lebih jelas"}, version=call.version, actor=owner, at=AT)
    assert moved(call, "review").state == "review"


@pytest.mark.parametrize("state", ["screening", "panel", "decided", "refused"])
def test_a_draft_skips_nothing(state):
    with pytest.raises(moving.CannotMove):
        moved(complete(), state)


def test_screening_waits_for_the_last_day_and_the_panel_for_screening():
    call = opened()
    applied(call)
    with pytest.raises(moving.StillOpen):
        moved(call, "screening")

    moved(call, "screening", at=AFTER, on=AFTER_ON)

    with pytest.raises(moving.StillToScreen) as refused:
        moved(call, "panel", at=AFTER, on=AFTER_ON)
    assert refused.value.number == 1


def test_cancelling_takes_a_reason_that_applicants_read():
    call, business = opened(), firm()
    person = speaker(business)
    applied(call, business)
    with pytest.raises(moving.ReasonMissing):
        moved(call, "cancelled", reason="")

    moved(call, "cancelled", reason="Anggaran ditarik")

    told = Notice.objects.get(person=person)
    assert (told.words, told.values["why"]) == ("collaboration.call_cancelled", "Anggaran ditarik")
    assert (
        list(CallStep.objects.filter(call=call).order_by("pk").values_list("state", flat=True))[-1]
        == "cancelled"
    )
    assert call not in shown(ON)
    assert wanted(call).applications.count() == 1
