"""What waits for a person in each room, as things to do; seven queries at most."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.collaboration.models import Call
from ifn.collaboration.queries import calls_pending
from ifn.collaboration.queries.pending import pending_of
from ifn.collaboration.queries.releases import asked_of
from ifn.connections.models import Opportunity
from ifn.connections.opportunities.nextsteps import reviewed_by
from ifn.connections.queries.enquiries import briefly
from ifn.connections.telling import asker_name
from ifn.connections.wording import firm_name
from ifn.directory import stilltrue
from ifn.directory.advice import next_best
from ifn.directory.freshness import months_after
from ifn.directory.models import Business, Membership
from ifn.directory.queries import Mine
from ifn.directory.whole import whole
from ifn.directory.wording import topic_name
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Claim
from ifn.privacy.models import DataRequest
from ifn.programmes.queries import pending
from ifn.site.todo import MOST, Todo, most_pressing
from ifn.site.waiting import AHEAD, Waiting, waiting_for
from ifn.vocabulary.queries import lexicon

#: What presses most among things without a day.
ENQUIRY, CLAIM, REQUEST, OPPORTUNITY, DRAFT, OUTCOME, ADVICE = 50, 40, 35, 32, 30, 25, 10
TEST, SEAT = 45, 20
CALL = 42
#: A profile that says so much, of a hundred, needs no advice.
COMPLETE: Final = 90


def todos_of(
    person: User, mine: Sequence[Mine], claims: Sequence[Claim], *, at: datetime
) -> Sequence[Todo]:
    """Return what a person has to do, the most pressing first."""
    today = localdate(at)
    kept = [one for one in mine if one.role != Membership.Role.VIEWER]
    waiting = waiting_for(person, today)
    found = [
        *_claims(claims),
        *_requests(waiting["request"]),
        *_enquiries(waiting["enquiry"], waiting["outcome"]),
        *_opportunities(waiting["opportunity"]),
        *(_programmes(person, today) if waiting["registered"] else ()),
        *(_releases(person) if waiting["partner"] else ()),
        *(_projects(kept, today) if waiting["partner"] else ()),
        *(_calls(person, kept, today) if waiting["called"] else ()),
        *_drafts(kept),
        *_ages(kept, today),
        *_ends(kept, waiting["certificate"], waiting["verification"]),
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


def _requests(waiting: Iterable[Waiting]) -> Iterator[Todo]:
    for one in waiting:
        is_theirs = one.b == DataRequest.State.UNPROVEN
        yield Todo(
            about=str(DataRequest.Kind(one.a).label),
            step=_("Confirm that it is you, by the link we sent you")
            if is_theirs
            else _("Works off your request about your data"),
            address=reverse("privacy:data"),
            icon="lock",
            other="" if is_theirs else _("The network's office"),
            due_on=one.on,
            weight=REQUEST,
        )


def _enquiries(waiting: Sequence[Waiting], met: Sequence[Waiting]) -> Iterator[Todo]:
    """Yield what waits for an answer of a person's businesses, and what came of what they asked.

    Of each so many are read as may be shown: those that end first, and those longest in contact.
    """
    rows = {one.pk: one for one in briefly(one.pk for one in (*waiting, *met))}
    for one in (rows[each.pk] for each in waiting if each.pk in rows):
        yield Todo(
            about=f"{asker_name(one.letter)} · {one.public_code}",
            step=_("Answer an enquiry: yes or no"),
            address=reverse("connections:enquiry", args=[one.code]),
            icon="mail",
            due_on=localdate(one.answer_by) if one.answer_by else None,
            weight=ENQUIRY,
        )
    for one in (rows[each.pk] for each in met if each.pk in rows):
        yield Todo(
            about=f"{firm_name(one)} · {one.public_code}",
            step=_("Say how it goes with your enquiry"),
            address=reverse("connections:enquiry", args=[one.code]),
            icon="message",
            weight=OUTCOME,
        )


def _opportunities(waiting: Iterable[Waiting]) -> Iterator[Todo]:
    """Yield what of a person's opportunities has to be written, renewed or changed."""
    steps = {
        Opportunity.State.DRAFT: _("Go on writing your opportunity, then post it"),
        Opportunity.State.REFUSED: _("Change your opportunity and post it again"),
        Opportunity.State.OPEN: _("Renew your opportunity, or say that somebody was found"),
        Opportunity.State.REVIEW: _("Looks at your first opportunity"),
    }
    days: dict[str, Callable[[date], date]] = {
        Opportunity.State.OPEN: lambda day: day,
        Opportunity.State.REVIEW: reviewed_by,
    }
    for each in waiting:
        state = Opportunity.State(each.a)
        one = Opportunity(number=each.b, title_id=each.c, title_en=each.d)
        yield Todo(
            about=one.title or one.public_number,
            step=steps[state],
            address=reverse("connections:own", args=[one.number]),
            icon="tag",
            other=_("The network's office") if state == Opportunity.State.REVIEW else "",
            due_on=days[state](each.on) if state in days else None,
            weight=OPPORTUNITY,
        )


