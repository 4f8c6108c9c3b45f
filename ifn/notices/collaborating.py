"""The sentences about projects with partners; a part of ``kinds.WORDS``."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ifn.notices.words import Words

COLLABORATION: Final = "collaboration"
_BECAUSE_PARTNER: Final = _("You are told because %(firm)s has a part in this project.")
_BECAUSE_LEADS: Final = _("You are told because you lead this project.")
_BECAUSE_IN_IT: Final = _("You are told because you have a part in this project.")
_WHY: Final = _("The reason: %(why)s")
PROJECT_WORDS: Final[dict[str, Words]] = {
    "projects.invited": Words(
        COLLABORATION,
        _("%(firm)s is asked to take part: %(title)s"),
        _BECAUSE_PARTNER,
        _("Look what the project is for and what is asked of you, then say yes or no."),
    ),
    "projects.taken_out": Words(
        COLLABORATION, _("%(firm)s no longer takes part: %(title)s"), _BECAUSE_PARTNER, _WHY
    ),
    "projects.accepted": Words(
        COLLABORATION, _("%(partner)s takes part: %(title)s"), _BECAUSE_LEADS
    ),
    "projects.declined": Words(
        COLLABORATION, _("%(partner)s cannot take part: %(title)s"), _BECAUSE_LEADS, _WHY
    ),
    "projects.left": Words(COLLABORATION, _("%(partner)s left: %(title)s"), _BECAUSE_LEADS, _WHY),
    "projects.start": Words(COLLABORATION, _("It begins: %(title)s"), _BECAUSE_PARTNER),
    "projects.pause": Words(COLLABORATION, _("Paused: %(title)s"), _BECAUSE_PARTNER, _WHY),
    "projects.resume": Words(COLLABORATION, _("It goes on: %(title)s"), _BECAUSE_PARTNER),
    "projects.complete": Words(COLLABORATION, _("Completed: %(title)s"), _BECAUSE_PARTNER),
    "projects.stop": Words(COLLABORATION, _("Stopped: %(title)s"), _BECAUSE_PARTNER, _WHY),
    "projects.reopen": Words(COLLABORATION, _("Taken up again: %(title)s"), _BECAUSE_PARTNER, _WHY),
    "projects.decision": Words(COLLABORATION, _("Decided: %(title)s"), _BECAUSE_IN_IT, "%(text)s"),
    "projects.meeting": Words(
        COLLABORATION, _("Meeting notes: %(title)s"), _BECAUSE_IN_IT, "%(text)s"
    ),
    "projects.overdue": Words(
        COLLABORATION,
        ngettext_lazy(
            "%(count)d milestone of yours is overdue: %(title)s",
            "%(count)d milestones of yours are overdue: %(title)s",
            "count",
        ),
        _BECAUSE_PARTNER,
        _("%(name)s. Say that it is done, or agree on another day."),
    ),
}
