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
_BECAUSE_OF_FIRM: Final = _("You are told because you look after %(firm)s.")
_BECAUSE_RELEASED: Final = _("You are told because %(firm)s is a partner of this project.")
_BECAUSE_APPLIED: Final = _("You are told because %(firm)s applied to this call for partners.")
_BECAUSE_JUDGE: Final = _("You are told because the office put you on the panel of this call.")
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
CALL_WORDS: Final[dict[str, Words]] = {
    "collaboration.call_accepted": Words(
        COLLABORATION, _("Your call for partners is open: %(title)s"), _BECAUSE_OF_FIRM
    ),
    "collaboration.call_refused": Words(
        COLLABORATION, _("The office did not accept your call: %(title)s"), _BECAUSE_OF_FIRM, _WHY
    ),
    "collaboration.call_applied": Words(
        COLLABORATION, _("%(applicant)s applied: %(title)s"), _BECAUSE_OF_FIRM
    ),
    "collaboration.call_withdrawn": Words(
        COLLABORATION, _("%(applicant)s took its application back: %(title)s"), _BECAUSE_OF_FIRM
    ),
    "collaboration.call_invited": Words(
        COLLABORATION,
        _("%(firm)s is invited: %(title)s"),
        _BECAUSE_OF_FIRM,
        _("Wanted: %(role)s. Read the call, then apply or decline by %(until)s."),
    ),
    "collaboration.call_terms_invited": Words(
        COLLABORATION, _("New terms: %(title)s"), _BECAUSE_OF_FIRM, _("Read them before you apply.")
    ),
    "collaboration.call_cancelled_invited": Words(
        COLLABORATION, _("The call was cancelled: %(title)s"), _BECAUSE_OF_FIRM, _WHY
    ),
    "collaboration.call_terms": Words(
        COLLABORATION,
        _("Accept the new terms: %(title)s"),
        _BECAUSE_APPLIED,
        _("Nobody is chosen under terms they have not accepted."),
    ),
    "collaboration.call_eligible": Words(
        COLLABORATION, _("%(firm)s is eligible, the panel judges now: %(title)s"), _BECAUSE_APPLIED
    ),
    "collaboration.call_ineligible": Words(
        COLLABORATION, _("%(firm)s is not eligible: %(title)s"), _BECAUSE_APPLIED, _WHY
    ),
    "collaboration.call_chosen": Words(
        COLLABORATION, _("%(firm)s was chosen: %(title)s"), _BECAUSE_APPLIED, _WHY
    ),
    "collaboration.call_not_chosen": Words(
        COLLABORATION, _("%(firm)s was not chosen: %(title)s"), _BECAUSE_APPLIED, _WHY
    ),
    "collaboration.call_cancelled": Words(
        COLLABORATION, _("The call was cancelled: %(title)s"), _BECAUSE_APPLIED, _WHY
    ),
    "collaboration.call_panel": Words(
        COLLABORATION,
        _("You are on the panel: %(title)s"),
        _BECAUSE_JUDGE,
        _("First say where you have a conflict of interest, then give points by %(until)s."),
    ),
}
RELEASE_WORDS: Final[dict[str, Words]] = {
    "collaboration.asked": Words(
        COLLABORATION,
        _("Do you agree? %(title)s"),
        _BECAUSE_RELEASED,
        _("The page is public once every partner has agreed to it. Read it and say yes or no."),
    ),
    "collaboration.published": Words(
        COLLABORATION,
        _("Public now: %(title)s"),
        _BECAUSE_RELEASED,
        _("You can take your agreement back at any time, on the page of the project."),
    ),
    "collaboration.allocated": Words(
        COLLABORATION,
        _("%(firm)s gets %(pairs)s pairs: %(what)s"),
        _BECAUSE_OF_FIRM,
        _(
            "How they were shared out: %(rule)s. Your code is %(code)s: sign with it when you "
            "receive them."
        ),
    ),
}
