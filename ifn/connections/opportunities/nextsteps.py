"""What has to happen to an opportunity next: what, who acts, by when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.connections.models import Opportunity

#: Within so many days the office answers what waits for it.
REVIEW_DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, in words; ``by`` is a day, or nothing where nobody waits."""

    words: str
    who: str
    by: date | None = None


def next_step(opportunity: Opportunity) -> NextStep:
    """Return what comes next for an opportunity."""
    you, office, nobody = _("You"), _("The network’s office"), ""
    steps = {
        Opportunity.State.DRAFT: NextStep(_("Go on writing, then post it."), you),
        Opportunity.State.REVIEW: NextStep(
            _("The office looks at your first post."),
            office,
            localdate(opportunity.since) + timedelta(days=REVIEW_DAYS),
        ),
        Opportunity.State.OPEN: NextStep(
            _("Write to those who fit. Renew or close it before it ends."),
            you,
            opportunity.expires_on,
        ),
        Opportunity.State.REFUSED: NextStep(_("Change it and post it again."), you),
        Opportunity.State.EXPIRED: NextStep(
            _("Renew it if it still holds, or note that somebody was found."), you
        ),
        Opportunity.State.FILLED: NextStep(_("Done. Somebody was found."), nobody),
        Opportunity.State.WITHDRAWN: NextStep(_("Taken back. Nothing more happens."), nobody),
    }
    return steps[Opportunity.State(opportunity.state)]
