"""Somebody says how an action goes: the same for the office, firms, mentors and partners."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.programmes.actions import following
from ifn.programmes.actions.planning import ChangedMeanwhile, ReasonMissing
from ifn.programmes.forms.following import HowForm
from ifn.programmes.models import Action


@dataclass(frozen=True, slots=True)
class HowSaid:
    """What is said of an action, and by whom."""

    action: Action
    form: HowForm
    side: str
    actor: User | None


def said_how(request: HttpRequest, said: HowSaid) -> bool:
    """Note what somebody says of an action, and tell them that it is noted, or why not."""
    form = said.form
    if not form.is_valid():
        messages.error(request, form.first_fault())
        return False
    given = form.cleaned_data
    try:
        following.tell_how(
            said.action,
            given["state"],
            words=given["words"],
            given=form.given,
            side=said.side,
            version=given["version"],
            actor=said.actor,
            at=now(),
        )
    except ChangedMeanwhile:
        messages.error(
            request, _("Somebody else changed this meanwhile. Look at it below and say it again.")
        )
    except ReasonMissing:
        messages.error(request, _("Write why it cannot be done."))
    except following.TooMany:
        messages.error(request, _("There are twelve files already. Remove one first."))
    except following.NotFollowed:
        messages.error(request, _("This plan is closed."))
    else:
        messages.success(request, _("Noted. Thank you."))
        return True
    return False
