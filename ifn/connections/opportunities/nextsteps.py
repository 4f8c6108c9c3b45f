"""What has to happen to an opportunity next: what, who acts, by when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ifn.connections.models import Opportunity

#: Within so many days the office answers what waits for it.
REVIEW_DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, in words; ``by`` is a day, or nothing where nobody waits."""

    words: str
    who: str
    by: date | None = None


_YOU: Final = _("You")
_OFFICE: Final = _("The network’s office")
_STEPS: Final = {
    Opportunity.State.DRAFT: (_("Go on writing, then post it."), _YOU),
    Opportunity.State.REVIEW: (_("The office looks at your first post."), _OFFICE),
    Opportunity.State.OPEN: (
        _("Write to those who fit. Renew or close it before it ends."),
        _YOU,
    ),
    Opportunity.State.REFUSED: (_("Change it and post it again."), _YOU),
    Opportunity.State.EXPIRED: (
        _("Renew it if it still holds, or note that somebody was found."),
        _YOU,
    ),
    Opportunity.State.FILLED: (_("Done. Somebody was found."), ""),
    Opportunity.State.WITHDRAWN: (_("Taken back. Nothing more happens."), ""),
}


def next_step(opportunity: Opportunity) -> NextStep:
    """Return what comes next for an opportunity."""
    state = Opportunity.State(opportunity.state)
    words, who = _STEPS[state]
    by = None
    if state == Opportunity.State.REVIEW:
        by = reviewed_by(localdate(opportunity.since))
    elif state == Opportunity.State.OPEN:
        by = opportunity.expires_on
    return NextStep(str(words), str(who), by)


def reviewed_by(since: date) -> date:
    """Return until when the office answers what waits for it since a day."""
    return since + timedelta(days=REVIEW_DAYS)
