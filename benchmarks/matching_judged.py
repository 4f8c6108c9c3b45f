"""The judged needs, the demo network as firms, and two simple floors to stand beside ours."""

import json
import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from benchmarks.search_quality import ndcg
from ifn.connections.matching.facts import GROUPS, Firm, Ground, Need, Quantity, Reach
from ifn.connections.matching.reading import VOCABULARIES, climbed, firm_of
from ifn.connections.matching.texts import Rarity, terms
from ifn.demo.facts import DemoBusiness

TODAY: Final = date(2026, 1, 15)
HERE: Final = Path(__file__).parent
WORDS: Final = HERE.parent / "ifn" / "vocabulary" / "data" / "vocabulary.json"
FIRST: Final = 5
#: From this grade on a firm is right.
RIGHT: Final = 2
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Judged:
    """A need and the firms that would serve it, with grades."""

    need: Need
    grades: Mapping[str, int]
    is_held_out: bool


def judged() -> list[Judged]:
    """Return the judged needs; those with an even number are held out."""
    with (HERE / "judged" / "matching" / "needs.toml").open("rb") as file:
        rows = tomllib.load(file)["need"]
    return [
        Judged(_need(number, row), _grades(row["grades"]), number % 2 == 0)
        for number, row in enumerate(rows, start=1)
    ]


def _need(number: int, row: dict[str, Any]) -> Need:
    near = row.get("near")
    amount = row.get("quantity")
    reach = Reach(region=row.get("region", ""))
    if near:
        reach = Reach(point=(near[0], near[1]), km=near[2])
    names = ("roles", *GROUPS, "certificates", "languages")
    return Need(
        key=f"need {number}",
        kind=row.get("kind", "CAPACITY_REQ"),
        quantity=Quantity(amount[0], amount[1], row.get("monthly", False)) if amount else None,
        deadline_days=row.get("days"),
        reach=reach,
        place=tuple(row["place"]) if "place" in row else None,
        is_job_order=row.get("job", False),
        is_export=row.get("export", False),
        text=row["text"],
        **{name: frozenset(row.get(name, "").split()) for name in names},
    )


def _grades(text: str) -> dict[str, int]:
    pairs = (one.split("=") for one in text.split())
    return {slug: int(grade) for slug, grade in pairs}


def firms(network: Iterable[DemoBusiness]) -> list[Firm]:
    """Return invented businesses as they are matched; nothing is verified or answered yet."""
    return [firm_of(one.slug, one.profile, confirmed_on=one.confirmed_on) for one in network]


def ground(known: Iterable[Firm]) -> Ground:
    """Return what is needed to compare: the day, the vocabulary's tree, how rare words are."""
    taxonomies = json.loads(WORDS.read_text(encoding="utf-8"))["taxonomies"]
    ancestors = {
        group: climbed({node["code"]: node.get("parent") for node in taxonomies[name]["nodes"]})
        for group, name in VOCABULARIES.items()
    }
    return Ground(TODAY, ancestors, Rarity.learned(one for firm in known for one in firm.pieces))


def by_overlap(need: Need, known: Iterable[Firm], on: Ground) -> list[str]:
    """Return firms by how many of the asked terms they have, or a term below; the first floor."""
    asked = [("roles", one) for one in need.sought]
    asked += [(group, one) for group, several in need.asked().items() for one in several]

    def count(firm: Firm) -> int:
        return sum(
            any(one == has or one in on.above(group, has) for has in getattr(firm, group))
            for group, one in asked
        )

    counted = [(-count(firm), str(firm.key)) for firm in known]
    return [key for count, key in sorted(counted) if count][:FIRST]


class ByWords:
    """Firms by BM25 of their texts alone; the second floor."""

    def __init__(self, known: Iterable[Firm]) -> None:
        """Count the words of every firm."""
        self.words = {
            str(firm.key): Counter(word for one in firm.pieces for word in terms(one))
            for firm in known
        }
        self.seen = Counter(word for words in self.words.values() for word in words)
        self.mean = sum(map(Counter.total, self.words.values())) / len(self.words)

    def first(self, need: Need) -> list[str]:
        """Return the first five firms."""
        scored = [(-self._score(terms(need.text), words), key) for key, words in self.words.items()]
        return [key for score, key in sorted(scored) if score][:FIRST]

    def _score(self, asked: Iterable[str], words: Counter[str]) -> float:
        norm = SATURATION * (1 - LENGTH + LENGTH * words.total() / self.mean)
        return math.fsum(
            math.log(1 + (len(self.words) - self.seen[word] + 0.5) / (self.seen[word] + 0.5))
            * words[word]
            * (SATURATION + 1)
            / (words[word] + norm)
            for word in asked
            if words[word]
        )


def _right(grades: Mapping[str, int]) -> set[str]:
    return {slug for slug, grade in grades.items() if grade >= RIGHT}


def precision(found: list[str], grades: Mapping[str, int]) -> float:
    """Return precision@5: right ones among the first five, of five; few needs have five."""
    return len(_right(grades) & set(found[:FIRST])) / FIRST


def possible(found: list[str], grades: Mapping[str, int]) -> float:
    """Return precision@5 as a share of the most that is possible.

    Where nobody can serve, only showing nobody is right.
    """
    right = _right(grades)
    if not right:
        return float(not found)
    return len(right & set(found[:FIRST])) / min(FIRST, len(right))


def clean(found: list[str], grades: Mapping[str, int]) -> float:
    """Return which share of those shown among the first five deserves to be seen at all."""
    shown = found[:FIRST]
    return sum(grades.get(slug, 0) > 0 for slug in shown) / len(shown) if shown else 1.0


def gain(found: list[str], grades: Mapping[str, int]) -> float:
    """Return nDCG@5; where nobody can serve, only showing nobody is right."""
    if not any(grades.values()):
        return float(not found)
    return ndcg(found[:FIRST], dict(grades))
