"""Public numbers: permanent, short, sayable on the phone, with a check character.

A number is four or more characters and one check character, all from an alphabet of 31 that leaves
out 0, 1, I, L and O, which are mistaken for one another. The check character makes the weighted sum
of all values divisible by 31; as 31 is prime and the weights are distinct and not zero, every wrong
character and every swap of two characters is noticed (the argument behind ISBN-10).
"""

import re
import secrets
from random import Random

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
VALUE = {character: value for value, character in enumerate(ALPHABET)}
PREFIX = "IFN"
BODY = 4
LONGEST = 7  # characters before the check character

_SEPARATORS = re.compile(r"[\s\-–.]")


class NotANumber(ValueError):  # noqa: N818
    """What was given does not have the form of a public number."""


class WrongCheck(ValueError):  # noqa: N818
    """It has the form, but a character is wrong or two are swapped."""


def check_character(body: str) -> str:
    """Return the character that completes the body; its own weight is 1, the body has 2, 3, …."""
    total = sum(
        weight * VALUE[character] for weight, character in enumerate(reversed(body), start=2)
    )
    return ALPHABET[-total % len(ALPHABET)]


def complete(body: str) -> str:
    """Return the stored number for a body: ``7K3M`` becomes ``7K3M`` and its check character."""
    return body + check_character(body)


def spoken(number: str, *, prefix: str = PREFIX) -> str:
    """Return the number as it is written for people: ``7K3MQ`` becomes ``IFN-7K3M-Q``."""
    return f"{prefix}-{number[:-1]}-{number[-1]}"


def compact(text: str, *, prefix: str = PREFIX) -> str:
    """Return what was typed without prefix, spaces and hyphens, in capitals."""
    bare = _SEPARATORS.sub("", text)
    return (bare.upper() if bare.isascii() else bare).removeprefix(prefix)


def read(text: str, *, prefix: str = PREFIX) -> str:
    """Return the stored number for what a person typed, in any case, with or without hyphens.

    Raises:
        NotANumber: It is too short, too long, or has a character that no number has.
        WrongCheck: One character is wrong, or two are swapped.

    """
    number = compact(text, prefix=prefix)
    if not BODY < len(number) <= LONGEST + 1 or set(number) - set(ALPHABET):
        raise NotANumber(text)
    if check_character(number[:-1]) != number[-1]:
        raise WrongCheck(number)
    return number


def draw(random: Random | secrets.SystemRandom | None = None, *, length: int = BODY) -> str:
    """Return a random number; whoever stores it relies on the column's uniqueness.

    It has a digit: USAHA and SMETA are right numbers too, but whoever types them means the word.
    """
    chooser = random or secrets.SystemRandom()
    while True:
        number = complete("".join(chooser.choice(ALPHABET) for _ in range(length)))
        if not number.isalpha():
            return number


def one_mistake_away(number: str) -> list[str]:
    """Return the right numbers that one wrong character or one swap of neighbours makes into this.

    At each place only one other character completes the sum, so there are fewer than 16.
    """
    swaps = {
        number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]
        for place in range(1, len(number))
    }
    others = {
        number[:place] + letter + number[place + 1 :]
        for place in range(len(number))
        for letter in ALPHABET
    }
    right = (one for one in swaps | others if check_character(one[:-1]) == one[-1])
    return sorted(one for one in right if one != number)
