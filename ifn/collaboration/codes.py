"""Codes of calls, projects, batches and hand-outs: sayable, with a check character.

They are built as public numbers of profiles are (``ifn.directory.numbers``), with letters of their
own in front, so that one is never taken for another.
"""

import re
import secrets
from enum import StrEnum
from typing import Final

from ifn.directory import numbers

_SEPARATORS = re.compile(r"[\s\-–.]")


class Kind(StrEnum):
    """The letters in front."""

    CALL = "AK"
    PROJECT = "PK"
    BATCH = "BK"
    HAND_OUT = "TT"


#: Characters before the check character; hand-outs are many, and who knows the code may sign.
BODY: Final = {Kind.CALL: 4, Kind.PROJECT: 4, Kind.BATCH: 5, Kind.HAND_OUT: 8}


class NotACode(ValueError):  # noqa: N818
    """What was given is no code of this kind, or a character of it is wrong."""


def new(kind: Kind) -> str:
    """Return a code by chance, as it is stored."""
    body = "".join(secrets.choice(numbers.ALPHABET) for _ in range(BODY[kind]))
    return numbers.complete(body)


def spoken(kind: Kind, code: str) -> str:
    """Return the code as it is written for people: ``7K3MQ`` becomes ``PK-7K3M-Q``."""
    return numbers.spoken(code, prefix=kind.value)


def read(kind: Kind, text: str) -> str:
    """Return the stored code for what a person typed, in any case, with or without hyphens.

    Raises:
        NotACode: It has another length, a foreign character, or two characters are swapped.

    """
    code = _SEPARATORS.sub("", text)
    code = code.upper() if code.isascii() else code
    longest = BODY[kind] + 1
    if len(code) == len(kind.value) + longest:
        code = code.removeprefix(kind.value)
    if len(code) != longest or set(code) - set(numbers.ALPHABET):
        raise NotACode
    if numbers.complete(code[:-1]) != code:
        raise NotACode
    return code
