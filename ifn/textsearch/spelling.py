"""Which words of a collection an unknown word was meant to be. Pure."""

from collections.abc import Callable

from ifn.textsearch.matching import Alternative
from ifn.textsearch.vocabulary import Neighbour, is_plain

SHORTEST = 3
TWO_EDITS_FROM = 8
MOST_ALTERNATIVES = 3


def is_correctable(word: str) -> bool:
    """Say whether a word may be misspelt; numbers and codes are what they are."""
    return is_plain(word) and len(word) >= SHORTEST


def corrections_of(
    word: str, neighbours: Callable[[str, int], list[Neighbour]]
) -> tuple[Alternative, ...]:
    """Return the likeliest words, best first."""
    near = neighbours(word, 2 if len(word) >= TWO_EDITS_FROM else 1)
    if not near:
        return ()
    near.sort(key=lambda n: (n.distance, -n.frequency, n.word))
    least = near[0].distance
    return tuple(
        Alternative((n.word,), 1.0 if not at else 0.7)
        for at, n in enumerate(near[:MOST_ALTERNATIVES])
        if n.distance == least
    )
