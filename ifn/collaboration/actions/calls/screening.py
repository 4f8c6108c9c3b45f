"""Whether an application is eligible, said by who leads the call, with a reason where it is not."""

from datetime import date, datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.collaboration.actions.calls.applying import note
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.moving import ReasonMissing
from ifn.collaboration.calling.conditions import is_eligible as meets_all
from ifn.collaboration.models import Application, Call
from ifn.collaboration.queries.applications import checked

_SCREENED = frozenset(
    {Application.State.SUBMITTED, Application.State.ELIGIBLE, Application.State.INELIGIBLE}
)


class NotScreening(Exception):  # noqa: N818
    """Applications are not looked at now, or this one was withdrawn."""


class UnlikeConditions(ReasonMissing):
    """The stated conditions say something else, so it takes a reason."""


@transaction.atomic
def screen(  # which, what, why, who says so, when
    application: Application,
    *,
    is_eligible: bool,
    reason: str = "",
    actor: User,
    at: datetime,
    today: date,
) -> Application:
    """Say whether an application goes to the panel; until that begins it can be said anew.

    Raises:
        NotScreening: It is not the time, or the application was withdrawn.
        ReasonMissing: What is not eligible takes a reason.
        UnlikeConditions: Eligible though a condition is not met takes a reason, too.

    """
    call = lock(application.call)
    one = Application.objects.select_related("business", "wanted").get(pk=application.pk)
    if call.state != Call.State.SCREENING or one.state not in _SCREENED:
        raise NotScreening
    state = Application.State.ELIGIBLE if is_eligible else Application.State.INELIGIBLE
    if one.state == state and one.reason == reason:
        return one
    if not reason.strip():
        if not is_eligible:
            raise ReasonMissing
        if not meets_all(checked([one], today)[one.pk]):
            raise UnlikeConditions
    note(one, state, reason=reason, actor=actor, at=at)
    return one
