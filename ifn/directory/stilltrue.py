"""The signed link "still true?": for one profile, as it stood when the link was made. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from ifn.directory.models import Business

#: A link is good for so long.
VALID: Final = timedelta(days=60)
_SIGNER: Final = Signer(salt="ifn.directory.stilltrue", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be; ``number`` is that of its profile."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks: of which profile, confirmed when before, asked on which day."""

    number: str
    confirmed: str
    on: date

    def is_answered(self, business: Business) -> bool:
        """Say whether the profile was confirmed since the link was made."""
        known = business.confirmed_on
        return known is not None and (known.isoformat() > self.confirmed or known >= self.on)


def token_for(business: Business, today: date) -> str:
    """Return what stands in the address of a link made today."""
    confirmed = business.confirmed_on.isoformat() if business.confirmed_on else ""
    return _SIGNER.sign_object([business.number, confirmed, today.isoformat()])


def read(token: str, today: date) -> Asked:
    """Return what a link asks.

    Raises:
        Foreign: It was not signed here.
        Expired: It was made too long ago.

    """
    try:
        number, confirmed, on = _SIGNER.unsign_object(token)
        asked = Asked(number, confirmed, date.fromisoformat(on))
    except (BadSignature, ValueError, TypeError):
        raise Foreign from None
    if today > asked.on + VALID:
        raise Expired(asked.number)
    return asked
