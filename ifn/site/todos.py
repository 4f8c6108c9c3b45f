"""What waits for a person in each room, as things to do; a fixed number of queries."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.collaboration.models import Call
from ifn.collaboration.queries import calls_pending
from ifn.connections.enquiring.askers import key_of_person
from ifn.connections.enquiring.states import MET, UNANSWERED
from ifn.connections.models import Opportunity
from ifn.connections.opportunities.nextsteps import next_step
from ifn.connections.queries.enquiries import briefly, coming_in, going_out, keys_of
from ifn.connections.queries.opportunities import opportunities_of
from ifn.connections.telling import asker_name
from ifn.connections.wording import firm_name
from ifn.directory import stilltrue
from ifn.directory.advice import next_best
from ifn.directory.freshness import months_after
from ifn.directory.models import Business, Certificate, Membership, Picture, Verification
from ifn.directory.queries import Mine
from ifn.directory.whole import whole
from ifn.directory.wording import topic_name
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Claim
from ifn.privacy.models import DataRequest
from ifn.programmes.queries import pending
from ifn.site.todo import MOST, Todo, most_pressing

#: How far ahead an end is told.
AHEAD: Final = timedelta(days=30)
#: What presses most among things without a day.
ENQUIRY, CLAIM, REQUEST, OPPORTUNITY, DRAFT, OUTCOME, ADVICE = 50, 40, 35, 32, 30, 25, 10
TEST, SEAT = 45, 20
CALL = 42
#: What is open is renewed within its last week.
SOON_OVER: Final = timedelta(days=7)
#: A profile that says so much, of a hundred, needs no advice.
COMPLETE: Final = 90


def todos_of(
    person: User, mine: Sequence[Mine], claims: Sequence[Claim], *, at: datetime
) -> Sequence[Todo]:
    """Return what a person has to do, the most pressing first."""
    today = localdate(at)
    kept = [one for one in mine if one.role != Membership.Role.VIEWER]
    found = [
        *_claims(claims),
        *_requests(person),
        *_enquiries(person, kept),
        *_opportunities(person, kept),
        *_programmes(person, today),
        *_calls(person, kept, today),
        *_drafts(kept),
        *_ages(kept, today),
        *_ends(kept, today),
        *_advice(kept),
    ]
    return most_pressing(found, today=today)


def _claims(claims: Sequence[Claim]) -> Iterator[Todo]:
    steps = {
        Claim.State.BEGUN: _("Enter the code, or hand in evidence"),
        Claim.State.MORE_ASKED: _("Answer what the office asks about your claim"),
        Claim.State.WAITING: _("Looks at your claim"),
    }
    for one in claims:
        if one.state in steps:
            yield Todo(
                about=one.business.name,
                step=steps[Claim.State(one.state)],
                address=reverse("moderation:claim", args=[one.business.number]),
                icon="shield-check",
                other=_("The network's office") if one.state == Claim.State.WAITING else "",
                due_on=localdate(one.since) + timedelta(days=KINDS["claim"].days)
                if one.state == Claim.State.WAITING
                else None,
                weight=CLAIM,
            )


def _requests(person: User) -> Iterator[Todo]:
    waiting = DataRequest.objects.filter(
        person=person, state__in=[DataRequest.State.UNPROVEN, DataRequest.State.OPEN]
    )
    for one in waiting.order_by("due_at"):
        is_theirs = one.state == DataRequest.State.UNPROVEN
        yield Todo(
            about=one.get_kind_display(),
            step=_("Confirm that it is you, by the link we sent you")
            if is_theirs
            else _("Works off your request about your data"),
            address=reverse("privacy:data"),
            icon="lock",
            other="" if is_theirs else _("The network's office"),
            due_on=localdate(one.due_at),
            weight=REQUEST,
        )


def _enquiries(person: User, mine: Sequence[Mine]) -> Iterator[Todo]:
    """Yield what waits for an answer of a person's businesses, and what came of what they asked.

    Of each so many are read as may be shown: those that end first, and those longest in contact.
    """
    firms = [one.business.pk for one in mine]
    waiting = coming_in(person).to_firms(firms).filter(state__in=UNANSWERED)
    for one in briefly(keys_of(waiting.order_by("answer_by", "pk"))[:MOST]):
        yield Todo(
            about=f"{asker_name(one.letter)} · {one.public_code}",
            step=_("Answer an enquiry: yes or no"),
            address=reverse("connections:enquiry", args=[one.code]),
            icon="mail",
            due_on=localdate(one.answer_by) if one.answer_by else None,
            weight=ENQUIRY,
        )
    own = Q(asker=key_of_person(person.pk)) | Q(letter__business__in=firms)
    met = going_out(person).filter(own, state__in=MET).order_by("met_at", "pk")
    for one in briefly(keys_of(met)[:MOST]):
        yield Todo(
            about=f"{firm_name(one)} · {one.public_code}",
            step=_("Say how it goes with your enquiry"),
            address=reverse("connections:enquiry", args=[one.code]),
            icon="message",
            weight=OUTCOME,
        )


def _opportunities(person: User, mine: Sequence[Mine]) -> Iterator[Todo]:
    """Yield what of a person's opportunities has to be written, renewed or changed."""
    steps = {
        Opportunity.State.DRAFT: _("Go on writing your opportunity, then post it"),
        Opportunity.State.REFUSED: _("Change your opportunity and post it again"),
        Opportunity.State.OPEN: _("Renew your opportunity, or say that somebody was found"),
        Opportunity.State.REVIEW: _("Looks at your first opportunity"),
    }
    firms = {one.business.pk for one in mine}
    for one in (each for each in opportunities_of(person) if each.business_id in firms):
        state = Opportunity.State(one.state)
        next_one = next_step(one)
        is_near = one.expires_on and one.expires_on <= localdate() + SOON_OVER
        if state not in steps or (state == Opportunity.State.OPEN and not is_near):
            continue
        is_theirs = state != Opportunity.State.REVIEW
        yield Todo(
            about=one.title or one.public_number,
            step=steps[state],
            address=reverse("connections:own", args=[one.number]),
            icon="tag",
            other="" if is_theirs else _("The network's office"),
            due_on=next_one.by,
            weight=OPPORTUNITY,
        )


