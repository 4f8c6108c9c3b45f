"""How alike two texts are, word by word, where rare words count for more; pure."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from ifn.linkage.records import Prepared

#: Words that names of Indonesian firms have in common; they count little before a list is known.
COMMON_NAMES = frozenset(
    (
        *("jaya", "maju", "abadi", "sentosa", "makmur", "sejahtera", "mandiri", "utama"),
        *("indah", "mulia", "karya", "cipta", "sumber", "berkah", "rejeki", "rezeki", "agung"),
        *("perkasa", "prima", "sukses", "lestari", "putra", "putri", "nusantara", "langkah"),
        *("internasional", "international", "group", "grup", "global", "multi", "bersama"),
        *("anugerah", "gemilang", "raya", "baru", "bina", "cahaya", "surya", "mitra", "duta"),
        *("bintang", "company", "and", "cafe"),
    )
)
#: Words that say what a firm does and not who it is; lists add and leave them out as they like.
DESCRIBING = frozenset(
    (
        *("sepatu", "sandal", "kulit", "shoes", "shoe", "footwear", "leather", "alas", "kaki"),
        *("toko", "tk", "pabrik", "konveksi", "produksi", "industri", "industries", "industry"),
        *("home", "rumah", "usaha", "dagang", "collection", "koleksi", "pengrajin", "perajin"),
        *("indonesia", "indo", "store", "restaurant", "the", "of"),
    )
)
#: Words that addresses have in common.
COMMON_STREETS = frozenset(
    (
        *("raya", "industri", "kawasan", "blok", "jawa", "timur", "barat", "tengah"),
        *("selatan", "utara", "kota", "kabupaten", "jakarta", "bandung", "surabaya"),
        *("tangerang", "sidoarjo", "bekasi", "bogor", "banten", "n", "s", "e", "w"),
    )
)
#: A list is read as if it came on top of one of this many records, in which ...
BEFORE = 300
#: ... a common word stood so often, and a describing word so often.
COMMON_BEFORE, DESCRIBING_BEFORE = 30, 60
LEAST_LIKE, SHORTEST, PREFIX, PREFIX_LIKE = 0.75, 4, 3, 0.8
LEAST_JOINED, MOST_MISTAKES = 0.86, 2
#: What a word of three letters counts beside one of four that has one more.
SHORT_LIKE = 0.7
#: Left-over words of so many letters may be one another with a space elsewhere, and count so much.
LONG_JOINED, ALMOST = 6, 0.85
#: A word with a mistake in it counts for almost as much as the word.
MISSPELT = 0.6


@dataclass(slots=True)
class Rarity:
    """How often words and keys stand in the lists at hand; knows nothing in the beginning."""

    records: int = 0
    names: Counter[str] = field(default_factory=Counter)
    streets: Counter[str] = field(default_factory=Counter)
    keys: Counter[tuple[str, str]] = field(default_factory=Counter)
    _weights: dict[int, float] = field(default_factory=dict)

    def count(self, records: Iterable[Prepared], by: int = 1) -> None:
        """Add records, or take them away with ``by=-1``."""
        self._weights.clear()
        for record in records:
            self.records += by
            for word in set(record.name.words):
                self.names[word] += by
            for word in set(record.address.words):
                self.streets[word] += by
            for key in record.exact_keys():
                self.keys[key] += by

    def of_name(self, word: str) -> float:
        """Return how much a word of a name tells, from near 0 to 1."""
        before = COMMON_BEFORE if word in COMMON_NAMES else 1
        return self._weight(self.names[word], DESCRIBING_BEFORE if word in DESCRIBING else before)

    def of_street(self, word: str) -> float:
        """Return how much a word of an address tells, from near 0 to 1."""
        return self._weight(self.streets[word], COMMON_BEFORE if word in COMMON_STREETS else 1)

    def _weight(self, seen: int, before: int) -> float:
        often = max(seen, 1) + before - 1
        weight = self._weights.get(often)
        if weight is None:
            total = self.records + BEFORE
            weight = max(0.05, math.log(total / often) / math.log(total))
            self._weights[often] = weight
        return weight


@dataclass(frozen=True, slots=True)
class Overlap:
    """What share of each text the other has too, and how much the shared part tells."""

    left: float
    right: float
    mass_left: float
    mass_right: float
    #: Each has a word that the other does not have in any spelling, and not to describe only.
    strangers: bool = False

    @property
    def like(self) -> float:
        """Return the likeness of the wholes, 0 to 1."""
        whole = self.mass_left + self.mass_right
        return (self.left * self.mass_left + self.right * self.mass_right) / whole if whole else 0.0

    @property
    def within(self) -> float:
        """Return how far one lies within the other, 0 to 1."""
        return max(self.left, self.right)

    @property
    def own(self) -> float:
        """Return how much each says that the other does not: nothing when one lies in the other."""
        left, right = (1 - self.left) * self.mass_left, (1 - self.right) * self.mass_right
        return min(left, right, 1.0)

    @property
    def shared(self) -> float:
        """Return how much the shared words tell."""
        return min(self.left * self.mass_left, self.right * self.mass_right)


def overlap(left: Sequence[str], right: Sequence[str], weigh: Callable[[str], float]) -> Overlap:
    """Compare words that may be misspelt, cut short, run together, or stand in another order."""
    weights = {word: weigh(word) for word in {*left, *right}}
    mass_left = sum([weights[word] for word in left])
    mass_right = sum([weights[word] for word in right])
    if not (left and right):
        return Overlap(0.0, 0.0, mass_left, mass_right)
    got_left = got_right = 0.0
    pairs, alone = matched(left, right)
    for one, other, likeness in pairs:
        got_left += weights[one] * likeness
        got_right += weights[other] * likeness
    share_left, share_right = got_left / mass_left, got_right / mass_right
    strangers = all(alone) and any(word not in DESCRIBING for each in alone for word in each)
    if strangers and _run_together(*alone):
        strangers = False
        told = _told(alone[0], weights), _told(alone[1], weights)
        share_left += told[0] * ALMOST / mass_left
        share_right += told[1] * ALMOST / mass_right
    if min(share_left, share_right) < 1:
        joined = _joined(left, right)
        if joined:
            share_left, share_right = max(share_left, joined), max(share_right, joined)
            strangers = False
    return Overlap(
        min(share_left, 1.0), min(share_right, 1.0), mass_left, mass_right, strangers=strangers
    )


def _joined(left: Sequence[str], right: Sequence[str]) -> float:
    """Return how alike two texts are without spaces; 0 where more than a mistake differs."""
    one, other = "".join(left), "".join(right)
    if OSA.distance(one, other, score_cutoff=MOST_MISTAKES) > MOST_MISTAKES:
        return 0.0
    return OSA.normalized_similarity(one, other, score_cutoff=LEAST_JOINED)


def _run_together(left: Sequence[str], right: Sequence[str]) -> bool:
    """Say whether words that are left over are the same with a space elsewhere."""
    one, other = ("".join(w for w in each if w not in DESCRIBING) for each in (left, right))
    if min(len(one), len(other)) < LONG_JOINED or one[0] != other[0]:
        return False
    return OSA.normalized_similarity(one, other) >= LEAST_LIKE


def _told(words: Sequence[str], weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in words if word not in DESCRIBING)


def matched(
    left: Sequence[str], right: Sequence[str]
) -> tuple[list[tuple[str, str, float]], tuple[list[str], list[str]]]:
    """Pair off words: equal ones first, then the likest; the same whichever side is left.

    Returned are the pairs with their likeness, and the words of each side that are left over.
    """
    pairs = []
    loose, others = [], list(right)
    for word in left:
        if word in others:
            others.remove(word)
            pairs.append((word, word, 1.0))
        else:
            loose.append(word)
    if not (loose and others):
        return pairs, (loose, others)
    near = [
        (-likeness, min(one, other), max(one, other), i, j)
        for i, one in enumerate(loose)
        for j, other in enumerate(others)
        if (likeness := word_likeness(one, other))
    ]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for likeness, _first, _second, i, j in sorted(near):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((loose[i], others[j], -likeness))
    return pairs, (
        [word for i, word in enumerate(loose) if i not in taken_left],
        [word for j, word in enumerate(others) if j not in taken_right],
    )


@lru_cache(maxsize=65536)
def word_likeness(one: str, other: str) -> float:
    """Return how alike two different words are; 0 when they are not the same word misspelt."""
    short = min(len(one), len(other))
    if one[0].isdigit() or other[0].isdigit():
        return 0.0
    if short >= PREFIX and (one.startswith(other) or other.startswith(one)):
        return PREFIX_LIKE
    if short < SHORTEST:
        return _short_likeness(one, other)
    likeness = OSA.normalized_similarity(one, other, score_cutoff=LEAST_LIKE)
    return 1 - (1 - likeness) * MISSPELT if likeness else 0.0


def _short_likeness(one: str, other: str) -> float:
    """Return how alike two words are of which one has three letters: one letter is left out."""
    is_near = one[0] == other[0] and {len(one), len(other)} == {SHORTEST - 1, SHORTEST}
    return SHORT_LIKE if is_near and OSA.distance(one, other) == 1 else 0.0
