"""The signed link "still open?": for one opportunity, as it stood when the link was made. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from ifn.connections.models import Opportunity

#: A link is good for so long.
VALID: Final = timedelta(days=30)
_SIGNER: Final = Signer(salt="ifn.connections.opportunities.stillopen", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be; ``number`` is that of its opportunity."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


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
    until = opportunity.expires_on.isoformat() if opportunity.expires_on else ""
    return _SIGNER.sign_object([opportunity.number, until, today.isoformat()])


def read(token: str, today: date) -> AskedAbout:
    """Return what a link asks.

    Raises:
        Foreign: It was not signed here.
        Expired: It was made too long ago.

    """
    try:
        number, until, on = _SIGNER.unsign_object(token)
        asked = AskedAbout(number, until, date.fromisoformat(on))
    except (BadSignature, ValueError, TypeError):
        raise Foreign from None
    if today > asked.on + VALID:
        raise Expired(asked.number)
    return asked
