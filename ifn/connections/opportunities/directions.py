"""Which kinds of opportunity are an offer, which a request, and which may be either. Pure."""

from collections.abc import Mapping
from typing import Final

#: Kinds that go one way only, by their code; all others may be offered and asked for.
ONE_WAY: Final[Mapping[str, str]] = {
    "SUPPLY_OFFER": "offer",
    "CAPACITY_OFFER": "offer",
    "SOURCING_REQ": "request",
    "CAPACITY_REQ": "request",
}


def fits(kind: str, direction: str) -> bool:
    """Say whether something of this kind can go this way: nobody asks for an offer of supplies."""
    return ONE_WAY.get(kind, direction) == direction
