"""Cursors: where a page ended, signed, and bound to the filter they came from. Pure.

A cursor names the last profile by the order of entry, which no change of the data changes. So what
is in the data throughout is met exactly once, whatever is added, changed or removed in between.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from django.core.signing import BadSignature, Signer

_signer: Final = Signer(salt="ifn.api.cursors")


class Unreadable(ValueError):  # noqa: N818
    """This is no cursor of ours, or it was cut off or changed."""


class OfAnotherFilter(ValueError):  # noqa: N818
    """The cursor belongs to another question."""


def _fingerprint(question: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256(repr(sorted(question)).encode()).hexdigest()[:16]


def cursor_after(key: int, question: Iterable[tuple[str, str]]) -> str:
    """Return the cursor of a page that ended with this key."""
    return _signer.sign(f"{key:x}.{_fingerprint(question)}").replace(":", ".")


def key_of(cursor: str, question: Iterable[tuple[str, str]]) -> int:
    """Return the key a page ended with.

    Raises:
        Unreadable: It is no cursor of ours.
        OfAnotherFilter: It was given for another question.

    """
    body, _dot, signature = cursor.rpartition(".")
    try:
        key, fingerprint = _signer.unsign(f"{body}:{signature}").split(".")
    except (BadSignature, ValueError):
        raise Unreadable from None
    if fingerprint != _fingerprint(question):
        raise OfAnotherFilter
    return int(key, 16)
