"""How long each kind of record is kept, why, and what happens then: the one table of it.

``/privasi/penyimpanan`` and the operators' guide show it. Where a room has a nightly job of its
own, the rule names it; all others are carried out by ``privacy.tasks.forget``.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

DAY: Final = timedelta(days=1)
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of record."""

    key: str
    what: Promise
    #: Counted from when it was last of use.
    keep: timedelta
    why: Promise
    then: Promise
    #: The room whose own job does it; empty where the job of this room does.
    job: str = ""

    @property
    def length(self) -> str:
        """Return how long it is kept, in words."""
        if self.keep < DAY:
            minutes = int(self.keep.total_seconds() // 60)
            return ngettext("%d minute", "%d minutes", minutes) % minutes
        if self.keep < YEAR:
            return ngettext("%d day", "%d days", self.keep.days) % self.keep.days
        years = self.keep // YEAR
        return ngettext("%d year", "%d years", years) % years


_DELETED, _EMPTIED = _("deleted"), _("emptied of what is personal")
RULES: Final = (
    Rule(
        "tries",
        _("Counts of failed sign-ins"),
        timedelta(minutes=15),
        _("To slow down guessing"),
        _DELETED,
        "accounts",
    ),
    Rule("sessions", _("Open sign-ins"), 30 * DAY, _("To stay signed in"), _DELETED, "accounts"),
    Rule(
        "messages",
        _("Messages sent"),
        90 * DAY,
        _("To answer whether something was sent"),
        _DELETED,
        "mail",
    ),
    Rule(
        "notices",
        _("What people were told on the site"),
        90 * DAY,
        _("Time to read it"),
        _DELETED,
        "notices",
    ),
    Rule(
        "claims",
        _("Evidence of decided claims"),
        180 * DAY,
        _("For whoever doubts the decision"),
        _DELETED,
        "moderation",
    ),
    Rule(
        "reports",
        _("Addresses in answered reports"),
        180 * DAY,
        _("To ask back"),
        _EMPTIED,
        "moderation",
    ),
    Rule(
        "chains",
        _("Chains that nobody saved"),
        30 * DAY,
        _("So that they are found again"),
        _DELETED,
        "connections",
    ),
    Rule(
        "unproven_letters",
        _("Enquiries of visitors that nobody confirmed"),
        7 * DAY,
        _("Time to confirm"),
        _DELETED,
        "connections",
    ),
    Rule(
        "letters",
        _("Names, addresses, words and files in ended enquiries"),
        2 * YEAR,
        _("So that both sides find again what they agreed"),
        _EMPTIED,
        "connections",
    ),
    Rule(
        "participants",
        _("Names, numbers, photos, visit notes and signed sheets of mentoring"),
        5 * YEAR,
        _("The office answers for whom it mentored; certificates stay"),
        _EMPTIED,
        "programmes",
    ),
    Rule(
        "guests",
        _("Guests of projects, addresses of partners, names on receipts"),
        2 * YEAR,
        _("So that partners find again who was there"),
        _EMPTIED,
        "collaboration",
    ),
    Rule(
        "programme_reports",
        _("Reports of mentoring as PDF"),
        30 * DAY,
        _("Time to download; they are made anew in seconds"),
        _DELETED,
        "programmes",
    ),
    Rule("exports", _("Copies of own data"), 7 * DAY, _("Time to download"), _DELETED),
    Rule(
        "drafts",
        _("Unpublished changes nobody touched"),
        YEAR,
        _("So that nothing entered is lost"),
        _DELETED,
    ),
    Rule(
        "packages",
        _("What phones sent of assessments, as it came"),
        180 * DAY,
        _("To look for what somebody misses; the answers stay"),
        _EMPTIED,
    ),
    Rule(
        "revisions",
        _("Earlier states of profiles"),
        180 * DAY,
        _("To take a change back"),
        _DELETED,
    ),
    Rule(
        "verifications",
        _("Evidence of verifications withdrawn, replaced or expired"),
        2 * YEAR,
        _("The office answers for what it verified"),
        _DELETED,
    ),
    Rule(
        "requests",
        _("Names, addresses and words in ended data requests"),
        YEAR,
        _("To show that the request was met; the proof stays"),
        _EMPTIED,
    ),
    Rule(
        "consents",
        _("Numbers and addresses in withdrawn consents"),
        5 * YEAR,
        _("To show that consent was given; that it was stays"),
        _EMPTIED,
    ),
)
BY_KEY: Final = {rule.key: rule for rule in RULES}
