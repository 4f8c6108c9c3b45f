"""A firm applies under the terms as they read, accepts new ones, or takes its application back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.telling import let_rest, tell_leader
from ifn.collaboration.models import (
    Application,
    ApplicationStep,
    Call,
    CallRole,
    CallTerms,
    Invitation,
)
from ifn.collaboration.queries.calls import terms_of
from ifn.directory.models import Business

State = Application.State
_PENDING = (State.SUBMITTED, State.ELIGIBLE)


class NotOpen(Exception):  # noqa: N818
    """The call does not take applications: not yet, not any more, or never."""


class FirmMerged(Exception):  # noqa: N818
    """The profile was merged; ``into`` stands for it now."""

    def __init__(self, into: Business | None) -> None:
        super().__init__(str(into))
        self.into = into


class FirmNotShown(Exception):  # noqa: N818
    """The profile is not in the directory: a draft, hidden or suspended."""


class OtherNetwork(Exception):  # noqa: N818
    """Invented firms do not apply to real calls, nor real ones to invented calls."""


class OwnCall(Exception):  # noqa: N818
    """A firm does not apply to its own call."""


class AppliedAlready(Exception):  # noqa: N818
    """The firm has an application for this role."""

    def __init__(self, application: Application) -> None:
        super().__init__(str(application))
        self.application = application


class TermsChanged(Exception):  # noqa: N818
    """The terms that were accepted are not those that hold now."""


class NothingToAccept(Exception):  # noqa: N818
    """Nobody waits for this application's yes: it was withdrawn, or it was decided."""


class CannotWithdraw(Exception):  # noqa: N818
    """It was decided about the application, or the call was cancelled."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a firm says it would do, and the form it was written in."""

    pitch: str
    address: str
    key: UUID


@transaction.atomic
def apply(  # noqa: PLR0913  # for what, who, with what, under which terms
    wanted: CallRole,
    business: Business,
    offer: Offer,
    *,
    terms: CallTerms,
    actor: User,
    at: datetime,
    today: date,
) -> Application:
    """Apply for a role; a form sent twice makes one application. A withdrawn one is taken up again.

    Raises:
        AppliedAlready: The firm has an application for this role.
        FirmMerged: The profile was merged.
        FirmNotShown: The profile is not in the directory.
        NotOpen: The call does not take applications today.
        OtherNetwork: One of the two is invented.
        OwnCall: It is the firm's own call.
        TermsChanged: Other terms hold now.

    """
    call = lock(wanted.call)
    if sent := Application.objects.filter(key=offer.key, business=business, wanted=wanted).first():
        return sent
    if call.state != Call.State.OPEN or not call.opens_on <= today <= call.closes_on:
        raise NotOpen
    check_firm(call, business)
    if terms_of(call) != terms:
        raise TermsChanged
    one = Application.objects.filter(wanted=wanted, business=business).first()
    if one and one.state != State.WITHDRAWN:
        raise AppliedAlready(one)
    one = one or Application(call=call, wanted=wanted, business=business, applied_at=at)
    one.person, one.pitch, one.address, one.key = actor, offer.pitch, offer.address, offer.key
    one.terms, one.accepted_at, one.applied_at = terms, at, at
    one.version += one.pk is not None
    note(one, State.SUBMITTED, actor=actor, at=at, terms=terms.number)
    for invitation in Invitation.objects.filter(wanted=wanted, business=business):
        _answered(invitation, at=at)
    tell_leader(call, "applied", at=at, applicant=business.name)
    return one


def check_firm(call: Call, business: Business) -> None:
    """Say why a firm cannot apply to a call, whatever the day.

    Raises:
        FirmMerged: The profile was merged.
        FirmNotShown: The profile is not in the directory.
        OtherNetwork: One of the two is invented.
        OwnCall: It is the firm's own call.

    """
    if business.status == Business.Status.MERGED:
        raise FirmMerged(business.merged_into)
    if business.status != Business.Status.LISTED:
        raise FirmNotShown
    if business.is_demo != call.is_demo:
        raise OtherNetwork
    if business.pk == call.business_id:
        raise OwnCall


def _answered(invitation: Invitation, *, at: datetime) -> None:
    invitation.state, invitation.since = Invitation.State.APPLIED, at
    invitation.save(update_fields=["state", "since"])
    let_rest(invitation, at=at)


def note(  # what became of which application, by whom, why
    one: Application, state: str, *, reason: str = "", actor: User | None, at: datetime, **more: int
) -> None:
    """Write down that an application stands in a state from now on; the call is locked."""
    before = one.state
    one.state, one.since, one.reason = State(state), at, reason
    one.save()
    ApplicationStep.objects.create(application=one, state=state, at=at, person=actor, reason=reason)
    record(
        f"collaboration.application.{state}",
        one,
        actor=actor,
        at=at,
        reason=reason,
        before={"state": before},
        after={"state": state},
        **more,
    )


@transaction.atomic
def accept_terms(
    application: Application, terms: CallTerms, *, actor: User, at: datetime
) -> Application:
    """Accept the terms as they read now; said twice, it is said once.

    Raises:
        NothingToAccept: The application was withdrawn, or it was decided about it.
        TermsChanged: They were changed again meanwhile.

    """
    call = lock(application.call)
    one = Application.objects.get(pk=application.pk)
    if one.state not in _PENDING or call.state == Call.State.CANCELLED:
        raise NothingToAccept
    if terms_of(call) != terms:
        raise TermsChanged
    if one.terms_id == terms.pk:
        return one
    before = one.terms.number
    one.terms, one.accepted_at = terms, at
    one.save(update_fields=["terms", "accepted_at"])
    record(
        "collaboration.application.accepted_terms",
        one,
        actor=actor,
        at=at,
        before={"terms": before},
        after={"terms": terms.number},
    )
    return one


@transaction.atomic
def withdraw(
    application: Application, *, reason: str = "", actor: User, at: datetime
) -> Application:
    """Take an application back; taken back twice, it is taken back once.

    Raises:
        CannotWithdraw: It was decided about it.

    """
    call = lock(application.call)
    one = Application.objects.get(pk=application.pk)
    if one.state == State.WITHDRAWN:
        return one
    if one.state not in _PENDING or call.state == Call.State.CANCELLED:
        raise CannotWithdraw
    note(one, State.WITHDRAWN, reason=reason, actor=actor, at=at)
    tell_leader(call, "withdrawn", at=at, applicant=one.business.name)
    return one
