"""Which words of a collection a misspelt word may have been meant to be. Pure.

Several readings are searched for at once, the likelier ones for more: a document that holds
readings of many words of the question then comes out on top, which settles most doubts. The
likelihood of a reading is how easily the slip is made times how frequent the word is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ifn.textsearch.stopwords import ALL_STOP_WORDS
from ifn.textsearch.vocabulary import Neighbour, is_plain

#: Words from this length on may be two edits away from what was meant, if nothing is one away.
TWO_EDITS_FROM = 8
#: How much a word's number of documents counts: the square root.
COMMONNESS = 0.5
#: Slips, by how likely one leads to a given word: a letter left out, doubled or swapped is easy.
EASY, PUT_IN, REPLACED, TWICE = 1.0, 0.3, 0.2, 0.05
#: The first letter is seldom wrong.
FIRST_LETTER = 0.5
#: A rare word that exists is this much likelier than an easy slip to be what was meant.
AS_TYPED = 3.0
#: Readings that are kept, and how unlikely they may be against the likeliest.
MOST_READINGS = 12
LEAST = 0.003
#: Weights are likelihoods to this power: generous, because documents decide.
TRUST = 0.35


@dataclass(frozen=True, slots=True)
class Reading:
    """A word that may have been meant, and how likely that is (only comparable for one word)."""

    word: str
    likelihood: float


def is_correctable(word: str) -> bool:
    """Say whether a word may be misspelt; numbers and codes are what they are."""
    return is_plain(word) and word not in ALL_STOP_WORDS


def edits(word: str) -> int:
    """Return how many edits away what was meant may be if nothing is nearer."""
    return 2 if len(word) >= TWO_EDITS_FROM else 1


def slip(typed: str, meant: str, distance: int) -> float:
    """Return how easily one word is typed for another."""
    if distance > 1:
        ease = TWICE
    elif len(meant) > len(typed):
        ease = EASY
    elif len(meant) == len(typed):
        different = sum(one != other for one, other in zip(typed, meant, strict=True))
        ease = EASY if different > 1 else REPLACED
    else:
        ease = EASY if is_doubled(typed, meant) else PUT_IN
    swapped = typed[:2] == meant[1::-1]
    return ease if typed[0] == meant[0] or swapped else ease * FIRST_LETTER


def is_doubled(typed: str, meant: str) -> bool:
    """Say whether the letter too many repeats the one before it."""
    return any(
        typed[at] == typed[at + 1] and typed[:at] + typed[at + 1 :] == meant
        for at in range(len(typed) - 1)
    )


def readings_of(typed: str, documents: int, near: Iterable[Neighbour]) -> list[Reading]:
    """Return what a word that stands in so many documents may have been meant to be, best first."""
    found = [
        Reading(word.word, slip(typed, word.word, word.distance) * word.frequency**COMMONNESS)
        for word in near
        if word.word != typed and word.word not in ALL_STOP_WORDS
    ]
    if documents:
        found.append(Reading(typed, AS_TYPED * documents**COMMONNESS))
    found.sort(key=lambda reading: (-reading.likelihood, reading.word))
    return likeliest(found)


def likeliest(readings: list[Reading]) -> list[Reading]:
    """Return the readings worth searching for; they must be sorted."""
    if not readings:
        return []
    least = LEAST * readings[0].likelihood
    return [reading for reading in readings[:MOST_READINGS] if reading.likelihood >= least]


def weight(reading: Reading, best: Reading) -> float:
    """Return what a reading's score counts against the best one's."""
    return float((reading.likelihood / best.likelihood) ** TRUST)
