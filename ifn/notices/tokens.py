"""Signed names in the links of messages: what to stop, which address works. Pure."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from ifn.notices.kinds import KINDS

#: Stops messages to a person; it never expires, for messages are kept for years.
_STOP: Final = Signer(salt="ifn.notices.stop", sep=".")
#: Stops messages to an address without an account; it holds no address, for links are logged.
_OUTSIDE: Final = Signer(salt="ifn.notices.outside", sep=".")
#: Shows that messages reach an address; only ever sent there.
_REACHED: Final = Signer(salt="ifn.notices.reached", sep=".")
#: In place of a kind: all that come in digests.
ALL: Final = ""


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


def to_stop(person: int, kind: str) -> str:
    """Return what stands in the link that stops messages of a kind, or ``ALL``."""
    return _STOP.sign(f"{person:x}-{kind}")


def stopped(token: str) -> tuple[int, str]:
    """Return whose messages a link stops, and of which kind.

    Raises:
        Foreign: It was not signed here, or there is no such kind any more.

    """
    person, _, kind = _read(_STOP, token).partition("-")
    if kind != ALL and kind not in KINDS:
        raise Foreign
    return int(person, 16), kind


def to_stop_address(address: str, kind: str) -> str:
    """Return what stands in the link that stops messages of a kind to an address."""
    return _OUTSIDE.sign(f"{digest_of(address)}-{kind}")


def stopped_address(token: str) -> tuple[str, str]:
    """Return the digest of the address to which a link stops messages, and of which kind.

    Raises:
        Foreign: It was not signed here, or there is no such kind any more.

    """
    digest, _, kind = _read(_OUTSIDE, token).partition("-")
    if kind not in KINDS:
        raise Foreign
    return digest, kind


def digest_of(address: str) -> str:
    """Return what an address is called where nobody may read it: keyed, and always the same."""
    return next(digests_of(address))


def digests_of(address: str) -> Iterator[str]:
    """Yield the digest of an address under the secret in use, and under those before it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        keyed = salted_hmac("ifn.notices.address", address.lower(), secret, algorithm="sha256")
        yield keyed.hexdigest()[:40]


def to_reach(refusal: int) -> str:
    """Return what stands in the link that shows that messages arrive again."""
    return _REACHED.sign(f"{refusal:x}")


def reached(token: str) -> int:
    """Return the key of the refusal that a link takes back.

    Raises:
        Foreign: It was not signed here.

    """
    return int(_read(_REACHED, token), 16)


def _read(signer: Signer, token: str) -> str:
    try:
        return str(signer.unsign(token))
    except BadSignature:
        raise Foreign from None
