"""A little work for the sender's machine, so that sending thousands costs something. Pure.

The page carries a signed word; a script looks for a number that, written behind it, gives a hash
beginning with ``BITS`` zero bits. That takes a phone about a second, once, and the server one hash.
Who has no script loses nothing but time: the confirmation goes out some minutes later.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.core.signing import BadSignature, Signer

#: Zero bits the hash must begin with: 32,768 tries on average.
BITS: Final = 15
#: A page may lie open for so long.
VALID: Final = timedelta(hours=24)
#: No person writes a message faster.
QUICKEST: Final = timedelta(seconds=3)
_SIGNER: Final = Signer(salt="ifn.connections.challenge", sep=".")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Solved:
    """What a form brought: the word's own part, by which it counts once, and whether it was solved.

    ``word`` is empty where the form came without one of ours.
    """

    word: str = ""
    is_solved: bool = False


def new(at: datetime) -> str:
    """Return a word for a page made now."""
    return _SIGNER.sign(f"{secrets.token_hex(8)}-{int(at.timestamp()):x}")


def has_zeros(text: str, bits: int = BITS) -> bool:
    """Say whether the hash of a text begins with so many zero bits."""
    digest = int.from_bytes(sha256(text.encode()).digest(), "big")
    return digest >> (256 - bits) == 0


def checked(word: str, number: str, *, at: datetime) -> Solved:
    """Return what a form brought, at this moment."""
    if len(word) > _LONGEST or len(number) > _LONGEST:
        return Solved()
    try:
        inner = _SIGNER.unsign(word)
        made = int(inner.partition("-")[2], 16)
    except (BadSignature, ValueError):
        return Solved()
    age = at.timestamp() - made
    is_timely = QUICKEST.total_seconds() <= age <= VALID.total_seconds()
    is_number = number.isascii() and number.isdigit()
    return Solved(inner, is_timely and is_number and has_zeros(f"{word}.{number}"))
