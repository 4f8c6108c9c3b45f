"""The facets of a page of results: what can be chosen and what each would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy

from ifn.directory.listings import LINKS, VOCABULARY_OF
from ifn.directory.models import Verification
from ifn.directory.quantities import grouped
from ifn.directory.search.filters import Filters
from ifn.directory.search.finding import Found
from ifn.directory.verified import TOPICS
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: So many values of a group are shown at once; the others are one tap away.
FIRST: Final = 7

TITLES: Final = {
    "kind": gettext_lazy("Kind"),
    "link": gettext_lazy("Link of the chain"),
    "role": gettext_lazy("Role"),
    "product": gettext_lazy("Product"),
    "material": gettext_lazy("Material"),
    "process": gettext_lazy("Process"),
    "construction": gettext_lazy("Construction"),
    "certificate": gettext_lazy("Certificate"),
    "province": gettext_lazy("Province"),
    "regency": gettext_lazy("Regency or city"),
    "job_order": gettext_lazy("Job orders (maklon)"),
    "picture": gettext_lazy("Pictures"),
    "fresh": gettext_lazy("Last confirmed"),
    "verified": gettext_lazy("Verified by the network"),
}
#: Values that are in no vocabulary.
LABELS: Final = {
    "materials": gettext_lazy("Materials"),
    "components": gettext_lazy("Components"),
    "services": gettext_lazy("Machines and services"),
    "production": gettext_lazy("Production"),
    "brands": gettext_lazy("Brands and design"),
    "sales": gettext_lazy("Sales and export"),
    "institutions": gettext_lazy("Institutions"),
    "business": gettext_lazy("Businesses"),
    "organisation": gettext_lazy("Partner organisations"),
    "job_order": gettext_lazy("Takes job orders"),
    "picture": gettext_lazy("Has pictures"),
    "year": gettext_lazy("Within the last 12 months"),
    "all": gettext_lazy("Also long ago or never"),
    **{topic.value: topic.label for topic in Verification.Topic},
}
#: Groups in the order of the page; those after the first four start closed.
ORDER: Final = (
    "link",
    "role",
    "product",
    "province",
    "regency",
    "job_order",
    "picture",
    "verified",
    "fresh",
    "material",
    "construction",
    "process",
    "certificate",
    "kind",
)
OPEN: Final = frozenset({"link", "product", "province"})


@dataclass(frozen=True, slots=True)
class Facet:
    """A group and the values of it that are shown; ``total`` says how many there are."""

    group: str
    shown: list[str]
    total: int
    counts: Mapping[str, int]
    chosen: tuple[str, ...]
    is_open: bool


def label_of(group: str, value: str, lexicon: Lexicon, regions: Regions) -> str:
    """Return a facet value in the reader's words."""
    if group in VOCABULARY_OF:
        word = lexicon.get(VOCABULARY_OF[group], value)
        return word.name if word else value
    if group in {"province", "regency"}:
        place = regions.get(value)
        return place.short_name if place else value
    return str(LABELS.get(group if value == "yes" else value, value))


def facets(filters: Filters, found: Found) -> list[Facet]:
    """Return the facets worth showing, each value with the count it would leave."""
    made = [_facet(group, filters, found) for group in ORDER]
    return [facet for facet in made if facet.shown]


def _facet(group: str, filters: Filters, found: Found) -> Facet:
    chosen = filters.chosen.get(group, ())
    counts = _freshness(found) if group == "fresh" else found.counts.get(group, {})
    # Counts come most frequent first; what is chosen and has none comes last.
    values = [*counts, *(value for value in chosen if value not in counts)]
    if group == "link":
        values = [link for link in LINKS if link in values]
    elif group == "verified":
        values = [topic for topic in TOPICS if topic in values]
    elif group == "role":
        values = [code for code in values if "_" in code or code in chosen]
    elif group == "regency":
        values = _near(values, filters)
    is_whole = filters.unfolded == group
    shown = values if is_whole else values[:FIRST]
    shown = [*shown, *(value for value in chosen if value in values and value not in shown)]
    is_open = group in OPEN or bool(chosen) or is_whole
    return Facet(group, shown, len(values), counts, chosen, is_open)


def _freshness(found: Found) -> dict[str, int]:
    """Return what the two choices would leave; one that changes nothing is not offered."""
    counts = found.counts.get("fresh", {})
    usual, dormant, year = (counts.get(name, 0) for name in ("usual", "dormant", "year"))
    offered = {"year": year, "all": usual + dormant if dormant else 0}
    return {name: count for name, count in offered.items() if count}


def _near(values: list[str], filters: Filters) -> list[str]:
    """Keep the regencies of the chosen provinces; without a province, those with most profiles."""
    provinces = filters.chosen.get("province", ())
    chosen = filters.chosen.get("regency", ())
    if not provinces:
        return [
            *values[: 2 * FIRST],
            *(value for value in chosen if value not in values[: 2 * FIRST]),
        ]
    return [value for value in values if value[:2] in provinces or value in chosen]


def count_text(count: int) -> str:
    """Return a count with thousands set apart."""
    return str(count) if count < 1000 else grouped(count)  # noqa: PLR2004
