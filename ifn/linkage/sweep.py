"""Find for each record of a list who may be the same among many more records; pure.

Only the list is held. The many are read once, one after the other: of each its pieces stay until
it is known how rare pieces are, then only its key, and that only while it is among the nearest of
a record of the list. Those are fetched again and compared.
"""

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from ifn.linkage.comparing import MOST_SHARING, compare
from ifn.linkage.evidence import Weights
from ifn.linkage.index import BATCH, NEAREST, Candidate
from ifn.linkage.likeness import Rarity
from ifn.linkage.nearest import Nearest
from ifn.linkage.records import Prepared, Record, prepare
from ifn.linkage.vectors import Pieces, Seen, pieces_of

T = TypeVar("T")
#: Returns records by their keys, in any order; those that are gone meanwhile are left out.
Fetch = Callable[[Sequence[Hashable]], Iterable[Record]]
#: After so many of everyone it is known how rare pieces are.
LEARNED: Final = 100_000
#: The candidates of so many asked records are fetched at once.
FETCHED: Final = 500


def sweep(
    asked: Iterable[Record],
    everyone: Iterable[Record],
    *,
    fetch: Fetch,
    nearest: int = NEAREST,
    weights: Weights | None = None,
) -> Iterator[tuple[Hashable, list[Candidate]]]:
    """Yield the key of each asked record, in order, with its candidates, the likeliest first.

    ``fetch`` reads again those of ``everyone`` that come into question. A record that is itself
    among everyone, by its key, is not its own candidate.
    """
    held = [prepare(one) for one in asked]
    if not held:
        return
    passing = _Passing(held, nearest)
    for some in _batches(everyone, BATCH):
        passing.take([prepare(one) for one in some])
    found = passing.found()
    for part in _batches(zip(held, found, strict=True), FETCHED):
        wanted = list(dict.fromkeys(key for _one, keys in part for key in keys))
        known = {one.key: prepare(one) for one in (fetch(wanted) if wanted else ())}
        for one, keys in part:
            compared = [
                Candidate(key, compare(one, known[key], rarity=passing.rarity, weights=weights))
                for key in keys
                if key in known
            ]
            yield one.key, sorted(compared, key=lambda each: -each.comparison.log_odds)


class _Passing:
    """Those asked about, and what is kept of everyone who came past."""

    def __init__(self, held: Sequence[Prepared], nearest: int) -> None:
        self.rarity = Rarity()
        self._held = held
        self._wanted = nearest + 1  # the record itself may be among them
        self._sharing: dict[tuple[str, str], dict[int, Hashable]] = {
            key: {} for one in held for key in one.exact_keys()
        }
        self._waiting: list[tuple[int, Pieces]] = []
        self._nearest: Nearest | None = None
        self._keys: dict[int, Hashable] = {}
        self._count = 0

    def take(self, records: Sequence[Prepared]) -> None:
        """Let some of everyone come past."""
        self.rarity.count(records)
        for number, one in enumerate(records, start=self._count):
            self._keys[number] = one.key
            for key in one.exact_keys():
                sharing = self._sharing.get(key)
                if sharing is not None and len(sharing) <= MOST_SHARING * NEAREST:
                    sharing[number] = one.key
        self._waiting.append((self._count, pieces_of(records)))
        self._count += len(records)
        if self._nearest or self._count >= LEARNED:
            self._find()

    def _find(self) -> Nearest:
        """Look who is nearest among those that wait, and forget all others."""
        if self._nearest is None:
            seen = Seen(pieces for _first, pieces in self._waiting)
            self._nearest = Nearest(pieces_of(self._held), seen, self._wanted)
        while self._waiting:
            first, pieces = self._waiting.pop()
            self._nearest.past(pieces, first)
        self._keys = {number: self._keys[number] for number in self._nearest.kept().tolist()}
        return self._nearest

    def found(self) -> list[list[Hashable]]:
        """Return for each that is asked about the keys of those that may be the same."""
        nearest = self._find()
        result = []
        for one, numbers in zip(self._held, nearest.found(), strict=True):
            near = {number: self._keys[number] for number in numbers}
            for key in one.exact_keys():
                if len(self._sharing[key]) <= MOST_SHARING * NEAREST:
                    near |= self._sharing[key]
            # Those that turn out equally likely stay in the order of everyone.
            result.append([near[number] for number in sorted(near) if near[number] != one.key])
        return result


def _batches(many: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(many)
    while some := list(itertools.islice(rest, size)):
        yield some
