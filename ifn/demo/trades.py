"""The demo network's reference data: trades, places and how terms are said in a sentence."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
#: Files with the businesses, from upstream to downstream.
FILES = (
    "materials",
    "components",
    "services",
    "production_formal",
    "production_casual",
    "market",
    "organisations",
)
VOCABULARIES = {
    "r": "value_chain_role",
    "p": "product_type",
    "m": "material",
    "x": "process",
    "c": "construction",
    "q": "machine",
}


def table(name: str) -> dict[str, Any]:
    """Return a data file of the demo network."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: region code, locality, town, a point, postcode."""

    code: str
    locality: str
    town: str
    latitude: float
    longitude: float
    postcode: str


@dataclass(frozen=True, slots=True)
class Trade:
    """What goes together in one trade; terms are written as ``q:WELTM:1-2``."""

    key: str
    roles: tuple[str, ...]
    has: tuple[str, ...]
    sometimes: tuple[tuple[str, ...], ...]
    minimum: tuple[int, ...]
    capacity: tuple[int, ...]
    lead: tuple[int, ...]
    sizes: tuple[tuple[int, int], ...]
    workers: tuple[int, int]
    samples: tuple[str, ...]
    sole: tuple[str, ...]
    job: str
    certificates: tuple[str, ...]
    certain: bool
    pictures: tuple[str, ...]

    @property
    def is_organisation(self) -> bool:
        """Say whether it serves the trade instead of being in it."""
        return self.key == "organisation"


@cache
def trades() -> dict[str, Trade]:
    """Return every trade by its key."""
    return {key: _trade(key, row) for key, row in table("trades").items()}


def _trade(key: str, row: dict[str, Any]) -> Trade:
    words = {
        name: tuple(row.get(name, "").split())
        for name in ("roles", "has", "samples", "sole", "certificates", "pictures")
    }
    return Trade(
        key=key,
        sometimes=tuple(tuple(bundle.split()) for bundle in row.get("sometimes", ())),
        minimum=tuple(row.get("minimum", ())),
        capacity=tuple(row.get("capacity", ())),
        lead=tuple(row.get("lead", ())),
        sizes=tuple((start, end) for start, end in row.get("sizes", ())),
        workers=(row["workers"][0], row["workers"][1]),
        job=row.get("job", ""),
        certain=row.get("certain", False),
        **words,
    )


@cache
def places() -> dict[str, Place]:
    """Return every place by its key."""
    return {key: Place(*row) for key, row in table("places").items()}


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return table("words")


def said(kind: str, code: str) -> tuple[str, str] | None:
    """Return how a term is said in Indonesian and English, or nothing where it is left unsaid."""
    pair = _words()[kind].get(code)
    return (pair[0], pair[1]) if pair else None
