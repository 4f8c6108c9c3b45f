"""Whether messages reach an address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ifn.mail.models import Bounce, Refusal

#: A message that came back longer ago says nothing about today.
LATELY: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of an address: refused for good, or messages that came back for now."""

    address: str
    refusal: Refusal | None = None
    came_back: int = 0


def reach_of(address: str | None, *, at: datetime) -> Reach:
    """Return whether messages reach an address, as far as is known; at most two queries."""
    if not address:
        return Reach("")
    refusal = Refusal.objects.filter(address=address).first()
    if refusal:
        return Reach(address, refusal)
    lately = Bounce.objects.filter(message__to=address, is_hard=False, noted_at__gt=at - LATELY)
    return Reach(address, None, lately.count())
