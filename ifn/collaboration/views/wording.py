"""What happened in a project and what it waits for, in words."""

from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ifn.collaboration.models import ProjectStep
from ifn.collaboration.waiting import Waits, Why

_EVENTS: Final[dict[str, Promise]] = {
    "begun": gettext_lazy("The project was entered"),
    "changed": gettext_lazy("The words were changed"),
    "led": gettext_lazy("Somebody else leads it"),
    "start": gettext_lazy("It began"),
    "pause": gettext_lazy("Paused"),
    "resume": gettext_lazy("It went on"),
    "complete": gettext_lazy("Completed"),
    "stop": gettext_lazy("Stopped"),
    "reopen": gettext_lazy("Taken up again"),
    "stage.planned": gettext_lazy("Day planned"),
    "stage.begun": gettext_lazy("Begun"),
    "stage.ended": gettext_lazy("Done"),
    "stage.left_out": gettext_lazy("Left out"),
    "stage.put_back": gettext_lazy("Put back"),
    "partner.invited": gettext_lazy("Asked to take part"),
    "partner.accepted": gettext_lazy("Takes part"),
    "partner.declined": gettext_lazy("Declined"),
    "partner.left": gettext_lazy("Left"),
    "partner.taken_out": gettext_lazy("Taken out"),
    "partner.named": gettext_lazy("May be named to visitors"),
    "partner.unnamed": gettext_lazy("No longer named to visitors"),
}


def happened(step: ProjectStep) -> str:
    """Return a step in words: about whom or which stage, and what it was."""
    what = str(_EVENTS.get(step.event, step.event))
    if step.stage:
        return f"{step.stage.get_kind_display()}: {what}"
    return f"{step.partner.name}: {what}" if step.partner else what


def awaited(one: Waits) -> str:
    """Return in words what somebody holds up."""
    if one.why == Why.OVERDUE:
        words = ngettext("%(what)s: %(n)s day late", "%(what)s: %(n)s days late", one.days)
        return words % {"what": one.what, "n": one.days}
    if one.why == Why.SOON:
        return _("%(what)s: by %(day)s") % {"what": one.what, "day": date_format(one.on, "j M")}
    if one.why == Why.ANSWER:
        day = date_format(one.on, "j M Y")
        return _("Asked on %(day)s, has not answered") % {"day": day}
    return _("Risk: %(what)s") % {"what": one.what}