def _programmes(person: User, today: date) -> Iterator[Todo]:
    """Yield what of mentoring waits: tests, what the firm's plan says, how registrations stand."""
    if not pending.has_registered(person):
        return
    for test in pending.open_tests(person):
        yield Todo(
            about=test.title,
            step=_("Answer the test of your mentoring"),
            address=reverse("programmes:answer", args=[test.registration, test.quiz]),
            icon="edit",
            weight=TEST,
        )
    for action in pending.actions_to_do(person, today, AHEAD):
        yield Todo(
            about=f"{action.registration.business.name} · {action.what}",
            step=_("Do what your action plan says, and say how it goes"),
            address=reverse("programmes:own", args=[action.registration_id]) + "#rencana",
            icon="check",
            due_on=action.due_on,
            weight=TEST,
        )
    for one in pending.coming_registrations(person, today):
        is_in = one.seat is not None and one.batch.is_announced
        yield Todo(
            about=f"{one.business.name} · {one.batch.title}",
            step=_("You have a seat: look when and where, or say that you cannot come")
            if is_in
            else _("Decides who has a seat"),
            address=reverse("programmes:own", args=[one.pk]),
            icon="calendar",
            other="" if is_in else _("The network's office"),
            due_on=one.batch.starts_on if is_in else None,
            weight=SEAT,
        )


