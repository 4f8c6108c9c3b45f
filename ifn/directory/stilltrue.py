"""The signed link "still true?": for one profile, as it stood when the link was made. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ifn.directory.askinglinks import AskingLink, Expired, Foreign
from ifn.directory.models import Business

#: A link is good for so long.
VALID: Final = timedelta(days=60)
_LINK: Final = AskingLink("ifn.directory.stilltrue", VALID)


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
    return _LINK.write(business.number, business.confirmed_on, today)


def read(token: str, today: date) -> Asked:
    """Return what a link asks; raises ``Foreign`` and ``Expired`` as ``AskingLink.read`` does."""
    said = _LINK.read(token, today)
    return Asked(said.number, said.stood, said.on)


__all__ = ["VALID", "Asked", "Expired", "Foreign", "read", "token_for"]
