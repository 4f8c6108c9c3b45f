"""What a caller gives to the index, and the compact bytes it is kept as. Pure."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ifn.textsearch.analysis import Field, analyse_fields

#: The number under which an entry's quality is kept.
QUALITY = "quality"
SECTIONS = struct.Struct("<6I")
SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to be found: its text, the facets it counts in, the numbers it sorts by.

    ``quality`` (0 to 1) decides between documents whose text fits equally well.
    """

    key: int
    fields: tuple[Field, ...]
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    quality: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry after analysis: what is written; small enough to send between processes."""

    key: int
    length: int
    content: bytes


class Content(NamedTuple):
    """A document read back; ``facets`` are ``group:value``, ``frequencies`` as in Analysis."""

    terms: list[str]
    frequencies: NDArray[np.uint8]
    words: list[str]
    names: list[str]
    facets: list[str]
    numbers: dict[str, float]


def prepare(entry: Entry) -> Prepared:
    """Analyse an entry; pure, so that a caller with many can do it in worker processes.

    Raises:
        ValueError: A facet's or number's name or value holds a line break, or a group a colon.

    """
    text = analyse_fields(entry.fields)
    facets = [
        f"{group}:{value}" for group in entry.facets for value in dict.fromkeys(entry.facets[group])
    ]
    numbers = {**entry.numbers, QUALITY: min(1.0, max(0.0, entry.quality))}
    if any(SEPARATOR in name for name in (*facets, *numbers)):
        raise ValueError("Names of facets and numbers are single lines.")
    if any(":" in group for group in entry.facets):
        raise ValueError("The name of a facet group holds no colon.")
    parts = [
        SEPARATOR.join(part).encode()
        for part in (text.frequencies, text.words, text.names, facets, numbers)
    ]
    parts.insert(1, bytes(text.frequencies.values()))
    values = np.array(list(numbers.values()), dtype="<f8").tobytes()
    content = SECTIONS.pack(*map(len, parts)) + b"".join(parts) + values
    return Prepared(entry.key, text.length, content)


def sections(content: bytes) -> list[bytes]:
    """Cut content into terms, frequencies, words, names, facets, names and values of numbers."""
    found = []
    at = SECTIONS.size
    for size in SECTIONS.unpack_from(content):
        found.append(content[at : at + size])
        at += size
    found.append(content[at:])
    return found


def lines(section: bytes) -> list[str]:
    """Return a section's strings."""
    return section.decode().split(SEPARATOR) if section else []


def read(content: bytes) -> Content:
    """Read a document's content back."""
    terms, frequencies, words, names, facets, number_names, values = sections(content)
    return Content(
        lines(terms),
        np.frombuffer(frequencies, dtype=np.uint8),
        lines(words),
        lines(names),
        lines(facets),
        dict(zip(lines(number_names), np.frombuffer(values, dtype="<f8").tolist(), strict=True)),
    )


EMPTY = SECTIONS.pack(0, 0, 0, 0, 0, 0)
