"""The signed link "still open?": for one opportunity, as it stood when the link was made. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ifn.connections.models import Opportunity
from ifn.directory.askinglinks import AskingLink, Expired, Foreign

#: A link is good for so long.
VALID: Final = timedelta(days=30)
_LINK: Final = AskingLink("ifn.connections.opportunities.stillopen", VALID)


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """What a link asks: of which opportunity, open until when, asked on which day."""

    number: str
    until: str
    on: date

    def is_answered(self, opportunity: Opportunity) -> bool:
        """Say whether the opportunity goes on by now, or came to an end by a person's word."""
        if opportunity.state in {Opportunity.State.FILLED, Opportunity.State.WITHDRAWN}:
            return True
        until = opportunity.expires_on
        return until is None or until.isoformat() > self.until


def token_for(opportunity: Opportunity, today: date) -> str:
    """Return what stands in the address of a link made today."""
    return _LINK.write(opportunity.number, opportunity.expires_on, today)


def read(token: str, today: date) -> AskedAbout:
    """Return what a link asks; raises ``Foreign`` and ``Expired`` as ``AskingLink.read`` does."""
    said = _LINK.read(token, today)
    return AskedAbout(said.number, said.stood, said.on)


__all__ = ["VALID", "AskedAbout", "Expired", "Foreign", "read", "token_for"]