def _programmes(person: User, today: date) -> Iterator[Todo]:
    """Yield what of mentoring waits: tests, what the firm's plan says, how registrations stand."""
    for test in pending.open_tests(person):
        yield Todo(
            about=test.title,
            step=_("Answer the test of your mentoring"),
            address=reverse("programmes:answer", args=[test.registration, test.quiz]),
            icon="edit",
            weight=TEST,
        )
    registrations = pending.registrations_of(person, today)
    for asked in pending.open_questions(registrations, today):
        yield Todo(
            about=f"{asked.registration.business.name} · {asked.registration.batch.title}",
            step=_("Say how your firm is doing, or that nothing has changed"),
            address=reverse("programmes:outcome", args=[asked.registration.pk, asked.wave]),
            icon="message",
            due_on=asked.window.until,
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
    for one in pending.coming(registrations, today):
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


def _releases(person: User) -> Iterator[Todo]:
    """Yield the results that are public once a person's businesses have said yes."""
    for one in asked_of(person, MOST):
        yield Todo(
            about=f"{one.partner.name} · {one.release.title}",
            step=_("Read the page of a result and say yes or no"),
            address=reverse("collaboration:own-release", args=[one.release.project.code]),
            icon="eye",
            weight=CLAIM,
        )


def _projects(mine: Sequence[Mine], today: date) -> Iterator[Todo]:
    """Yield what of projects waits: an answer whether a firm takes part, its milestones."""
    firms = [one.business.pk for one in mine]
    if not firms:
        return
    answers, due = pending_of(firms, today, AHEAD, most=MOST)
    for one in answers:
        yield Todo(
            about=f"{one.firm} · {one.title}",
            step=_("Say whether you take part in the project"),
            address=reverse("collaboration:own-project", args=[one.code]),
            icon="people",
            weight=ENQUIRY,
        )
    for each in due:
        yield Todo(
            about=f"{each.title} · {each.what}",
            step=_("Have your milestone done, and say what shows it"),
            address=reverse("collaboration:project-milestones", args=[each.code]),
            icon="check",
            due_on=each.due_on,
            weight=TEST,
        )


def _calls(person: User, mine: Sequence[Mine], today: date) -> Iterator[Todo]:
    """Yield what of calls for partners waits: invitations, terms, applications, points."""
    firms = [one.business.pk for one in mine]
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


def _ends(
    mine: Sequence[Mine], certificates: Iterable[Waiting], verifications: Iterable[Waiting]
) -> Iterator[Todo]:
    firms = {one.business.pk: one.business for one in mine}
    words = lexicon()
    for one in (each for each in certificates if each.pk in firms):
        business, word = firms[one.pk], words.by_pk(int(one.a))
        yield Todo(
            about=business.name,
            step=_("Renew the certificate %(name)s, or take it off")
            % {"name": word.name if word else ""},
            address=reverse("directory:step", args=[business.number, "sertifikat"]),
            icon="file",
            due_on=one.on,
        )
    for one in (each for each in verifications if each.pk in firms):
        business = firms[one.pk]
        yield Todo(
            about=business.name,
            step=_("Ask the office to check again: %(topic)s")
            % {"topic": topic_name(one.a).lower()},
            address=reverse("site:verification"),
            icon="shield-check",
            due_on=one.on,
        )


def _advice(mine: Sequence[Mine]) -> Iterator[Todo]:
    """Yield the next best thing for the profile that says least; one profile is read for it."""
    unfinished = [one.business for one in mine if one.business.completeness < COMPLETE]
    if not unfinished:
        return
    business = min(unfinished, key=lambda one: one.completeness)
    known = whole(business)
    for one in next_best(known.profile, pictures=len(known.pictures), most=1):
        name = "directory:photos" if one.step == "foto" else "directory:step"
        arguments = [business.number] if one.step == "foto" else [business.number, one.step]
        yield Todo(
            about=business.name,
            step=f"{one.title}. {one.why}",
            address=reverse(name, args=arguments),
            icon="plus",
            weight=ADVICE,
        )
