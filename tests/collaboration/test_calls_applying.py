"""Firms are invited, apply under terms, accept new ones, and take applications back."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from ifn.collaboration.actions.calls import applying, inviting
from ifn.collaboration.models import Application, Invitation
from ifn.collaboration.queries.applications import with_old_terms
from ifn.directory.models import Business
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from ifn.notices.models import Notice
from tests.factories.collaboration_calls import (
    AFTER,
    AFTER_ON,
    applied,
    firm,
    moved,
    officer,
    opened,
    screened,
    speaker,
    terms,
    wanted,
)
from tests.factories.directory import AT, ON

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_a_firm_applies_under_the_terms_as_they_read_and_the_caller_is_told():
    caller = firm("Prabu Jaya")
    owner = speaker(caller)
    call = opened(caller)
    Notice.objects.all().delete()

    one = applied(call)

    assert (one.state, one.terms.number) == ("submitted", 1)
    assert list(one.steps.values_list("state", flat=True)) == ["submitted"]
    assert Notice.objects.get(person=owner).words == "collaboration.call_applied"


def test_a_form_sent_twice_makes_one_application():
    call, business, key = opened(), firm(), uuid4()

    first = applied(call, business, key=key)
    second = applied(call, business, key=key)

    assert first == second
    assert first.steps.count() == 1


def test_a_firm_applies_once_for_a_role():
    call, business = opened(), firm()
    first = applied(call, business)

    with pytest.raises(applying.AppliedAlready) as refused:
        applied(call, business)

    assert refused.value.application == first
    assert Application.objects.count() == 1


@pytest.mark.parametrize("today", [date(2026, 5, 31), AFTER_ON])
def test_applications_come_on_the_announced_days_only(today):
    call = opened()

    with pytest.raises(applying.NotOpen):
        applied(call, today=today)

    assert not Application.objects.exists()


def test_the_last_day_counts():
    assert applied(opened(), today=date(2026, 6, 20)).pk


def test_nobody_applies_to_a_call_that_waits_for_review():
    call = opened()
    type(call).objects.filter(pk=call.pk).update(state="review")

    with pytest.raises(applying.NotOpen):
        applied(call)


def test_terms_that_changed_while_one_wrote_are_to_be_read_first():
    call = opened()
    old = call.terms.get()
    terms(call, "Hak dibagi.")

    with pytest.raises(applying.TermsChanged):
        applied(call, terms=old)


@pytest.mark.parametrize("status", [Business.Status.HIDDEN, Business.Status.DRAFT])
def test_a_firm_that_is_not_in_the_directory_does_not_apply(status):
    business = firm()
    Business.objects.filter(pk=business.pk).update(status=status)
    business.refresh_from_db()

    with pytest.raises(applying.FirmNotShown):
        applied(opened(), business)


def test_for_a_merged_firm_the_kept_one_is_named():
    business, kept = firm(), firm("Sol Jaya")
    Business.objects.filter(pk=business.pk).update(status="merged", merged_into=kept)
    business.refresh_from_db()

    with pytest.raises(applying.FirmMerged) as refused:
        applied(opened(), business)

    assert refused.value.into == kept


def test_neither_the_caller_nor_an_invented_firm_applies():
    caller, invented = firm("Prabu Jaya"), firm("Sol Rekaan")
    Business.objects.filter(pk=invented.pk).update(is_demo=True)
    invented.refresh_from_db()
    call = opened(caller)

    with pytest.raises(applying.OwnCall):
        applied(call, caller)
    with pytest.raises(applying.OtherNetwork):
        applied(call, invented)


def test_an_application_is_taken_back_and_up_again():
    call, business = opened(), firm()
    one = applied(call, business)

    gone = applying.withdraw(one, reason="Penuh", actor=officer(), at=AT)
    again = applying.withdraw(one, actor=officer(), at=AT)
    back = applied(call, business)

    assert (gone.state, again.reason, back.pk, back.state) == (
        *("withdrawn", "Penuh", one.pk),
        "submitted",
    )
    states = back.steps.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["submitted", "withdrawn", "submitted"]


def test_what_was_not_eligible_cannot_be_withdrawn_any_more():
    call = opened()
    one = applied(call)
    moved(call, "screening", at=AFTER, on=AFTER_ON)
    screened(one, is_eligible=False, reason="Terlambat")

    with pytest.raises(applying.CannotWithdraw):
        applying.withdraw(one, actor=officer(), at=AFTER)


def test_new_terms_are_told_and_accepted_again():
    call, business = opened(), firm()
    person = speaker(business)
    one = applied(call, business)

    newer = terms(call, "Hak dibagi.")

    assert Notice.objects.get(person=person).words == "collaboration.call_terms"
    assert list(with_old_terms(Application.objects.all())) == [one]
    applying.accept_terms(one, newer, actor=person, at=AFTER)
    accepted = applying.accept_terms(one, newer, actor=person, at=AT)
    assert (accepted.terms, accepted.accepted_at) == (newer, AFTER)
    assert not with_old_terms(Application.objects.all()).exists()


def test_terms_that_changed_again_are_not_accepted_unread():
    call = opened()
    one = applied(call)
    second = terms(call, "Hak dibagi.")
    terms(call, "Hak dibagi rata.")

    with pytest.raises(applying.TermsChanged):
        applying.accept_terms(one, second, actor=officer(), at=AT)


def test_who_withdrew_accepts_nothing():
    call = opened()
    one = applied(call)
    applying.withdraw(one, actor=officer(), at=AT)

    with pytest.raises(applying.NothingToAccept):
        applying.accept_terms(one, terms(call, "Hak dibagi."), actor=officer(), at=AT)


def test_the_database_refuses_to_choose_under_old_terms():
    call = opened()
    one = applied(call)
    terms(call, "Hak dibagi.")

    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=one.pk).update(state="chosen")


def test_firms_are_invited_once_and_told_once():
    call, business = opened(), firm()
    person = speaker(business)
    reasons = {business.pk: [["role", 1.0, 20.0, ["CO_OUTSOLE"]]]}

    made = inviting.invite(
        wanted(call), [business, business], reasons, actor=officer(), at=AT, today=ON
    )
    again = inviting.invite(wanted(call), [business], {}, actor=officer(), at=AFTER, today=ON)

    assert [one.business for one in made] == [business]
    assert again == []
    assert Invitation.objects.get().reasons == reasons[business.pk]
    assert Notice.objects.get(person=person).words == "collaboration.call_invited"


def test_a_firm_without_people_gets_a_letter_at_its_own_address():
    business = firm(contacts=(ContactFact("email", "halo@sol.example", "public"),))

    inviting.invite(wanted(opened()), [business], {}, actor=officer(), at=AT, today=ON)

    assert Message.objects.filter(to="halo@sol.example").count() == 1


def test_who_is_not_listed_or_is_the_caller_is_passed_over():
    caller, hidden = firm("Prabu Jaya"), firm("Sol Sembunyi")
    Business.objects.filter(pk=hidden.pk).update(status="hidden")
    hidden.refresh_from_db()

    made = inviting.invite(
        wanted(opened(caller)), [caller, hidden], {}, actor=officer(), at=AT, today=ON
    )

    assert made == []


def test_nobody_is_invited_after_the_last_day():
    with pytest.raises(inviting.NotInviting):
        inviting.invite(wanted(opened()), [firm()], {}, actor=officer(), at=AT, today=AFTER_ON)


def test_an_invitation_is_answered_by_applying_or_declining():
    call, comes, stays = opened(), firm(), firm("Sol Kedua")
    inviting.invite(wanted(call), [comes, stays], {}, actor=officer(), at=AT, today=ON)
    first, second = Invitation.objects.order_by("pk")

    applied(call, comes)
    inviting.decline(second, reason="Penuh", actor=officer(), at=AFTER)
    declined = inviting.decline(second, reason="Lain", actor=officer(), at=AFTER)

    first.refresh_from_db()
    assert (first.state, declined.state, declined.reason) == ("applied", "declined", "Penuh")
    with pytest.raises(inviting.AnsweredAlready):
        inviting.decline(first, actor=officer(), at=AFTER)
