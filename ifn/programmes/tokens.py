"""What stands in signed links and codes: of participants, mentors, partners, sessions. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

#: A participant's link opens so long after the day it was made.
VALID: Final = timedelta(days=400)
#: A mentor's or partner's link opens so long; the office makes a new one with one tap.
HELPS: Final = timedelta(days=180)
_PERSON: Final = Signer(salt="ifn.programmes.participant", sep=".")
_MENTOR: Final = Signer(salt="ifn.programmes.mentor", sep=".")
_PARTNER: Final = Signer(salt="ifn.programmes.partner", sep=".")
_SESSION: Final = Signer(salt="ifn.programmes.session", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a mentor's or partner's link says: whose it is, the how manieth, made on which day."""

    key: int
    number: int
    on: date


def for_participant(registration: int, on: date) -> str:
    """Return what stands in a participant's link, made on this day."""
    return _PERSON.sign_object([registration, on.isoformat()])


def participant_of(token: str, today: date) -> int:
    """Return the registration that a link opens.

    Raises:
        Expired: It was made too long ago.
        Foreign: It was not signed here.

    """
    try:
        key, on = _PERSON.unsign_object(token)
        found, made = int(key), date.fromisoformat(on)
    except (BadSignature, ValueError, TypeError):
        raise Foreign from None
    if today > made + VALID:
        raise Expired
    return found


def for_mentor(link: Link) -> str:
    """Return what stands in a mentor's link."""
    return _signed(_MENTOR, link)


def mentor_of(token: str, today: date) -> Link:
    """Return what a mentor's link says; whether it was withdrawn says the mentor's row.

    Raises:
        Expired: It was made too long ago.
        Foreign: It was not signed here.

    """
    return _link(_MENTOR, token, today)


def for_partner(link: Link) -> str:
    """Return what stands in a partner's link."""
    return _signed(_PARTNER, link)


def partner_of(token: str, today: date) -> Link:
    """Return what a partner's link says; whether it was withdrawn says the partner's row.

    Raises:
        Expired: It was made too long ago.
        Foreign: It was not signed here.

    """
    return _link(_PARTNER, token, today)


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


def for_session(session: int) -> str:
    """Return the code of a session that stands on its screen or poster."""
    return _SESSION.sign(f"{session:x}")


def session_of(token: str) -> int:
    """Return the session whose code this is; when it opens says the session itself.

    Raises:
        Foreign: It was not signed here.

    """
    try:
        return int(_SESSION.unsign(token), 16)
    except (BadSignature, ValueError):
        raise Foreign from None