def _calls(person: User, mine: Sequence[Mine], today: date) -> Iterator[Todo]:
    """Yield what of calls for partners waits: invitations, terms, applications, points."""
    firms = [one.business.pk for one in mine]
    if not calls_pending.has_any(person, firms):
        return
    for invitation in calls_pending.invitations(firms, today) if firms else ():
        call = invitation.wanted.call
        yield _call(call, call.get_absolute_url(), _("Apply to the call, or decline"), True)
    for one in calls_pending.new_terms(firms) if firms else ():
        page = reverse("collaboration:own-application", args=[one.pk])
        yield _call(one.call, page, _("Read the new terms and accept them"))
    for call in calls_pending.to_screen(firms, today) if firms else ():
        page = reverse("collaboration:call-applications", args=[call.code])
        yield _call(call, page, _("Say which applications are eligible"))
    for seat in calls_pending.to_judge(person):
        page = reverse("collaboration:panel", args=[seat.call.code])
        yield _call(seat.call, page, _("Declare conflicts of interest and give points"))


def _call(call: Call, page: str, step: str, until_closed: bool = False) -> Todo:
    due_on = call.closes_on if until_closed else call.decides_on
    return Todo(call.title, step, page, "people", due_on=due_on, weight=CALL)


def _drafts(mine: Sequence[Mine]) -> Iterator[Todo]:
    for one in mine:
        is_new = one.business.status == Business.Status.DRAFT
        if one.saved_at or is_new:
            yield Todo(
                about=one.business.name,
                step=_("Publish the profile, so that it is found")
                if is_new
                else _("Publish your changes, or throw them away"),
                address=reverse("directory:overview", args=[one.business.number]),
                icon="edit",
                weight=DRAFT,
            )


def _ages(mine: Sequence[Mine], today: date) -> Iterator[Todo]:
    for one in mine:
        since = one.business.confirmed_on
        if one.business.status != Business.Status.LISTED or since is None:
            continue
        due_on = months_after(since, settings.STALE_MONTHS)
        if due_on <= today + AHEAD:
            token = stilltrue.token_for(one.business, today)
            yield Todo(
                about=one.business.name,
                step=_("Say that the profile is still true; one tap is enough"),
                address=reverse("directory:still-true", args=[token]),
                icon="check",
                due_on=due_on,
            )


def _ends(mine: Sequence[Mine], today: date) -> Iterator[Todo]:
    names = {one.business.pk: one.business for one in mine}
    near = {"business__in": names, "expires_on__range": (today - AHEAD, today + AHEAD)}
    for papers in Certificate.objects.filter(**near).select_related("term"):
        business = names[papers.business_id]
        yield Todo(
            about=business.name,
            step=_("Renew the certificate %(name)s, or take it off") % {"name": papers.term.name},
            address=reverse("directory:step", args=[business.number, "sertifikat"]),
            icon="file",
            due_on=papers.expires_on,
        )
    for check in Verification.objects.standing().filter(**near):
        business = names[check.business_id]
        yield Todo(
            about=business.name,
            step=_("Ask the office to check again: %(topic)s")
            % {"topic": topic_name(check.topic).lower()},
            address=reverse("site:verification"),
            icon="shield-check",
            due_on=check.expires_on,
        )


def _advice(mine: Sequence[Mine]) -> Iterator[Todo]:
    """Yield the next best thing for the profile that says least; one profile is read for it."""
    unfinished = [one.business for one in mine if one.business.completeness < COMPLETE]
    if not unfinished:
        return
    business = min(unfinished, key=lambda one: one.completeness)
    pictures = Picture.objects.filter(business=business).count()
    for one in next_best(whole(business).profile, pictures=pictures, most=1):
        name = "directory:photos" if one.step == "foto" else "directory:step"
        arguments = [business.number] if one.step == "foto" else [business.number, one.step]
        yield Todo(
            about=business.name,
            step=f"{one.title}. {one.why}",
            address=reverse(name, args=arguments),
            icon="plus",
            weight=ADVICE,
        )
