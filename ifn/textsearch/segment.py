"""One generation of the index: what compaction packs, and how a process opens it. No database."""

import json
import struct
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from ifn.textsearch.entries import Content, lines, sections
from ifn.textsearch.vocabulary import LONGEST, Vocabulary, is_plain

Ordinals = NDArray[np.uint32]
Frequencies = NDArray[np.uint8]
SIZE = struct.Struct("<I")
#: Packed tables; postings' terms begin with a letter. META is read with every batch of postings.
META, KEYS, LENGTHS, FACETS, NUMBERS, WORDS, NAMES = (
    "#meta", "#keys", "#lengths", "#facets", "#numbers", "#words", "#names",
)  # fmt: skip
#: A number is rare when at most one document of so many has it.
RARE = 12
TABLES = (META, KEYS, LENGTHS, FACETS, NUMBERS, WORDS, NAMES)


class Posting(NamedTuple):
    """The documents that hold a term, ascending, and how often (in eighths)."""

    ordinals: Ordinals
    frequencies: Frequencies


class Row(NamedTuple):
    """What is written for a term or a table."""

    term: str
    document_frequency: int
    body: bytes


NOTHING = Posting(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint8))


def bitmap_of(ordinals: Ordinals) -> BitMap:
    """Return ascending ordinals as a bitmap."""
    return BitMap(array("I", ordinals.tobytes()))


def ordinals_of(bitmap: BitMap) -> Ordinals:
    """Return a bitmap's members in order."""
    return np.frombuffer(bitmap.to_array(), dtype=np.uint32)


def pack(parts: Iterable[bytes]) -> bytes:
    """Join byte strings so that ``unpack`` finds them again."""
    return b"".join(SIZE.pack(len(part)) + part for part in parts)


def unpack(body: bytes) -> Iterator[bytes]:
    """Yield what was packed."""
    at = 0
    while at < len(body):
        (size,) = SIZE.unpack_from(body, at)
        yield body[at + SIZE.size : at + SIZE.size + size]
        at += SIZE.size + size


def pack_posting(posting: Posting) -> bytes:
    """Return a posting as stored."""
    bitmap = bitmap_of(posting.ordinals).serialize()
    return SIZE.pack(len(bitmap)) + bitmap + posting.frequencies.tobytes()


def unpack_posting(body: bytes) -> Posting:
    """Return a posting as used."""
    (size,) = SIZE.unpack_from(body)
    bitmap = BitMap.deserialize(body[SIZE.size : SIZE.size + size])
    frequencies = np.frombuffer(body, dtype=np.uint8, offset=SIZE.size + size)
    return Posting(ordinals_of(bitmap), frequencies)


class PostingsBuilder:
    """Collect the postings of a share of the terms; shares keep the memory needed bounded."""

    def __init__(self, share: int = 0, shares: int = 1) -> None:
        self.share, self.shares = share, shares
        self.numbers: dict[str, int] = {}
        self.terms = array("I")
        self.ordinals = array("I")
        self.frequencies = bytearray()

    def add(self, ordinal: int, content: bytes) -> None:
        """Take in one document."""
        spelt, frequencies = sections(content)[:2]
        terms = lines(spelt)
        if self.shares > 1:
            kept = [
                at
                for at, term in enumerate(terms)
                if crc32(term.encode()) % self.shares == self.share
            ]
            terms = [terms[at] for at in kept]
            frequencies = bytes(frequencies[at] for at in kept)
        numbers = self.numbers
        self.terms.extend([numbers.setdefault(term, len(numbers)) for term in terms])
        self.ordinals.extend([ordinal] * len(terms))
        self.frequencies += frequencies

    def rows(self) -> Iterator[Row]:
        """Yield what is to be written; documents must have come in the order of their ordinals."""
        numbers = np.frombuffer(self.terms, dtype=np.uint32)
        order = np.argsort(numbers, kind="stable")
        ordinals = np.frombuffer(self.ordinals, dtype=np.uint32)[order]
        frequencies = np.frombuffer(self.frequencies, dtype=np.uint8)[order]
        ends = np.cumsum(np.bincount(numbers, minlength=len(self.numbers))).tolist()
        start = 0
        for term, end in zip(self.numbers, ends, strict=True):
            posting = Posting(ordinals[start:end], frequencies[start:end])
            yield Row(term, end - start, pack_posting(posting))
            start = end


