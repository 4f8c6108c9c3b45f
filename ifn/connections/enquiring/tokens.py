"""What stands in signed links: one side of an enquiry, a letter to confirm, a question. Pure.

A link to a firm's side says who the firm's people were when it was made: once one of them has left,
it opens nothing more, for nobody can tell who of them holds it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from ifn.connections.enquiring.states import Side

#: Links open so long after they were made; a new one is a tap away.
VALID: Final = timedelta(days=90)
_SIDE: Final = Signer(salt="ifn.connections.side", sep=".")
_PROOF: Final = Signer(salt="ifn.connections.proof", sep=".")
_KEEPING: Final = Signer(salt="ifn.connections.keeping", sep=".")
_QUESTION: Final = Signer(salt="ifn.connections.question", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


class Expired(ValueError):  # noqa: N818
    """The link is older than it may be; ``key`` and ``side`` say what it was for."""

    def __init__(self, key: int, side: str) -> None:
        super().__init__(key)
        self.key, self.side = key, side


@dataclass(frozen=True, slots=True)
class Held:
    """Whoever holds this link speaks for one side of one thing."""

    key: int
    side: Side
    #: Keys of the people whom the firm had when the link was made.
    people: frozenset[int] = frozenset()


def for_side(enquiry: int, side: Side, on: date, people: Collection[int] = ()) -> str:
    """Return what stands in a link to one side of an enquiry, made on this day."""
    return _SIDE.sign_object([enquiry, side.value, on.isoformat(), sorted(people)])


def side_of(token: str, today: date) -> Held:
    """Return what a link to an enquiry opens.

    Raises:
        Foreign: It was not signed here.
        Expired: It was made too long ago.

    """
    return _read(_SIDE, token, today)


def for_question(question: int, side: Side, on: date, people: Collection[int] = ()) -> str:
    """Return what stands in a link to the question how it went."""
    return _QUESTION.sign_object([question, side.value, on.isoformat(), sorted(people)])


def question_of(token: str, today: date) -> Held:
    """Return which question a link answers; raises as ``side_of`` does."""
    return _read(_QUESTION, token, today)


def for_proof(letter: int) -> str:
    """Return what stands in the link that shows whose an address is."""
    return _PROOF.sign(f"{letter:x}")


def proof_of(token: str) -> int:
    """Return the letter whose sender's address a link proves.

    Raises:
        Foreign: It was not signed here.

    """
    return _letter_of(_PROOF, token)


def for_keeping(letter: int) -> str:
    """Return what stands in the link by which its writer follows a letter; it proves nothing."""
    return _KEEPING.sign(f"{letter:x}")


def kept_by(token: str) -> int:
    """Return the letter that a link follows; raises as ``proof_of`` does."""
    return _letter_of(_KEEPING, token)


def _letter_of(signer: Signer, token: str) -> int:
    try:
        return int(signer.unsign(token), 16)
    except (BadSignature, ValueError):
        raise Foreign from None


def _read(signer: Signer, token: str, today: date) -> Held:
    try:
        key, side, on, people = signer.unsign_object(token)
        made, held = date.fromisoformat(on), Held(int(key), Side(side), frozenset(people))
    except (BadSignature, ValueError, TypeError):
        raise Foreign from None
    if today > made + VALID:
        raise Expired(held.key, held.side)
    return held
