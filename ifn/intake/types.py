"""What a list's type columns say about a firm: stated by a mapping, or read by its words; pure.

A stated mapping gives for each column the meaning of each of its values::

    {"Factory Type": {"MATERIALS": ["role:UP"], "FINISHED GOODS": ["role:PR_FACTORY"]},
     "Product Type": {"Footwear": ["product:SHOE"], "Apparel": "skip"}}

Values are compared without case and punctuation. An empty list means: known, and says nothing.
``"skip"`` leaves such rows out, because they are no part of the footwear chain.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ifn.linkage.normalise import plain

Key = tuple[str, str]
DEFAULTS = Path(__file__).parent / "data" / "types.json"
SKIP = "skip"
VOCABULARIES = {
    "role": "value_chain_role",
    "product": "product_type",
    "material": "material",
    "process": "process",
    "construction": "construction",
    "machine": "machine",
}
#: Links of the chain that make or sell shoes; others do not get "shoes" as their product.
MAKES_OR_SELLS = ("PR", "DN")


class MappingWrong(Exception):  # noqa: N818
    """A stated mapping cannot be used; ``where`` says which part."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one cell says: terms, or that the firm is no part of the chain."""

    terms: tuple[Key, ...] = ()
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the type columns of a row say together; ``unknown`` are the cells nobody explained."""

    terms: tuple[Key, ...] = ()
    skip: bool = False
    unknown: tuple[str, ...] = ()


Stated = Mapping[str, Mapping[str, Meaning]]


def stated_from(content: Any, known: Iterable[Key]) -> dict[str, dict[str, Meaning]]:
    """Check a stated mapping as read from JSON, and return it with plain column and value names.

    Raises:
        MappingWrong: It is not of the form above, or names a term that is in no vocabulary.

    """
    terms = set(known)
    if not isinstance(content, dict) or not content:
        raise MappingWrong("{}")
    stated: dict[str, dict[str, Meaning]] = {}
    for column, values in content.items():
        if not isinstance(values, dict):
            raise MappingWrong(column)
        stated[plain(column)] = {
            plain(value): _meaning(codes, f"{column}: {value}", terms)
            for value, codes in values.items()
        }
    return stated


def _meaning(codes: Any, where: str, known: set[Key]) -> Meaning:
    if codes == SKIP:
        return Meaning(skip=True)
    codes = [codes] if isinstance(codes, str) else codes
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise MappingWrong(where)
    found = tuple(key_of(code) for code in codes)
    for key in found:
        if key not in known:
            raise MappingWrong(f"{where}: {key[1]}")
    return Meaning(found)


def key_of(written: str) -> Key:
    """Return the term a mapping names: "product:SHOE", or a role without its vocabulary."""
    vocabulary, _colon, code = written.rpartition(":")
    vocabulary = vocabulary.strip() or "role"
    return VOCABULARIES.get(vocabulary, vocabulary), code.strip()


def read_stated(cells: Sequence[tuple[str, str]], stated: Stated) -> Reading:
    """Read the (column, value) pairs of a row by a stated mapping; other columns say nothing."""
    terms: dict[Key, None] = {}
    unknown = []
    skip = False
    for column, value in cells:
        meanings = stated.get(plain(column))
        if meanings is None or not plain(value):
            continue
        meaning = meanings.get(plain(value))
        if meaning is None:
            unknown.append(value)
        else:
            skip = skip or meaning.skip
            terms |= dict.fromkeys(meaning.terms)
    return Reading(_fitting(terms), skip, tuple(unknown))


def read_words(cells: Sequence[tuple[str, str]], phrases: Mapping[str, Sequence[Key]]) -> Reading:
    """Read the type columns of a row by their words.

    ``phrases`` are the names and synonyms of the vocabularies: a cell that is exactly one of them
    means that role or product.
    """
    terms: dict[Key, None] = {}
    unknown, other = [], False
    for _column, value in cells:
        text = plain(value)
        found = _by_words(text, phrases)
        if found is None:
            other = True
        elif found:
            terms |= dict.fromkeys(found)
        elif text:
            unknown.append(value)
    names_product = any(vocabulary == "product_type" for vocabulary, _code in terms)
    return Reading(_fitting(terms), other and not names_product, tuple(unknown))


def _by_words(text: str, phrases: Mapping[str, Sequence[Key]]) -> list[Key] | None:
    """Return what one cell names; nothing at all (None) when it names another trade."""
    found = [*_first(text, "meanings"), *_first(text, "products")]
    if found:
        return found
    named = phrases.get(text, ())
    products = [key for key in named if key[0] == "product_type"]
    if products:
        return products
    if any(_says(text, word) for word in _defaults()["not_footwear"]):
        return None
    return [key for key in named if key[0] == "value_chain_role"]


def _fitting(terms: Iterable[Key]) -> tuple[Key, ...]:
    """Drop products from firms that only supply: who makes soles does not make the shoe."""
    terms = tuple(terms)
    roles = [code for vocabulary, code in terms if vocabulary == "value_chain_role"]
    if not roles or any(role.startswith(MAKES_OR_SELLS) for role in roles):
        return terms
    return tuple(key for key in terms if key[0] != "product_type")


@cache
def _defaults() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(DEFAULTS.read_text(encoding="utf-8"))
    return content


def _first(text: str, table: str) -> list[Key]:
    for group in _defaults()[table]:
        if any(_says(text, word) for word in group["words"]):
            return [key_of(code) for code in group["terms"]]
    return []


def _says(text: str, word: str) -> bool:
    return f" {word} " in f" {text} "
