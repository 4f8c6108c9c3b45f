"""Which businesses of the demo network answer which query, stated as rules over their facts.

Nothing here looks at what a search returns. Each query has up to three rules: ``best`` (grade 3:
exactly what was asked), ``good`` (2: answers most of it) and ``fair`` (1: a related role or a
neighbouring place that the visitor would still be glad to see). A business gets the highest grade
whose rule it meets, and 0 otherwise.

A rule is one or more conditions that all hold; ``or`` separates alternatives:

    role:CO_LAST place:35.76|35.16 or role:EQ_TOOL

``role``, ``product``, ``material``, ``process``, ``construction``, ``machine`` and ``certificate``
compare vocabulary codes (``UP_*`` means any that begin so); ``place`` compares the start of the
region code; ``name`` the slug; ``brand`` a brand in lower case; ``says`` a piece of what the
business writes about itself, in either language; ``exports`` a country or ``yes``; ``job``,
``kind`` and ``language`` single facts; ``minimum<=50`` and ``capacity>=5000`` the stated numbers.
A capacity that is not public cannot answer a query.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from ifn.demo.facts import DemoBusiness
from ifn.directory.profile import Profile

VOCABULARIES: Final = {
    "role": "value_chain_role",
    "product": "product_type",
    "material": "material",
    "process": "process",
    "construction": "construction",
    "machine": "machine",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A query as typed, its language and kind, and the rules of its grades."""

    id: str
    text: str
    language: str
    kind: str
    best: str
    good: str = ""
    fair: str = ""


def grade(query: Judged, business: DemoBusiness) -> int:
    """Return 3, 2, 1 or 0."""
    for points, rule in ((3, query.best), (2, query.good), (1, query.fair)):
        if rule and any(_holds(part, business) for part in rule.split(" or ")):
            return points
    return 0


def judgements(
    queries: list[Judged], businesses: list[DemoBusiness]
) -> Iterator[tuple[str, str, int]]:
    """Yield (query, slug, grade) for every grade above 0."""
    for query in queries:
        for business in businesses:
            points = grade(query, business)
            if points:
                yield query.id, business.slug, points


def _holds(conditions: str, business: DemoBusiness) -> bool:
    return all(_meets(condition, business) for condition in _conditions(conditions))


def _conditions(text: str) -> Iterator[str]:
    """Split at spaces; an underscore in ``says`` stands for a space."""
    return iter(text.split())


def _meets(condition: str, business: DemoBusiness) -> bool:
    profile = business.profile
    if "<=" in condition:
        bound = int(condition.partition("<=")[2])
        return profile.minimum_order is not None and profile.minimum_order <= bound
    if ">=" in condition:
        bound = int(condition.partition(">=")[2])
        is_public = profile.capacity_visibility == "public"
        return is_public and (profile.monthly_capacity or 0) >= bound
    name, _, wanted = condition.partition(":")
    return any(_has(name, value, business) for value in wanted.split("|"))


def _has(name: str, value: str, business: DemoBusiness) -> bool:
    profile = business.profile
    if name in VOCABULARIES:
        return any(
            fact.vocabulary == VOCABULARIES[name] and fnmatchcase(fact.code, value)
            for fact in profile.capabilities
        )
    known = {
        "certificate": [one.code for one in profile.certificates],
        "name": [business.slug],
        "brand": [brand.lower().replace(" ", "_") for brand in profile.brands],
        "kind": [profile.kind],
        "language": list(profile.languages),
        "job": ["yes"] if profile.takes_job_orders else [],
        "exports": ["yes"] * profile.exports + profile.export_countries.split(", "),
    }
    if name in known:
        return any(fnmatchcase(one, value) for one in known[name])
    if name == "place":
        return profile.region.startswith(value)
    if name == "says":
        return value.replace("_", " ") in _words(profile)
    raise ValueError(name)


def _words(profile: Profile) -> str:
    parts = (
        profile.summary_id,
        profile.summary_en,
        profile.story_id,
        profile.story_en,
        profile.services_id,
        profile.services_en,
    )
    return " ".join(parts).lower()
