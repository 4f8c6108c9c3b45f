"""Records as vectors of 2- and 3-letter pieces, in which rare pieces weigh; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ifn.linkage.records import Prepared

Numbers = NDArray[Any]
#: What each field (name, address, place, other texts) adds to how near two vectors are.
SHARES: Final = (0.6, 0.3, 0.1, 0.2)
#: A piece in more of the records than this share says nothing about who is meant.
MOST_COMMON: Final = 0.2
ALWAYS_KEPT: Final = 200
#: A letter takes so many bits of the number of a piece; the field stands above three letters.
LETTER: Final = 20
FIELD: Final = 3 * LETTER


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of some records: each piece of each record once, ordered by record.

    ``rows`` says in which record, ``which`` says which of ``codes``, ``counts`` how often.
    """

    records: int
    codes: Numbers
    rows: Numbers
    which: Numbers
    counts: Numbers


@dataclass(frozen=True, slots=True)
class Vectors:
    """What weighs in some records: each amount with its row and its piece, ordered by row."""

    rows: Numbers
    which: Numbers
    amounts: Numbers


def pieces_of(records: Sequence[Prepared]) -> Pieces:
    """Return the pieces of names, addresses and places, marked by field."""
    texts = [f" {text} " if text else "" for one in records for text in _texts(one)]
    written = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # Two empty letters behind the last text belong to no text.
    letters = np.concatenate((written.astype(np.int64) & ((1 << LETTER) - 1), [0, 0]))
    whose = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    whose = np.concatenate((whose, [-1, -1]))
    pairs = ((whose % len(SHARES)) << FIELD) | (letters << (2 * LETTER))
    pairs[:-1] |= letters[1:] << LETTER
    two, three = whose[:-2] == whose[1:-1], whose[:-2] == whose[2:]
    codes = np.concatenate((pairs[:-2][two], (pairs[:-2] | letters[2:])[three]))
    rows = np.concatenate((whose[:-2][two], whose[:-2][three])) // len(SHARES)
    unique, which = np.unique(codes, return_inverse=True)
    placed, counts = np.unique(rows * max(len(unique), 1) + which, return_counts=True)
    rows, which = np.divmod(placed, max(len(unique), 1))
    small = np.uint16 if max(len(unique), len(records)) <= np.iinfo(np.uint16).max else np.int32
    return Pieces(
        len(records),
        unique,
        rows.astype(small),
        which.astype(small),
        np.minimum(counts, np.iinfo(np.uint8).max).astype(np.uint8),
    )


def _texts(one: Prepared) -> tuple[str, str, str, str]:
    """Return the texts of the fields, in the order of their shares."""
    names = (one.name.words, *one.name.others)
    return (
        " ".join(word for words in names for word in words),
        " ".join((*one.address.words, *sorted(one.address.houses))),
        one.place.name or one.place.code,
        " ".join(word for _label, words in one.extra for word in words),
    )


class Seen:
    """In how many of the records it was learned from each piece stands."""

    def __init__(self, learned_from: Iterable[Pieces]) -> None:
        """Learn from records; later ones are read with the same eyes."""
        codes, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        records = 0
        for each in learned_from:
            records += each.records
            codes.append(each.codes)
            counts.append(np.bincount(each.which, minlength=len(each.codes)))
        self.codes, which = np.unique(np.concatenate(codes), return_inverse=True)
        self.counts: Numbers = np.bincount(which, np.concatenate(counts))
        self.records = max(records, 1)

    def vectors(self, pieces: Pieces) -> Vectors:
        """Return what weighs in records; each field is as long as its share."""
        seen = looked_up(pieces.codes, self.codes, self.counts)
        rare = np.log1p(self.records / (seen + 0.5))
        rare[seen > max(ALWAYS_KEPT, MOST_COMMON * self.records)] = 0.0
        amounts = (1 + np.log(pieces.counts)) * rare[pieces.which]
        kept = amounts > 0
        rows, which, amounts = pieces.rows[kept].astype(np.int64), pieces.which[kept], amounts[kept]
        fields = (pieces.codes >> FIELD)[which]
        parts = rows * len(SHARES) + fields
        lengths = np.sqrt(np.bincount(parts, amounts * amounts))
        return Vectors(rows, which, amounts * np.sqrt(SHARES)[fields] / lengths[parts])


def looked_up(asked: Numbers, known: Numbers, values: Numbers) -> Numbers:
    """Return the value of each that is known, and 0 for others; ``known`` is in order."""
    if not len(known):
        return np.zeros(len(asked), values.dtype)
    places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    result: Numbers = np.where(known[places] == asked, values[places], 0)
    return result
