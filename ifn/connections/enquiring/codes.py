"""Codes of enquiries: short, sayable on the phone, with a check character.

They are built as public numbers of profiles are (``ifn.directory.numbers``), of another length and
with letters of their own in front, so that one is never taken for the other.
"""

import re
import secrets
from random import Random
from typing import Final

from ifn.directory import numbers

PREFIX: Final = "TN"
#: Characters before the check character: 31 to the fifth are 28 million.
BODY: Final = 5
_SEPARATORS = re.compile(r"[\s\-–.]")


class NotACode(ValueError):  # noqa: N818
    """What was given is no code, or a character of it is wrong."""


def spoken(code: str) -> str:
    """Return the code as it is written for people: ``7K3MQA`` becomes ``TN-7K3MQ-A``."""
    return numbers.spoken(code, prefix=PREFIX)


def read(text: str) -> str:
    """Return the stored code for what a person typed, in any case, with or without hyphens.

    Raises:
        NotACode: It has another length, a foreign character, or two characters are swapped.

    """
    code = _SEPARATORS.sub("", text)
    code = code.upper() if code.isascii() else code
    if len(code) == len(PREFIX) + BODY + 1:
        code = code.removeprefix(PREFIX)
    if len(code) != BODY + 1 or set(code) - set(numbers.ALPHABET):
        raise NotACode(text)
    if numbers.check_character(code[:-1]) != code[-1]:
        raise NotACode(text)
    return code


def draw(random: Random | secrets.SystemRandom | None = None) -> str:
    """Return a random code; whoever stores it relies on the column's uniqueness."""
    return numbers.draw(random, length=BODY)
