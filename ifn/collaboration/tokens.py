"""What stands in the signed links of partners by name and of guests. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

#: A link opens so long after the day it was made; whoever leads makes a new one with one tap.
HELPS: Final = timedelta(days=180)
_PARTNER: Final = Signer(salt="ifn.collaboration.partner", sep=".")
_GUEST: Final = Signer(salt="ifn.collaboration.guest", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be, or was withdrawn or replaced."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: whose it is, the how manieth, made on which day."""

    key: int
    number: int
    on: date


def for_partner(link: Link) -> str:
    """Return what stands in a partner's link."""
    return _signed(_PARTNER, link)


def for_guest(link: Link) -> str:
    """Return what stands in a guest's link."""
    return _signed(_GUEST, link)


def partner_of(token: str, today: date) -> Link:
    """Return what a partner's link says; whether it was withdrawn says the partner's row.

    Raises:
        Expired: It was made too long ago.
        Foreign: It was not signed here.

    """
    return _link(_PARTNER, token, today)


def guest_of(token: str, today: date) -> Link:
    """Return what a guest's link says; whether it was withdrawn says the guest's row.

    Raises:
        Expired: It was made too long ago.
        Foreign: It was not signed here.

    """
    return _link(_GUEST, token, today)


def _signed(signer: Signer, link: Link) -> str:
    return signer.sign_object([link.key, link.number, link.on.isoformat()])


def _link(signer: Signer, token: str, today: date) -> Link:
    try:
        key, number, on = signer.unsign_object(token)
        link = Link(int(key), int(number), date.fromisoformat(on))
    except (BadSignature, ValueError, TypeError):
        raise Foreign from None
    if today > link.on + HELPS:
        raise Expired
    return link