class TablesBuilder:
    """Collect everything about the documents that is not a posting."""

    def __init__(self, size: int) -> None:
        self.keys = np.full(size, -1, dtype=np.int64)
        self.lengths = np.zeros(size, dtype=np.uint32)
        self.facets: dict[str, array[int]] = {}
        self.numbers: dict[str, NDArray[np.float64]] = {}
        self.words: dict[str, int] = {}
        self.names: dict[str, array[int]] = {}

    def add(self, ordinal: int, key: int, length: int, content: Content) -> None:
        """Take in one document."""
        self.keys[ordinal] = key
        self.lengths[ordinal] = length
        for value in content.facets:
            self.facets.setdefault(value, array("I")).append(ordinal)
        for name, number in content.numbers.items():
            if name not in self.numbers:
                self.numbers[name] = np.full(len(self.keys), np.nan)
            self.numbers[name][ordinal] = number
        words = self.words
        for word in content.words:
            words[word] = words.get(word, 0) + 1
        for name in content.names:
            self.names.setdefault(name, array("I")).append(ordinal)

    def rows(self) -> Iterator[Row]:
        """Yield what is to be written."""
        meta = {"size": len(self.keys)}
        vocabulary = sorted((word.encode(), n) for word, n in self.words.items() if is_plain(word))
        names = NameIndex.of(self.names)
        tables = {
            META: [json.dumps(meta).encode()],
            KEYS: [self.keys.tobytes()],
            LENGTHS: [self.lengths.tobytes()],
            FACETS: [
                "\n".join(self.facets).encode(),
                *(BitMap(found).serialize() for found in self.facets.values()),
            ],
            NUMBERS: [
                "\n".join(self.numbers).encode(),
                *(packed_numbers(values) for values in self.numbers.values()),
            ],
            WORDS: [
                b"\n".join(word for word, _ in vocabulary),
                np.array([times for _, times in vocabulary], dtype=np.uint32).tobytes(),
            ],
            NAMES: [
                b"\n".join(names.words.tolist()),
                names.ends.astype(np.uint32).tobytes(),
                names.ordinals.tobytes(),
            ],
        }
        for name, parts in tables.items():
            yield Row(name, 0, pack(parts))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Words of names in order; those of word n end at ``ends[n]`` in ``ordinals``."""

    words: NDArray[np.bytes_]
    ends: NDArray[np.int64]
    ordinals: Ordinals

    @classmethod
    def of(cls, names: dict[str, "array[int]"]) -> Self:
        """Make an index from each word's ordinals."""
        short = sorted(
            (spelt, found)
            for spelt, found in ((word.encode(), found) for word, found in names.items())
            if len(spelt) <= LONGEST
        )
        return cls(
            np.array([word for word, _ in short], dtype=f"S{LONGEST}"),
            np.cumsum([len(found) for _, found in short], dtype=np.int64),
            np.concatenate(
                [np.zeros(0, np.uint32), *(np.frombuffer(found, np.uint32) for _, found in short)]
            ),
        )

    @classmethod
    def of_documents(cls, documents: Iterable[tuple[int, Iterable[str]]]) -> Self:
        """Make an index from each document's names' words."""
        names: dict[str, array[int]] = {}
        for ordinal, words in documents:
            for word in words:
                names.setdefault(word, array("I")).append(ordinal)
        return cls.of(names)

    def starting(self, prefix: str) -> Ordinals:
        """Return the documents with a name of which a word begins so; some more than once."""
        spelt = prefix.encode()[: LONGEST - 1]
        after = spelt + b"\xff" * (LONGEST - len(spelt))
        low, high = np.searchsorted(self.words, np.array([spelt, after], dtype=f"S{LONGEST}"))
        if low == high:
            return NOTHING.ordinals
        start = self.ends[low - 1] if low else 0
        return self.ordinals[start : self.ends[high - 1]]


def packed_numbers(values: NDArray[np.float64]) -> bytes:
    """Return a number of all documents as it is stored: eight bytes each, or the few there are.

    Of what few documents have there are the ordinals, then the values: always fewer bytes.
    """
    there = np.flatnonzero(~np.isnan(values))
    if len(there) * RARE > len(values):
        return values.tobytes()
    return there.astype(np.uint32).tobytes() + values[there].tobytes()


def few_numbers(part: bytes) -> dict[int, float]:
    """Return a number that few documents have, by ordinal."""
    split = len(part) // 12 * 4
    ordinals = np.frombuffer(part[:split], dtype=np.uint32)
    return dict(zip(ordinals.tolist(), np.frombuffer(part[split:]).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Segment:
    """A generation as a process holds it; postings are fetched when asked for.

    ``numbers`` are NaN where a document has none; ``rare`` are those that few documents have.
    """

    keys: NDArray[np.int64]
    lengths: NDArray[np.uint32]
    facets: dict[str, BitMap]
    numbers: dict[str, NDArray[np.float64]]
    rare: dict[str, dict[int, float]]
    vocabulary: Vocabulary
    names: NameIndex

    @classmethod
    def empty(cls) -> Self:
        """Return the generation of a collection that was never compacted."""
        return cls.opened({row.term: row.body for row in TablesBuilder(0).rows()})

    @classmethod
    def opened(cls, tables: dict[str, bytes]) -> Self:
        """Open packed tables."""
        facets, *bitmaps = unpack(tables[FACETS])
        numbers, *values = unpack(tables[NUMBERS])
        words, times = unpack(tables[WORDS])
        names, ends, ordinals = unpack(tables[NAMES])
        (keys,) = unpack(tables[KEYS])
        (lengths,) = unpack(tables[LENGTHS])
        by_name = dict(zip(lines(numbers), values, strict=True))
        full = len(keys)  # keys have eight bytes as well
        return cls(
            np.frombuffer(keys, dtype=np.int64),
            np.frombuffer(lengths, dtype=np.uint32),
            dict(zip(lines(facets), map(BitMap.deserialize, bitmaps), strict=True)),
            {name: np.frombuffer(part) for name, part in by_name.items() if len(part) == full},
            {name: few_numbers(part) for name, part in by_name.items() if len(part) != full},
            Vocabulary.in_order(
                np.array(words.split(b"\n") if words else [], dtype=f"S{LONGEST}"),
                np.frombuffer(times, dtype=np.uint32).astype(np.int64),
            ),
            NameIndex(
                np.array(names.split(b"\n") if names else [], dtype=f"S{LONGEST}"),
                np.frombuffer(ends, dtype=np.uint32).astype(np.int64),
                np.frombuffer(ordinals, dtype=np.uint32),
            ),
        )
