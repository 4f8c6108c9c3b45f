"""A call goes from state to state; whom that concerns is told."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.telling import tell_applicants, tell_invited, tell_leader
from ifn.collaboration.calling import states
from ifn.collaboration.models import Application, Call, CallStep, Invitation
from ifn.collaboration.queries.calls import Missing, missing

State = Call.State


class CannotMove(Exception):  # noqa: N818
    """A call does not go from its state to the one that was asked for."""


class ReasonMissing(ValueError):  # noqa: N818
    """This takes a reason, which those whom it concerns read."""


class NotReady(Exception):  # noqa: N818
    """Something is lacking before it can open; ``missing`` says what."""

    def __init__(self, lacking: Sequence[Missing]) -> None:
        super().__init__(", ".join(lacking))
        self.missing = tuple(lacking)


class StillOpen(Exception):  # noqa: N818
    """Firms may apply until the last day that was announced."""


class StillToScreen(Exception):  # noqa: N818
    """The panel cannot begin while ``number`` applications were not looked at."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@transaction.atomic
def move(
    call: Call, state: str, *, reason: str = "", actor: User | None, at: datetime, today: date
) -> Call:
    """Bring a call into its next state.

    Before it is handed in or opened it must be complete. Applicants hear whether they are eligible
    when the panel begins, all at once.

    Raises:
        CannotMove: One does not come from its state to that one.
        NotReady: Something is lacking.
        ReasonMissing: To refuse and to cancel takes a reason.
        StillOpen: Applications may still come.
        StillToScreen: The panel was to begin, and some were not looked at.

    """
    call = lock(call)
    before = call.state
    if state not in states.MOVES[before]:
        raise CannotMove
    if state in states.WITH_REASON and not reason.strip():
        raise ReasonMissing
    _check(call, state, today)
    note(call, state, reason=reason, actor=actor, at=at)
    _tell(call, before, at=at)
    return call


def _check(call: Call, state: str, today: date) -> None:
    if state in states.COMPLETE and (lacking := missing(call, today)):
        raise NotReady(lacking)
    if state == State.SCREENING and today <= call.closes_on:
        raise StillOpen
    waiting = Application.objects.filter(call=call, state=Application.State.SUBMITTED)
    if state == State.PANEL and (number := waiting.count()):
        raise StillToScreen(number)


def note(call: Call, state: str, *, reason: str = "", actor: User | None, at: datetime) -> None:
    """Write down that a locked call stands in a state from now on."""
    before = call.state
    call.state, call.since, call.reason = State(state), at, reason
    call.version += 1
    call.save(update_fields=["state", "since", "reason", "version"])
    CallStep.objects.create(call=call, state=state, at=at, person=actor, reason=reason)
    record(
        f"collaboration.call.{state}",
        call,
        actor=actor,
        at=at,
        reason=reason,
        before={"state": before},
        after={"state": state},
    )


def _tell(call: Call, before: str, *, at: datetime) -> None:
    if before == State.REVIEW and call.state == State.OPEN:
        tell_leader(call, "accepted", at=at)
    elif call.state == State.REFUSED:
        tell_leader(call, "refused", at=at, why=call.reason)
    elif call.state == State.PANEL:
        _tell_screened(call, at=at)
    elif call.state == State.CANCELLED:
        _tell_cancelled(call, before, at=at)


def _tell_screened(call: Call, *, at: datetime) -> None:
    rows = Application.objects.filter(call=call).select_related("call", "business").order_by("pk")
    tell_applicants(rows.filter(state=Application.State.ELIGIBLE), "eligible", at=at)
    for one in rows.filter(state=Application.State.INELIGIBLE):
        tell_applicants([one], "ineligible", at=at, why=one.reason)


def _tell_cancelled(call: Call, before: str, *, at: datetime) -> None:
    if before not in states.ACCEPTED_BEFORE:
        return
    rows = Application.objects.filter(call=call, state__in=Application.LIVING)
    told = rows.select_related("call", "business").order_by("pk")
    tell_applicants(told, "cancelled", at=at, why=call.reason)
    invited = Invitation.objects.filter(wanted__call=call, state=Invitation.State.SENT)
    for one in invited.select_related("wanted__call", "business").order_by("pk"):
        tell_invited(one, "cancelled_invited", at=at, why=call.reason)
