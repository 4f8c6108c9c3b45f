"""What stands in signed links and codes: a participant's own page, the code of a session. Pure."""

from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

#: A participant's link opens so long after the day it was made.
VALID: Final = timedelta(days=400)
_PERSON: Final = Signer(salt="ifn.programmes.participant", sep=".")
_SESSION: Final = Signer(salt="ifn.programmes.session", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be."""


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
