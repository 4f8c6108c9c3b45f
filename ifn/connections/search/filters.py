"""From query parameters to what is asked of the opportunities, and back. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from ifn.connections.opportunities.particulars import VOCABULARY_OF
from ifn.directory import clean
from ifn.directory.search.filters import LONGEST_TEXT, MOST_NOTES, MOST_VALUES
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: Facet groups and the names they have in the address.
PARAMETERS: Final = {
    "direction": "arah",
    "kind": "jenis",
    "product": "produk",
    "material": "bahan",
    "process": "proses",
    "certificate": "sertifikat",
    "province": "provinsi",
    "deadline": "tenggat",
}
DIRECTIONS: Final = {"request": "permintaan", "offer": "penawaran"}
#: Days until the deadline, at least: who needs a month looks for those.
DEADLINES: Final = {"week": "7-hari", "month": "30-hari", "quarter": "90-hari", "none": "tanpa"}
DEADLINE_DAYS: Final = {"week": 7, "month": 30, "quarter": 90}
FIXED: Final = {"direction": DIRECTIONS, "deadline": DEADLINES}
SORTS: Final = {"relevance": "cocok", "newest": "terbaru", "deadline": "tenggat"}
PAGE_SIZE: Final = 24
_LONGEST_PAGE: Final = 9


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor asks of the opportunities; ``chosen`` holds facet values by group."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    @property
    def count(self) -> int:
        """How many filters are set beside the words, as pills show them."""
        return sum(map(len, self.chosen.values()))

    @property
    def is_empty(self) -> bool:
        """Say whether everything is asked for."""
        return not (self.text or self.chosen)

    def query(self, **changes: object) -> str:
        """Return the query string with changes; any change starts at page 1."""
        if changes and "page" not in changes:
            changes["page"] = 1
        wanted = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        pairs = list(wanted.parameters())
        return f"?{urlencode(pairs)}" if pairs else "?"

    def parameters(self) -> Iterator[tuple[str, str]]:
        """Yield the address's parameters in one order, without what is default."""
        if self.text:
            yield "q", self.text
        for group, name in PARAMETERS.items():
            for value in self.chosen.get(group, ()):
                yield name, written(group, value)
        if self.sort != "relevance":
            yield "urut", SORTS[self.sort]
        if self.page > 1:
            yield "hal", str(self.page)

    def without(self, group: str, value: str = "") -> dict[str, tuple[str, ...]]:
        """Return the chosen facets without one value, or without a whole group."""
        rest = {
            name: tuple(one for one in values if name != group or (value and one != value))
            for name, values in self.chosen.items()
        }
        return {name: values for name, values in rest.items() if values}


def written(group: str, value: str) -> str:
    """Return a facet value as it stands in the address."""
    return FIXED.get(group, {}).get(value) or value.lower().replace("_", "-")


def read_filters(data: QueryDict, words: Lexicon, regions: Regions) -> tuple[Filters, list[str]]:
    """Read an address; what cannot be used is left out and named in the notes."""
    notes: list[str] = []
    chosen = {}
    for group in PARAMETERS:
        if values := _values(group, data, _known(group, words, regions), notes):
            chosen[group] = values
    sorts = {word: key for key, word in SORTS.items()}
    asked_sort = data.get("urut", "").strip().lower()
    if asked_sort and asked_sort not in sorts:
        notes.append(_unknown(asked_sort))
    filters = Filters(
        text=_text(data.get("q", ""), notes),
        chosen=chosen,
        sort=sorts.get(asked_sort, "relevance"),
        page=_page(data.get("hal", "").strip(), notes),
    )
    return filters, list(dict.fromkeys(notes))[:MOST_NOTES]


def _known(group: str, words: Lexicon, regions: Regions) -> Iterable[str]:
    if group in FIXED:
        return FIXED[group]
    if group == "province":
        return (place.code for place in regions.provinces)
    vocabulary = "opportunity_type" if group == "kind" else VOCABULARY_OF[group]
    return (word.code for word in words.of(vocabulary))


def _values(
    group: str, data: QueryDict, known_values: Iterable[str], notes: list[str]
) -> tuple[str, ...]:
    given = [value.lower() for value in data.getlist(PARAMETERS[group])[:MOST_VALUES] if value]
    if not given:
        return ()
    known = {written(group, value): value for value in known_values}
    notes += [_unknown(value) for value in given if value not in known]
    return tuple(dict.fromkeys(known[value] for value in given if value in known))


def _unknown(value: str) -> str:
    return _("The filter “%(value)s” is not known and was left out.") % {
        "value": clean.plain_line(value)[:40]
    }


def _text(given: str, notes: list[str]) -> str:
    text = " ".join(clean.plain_line(given[: 4 * LONGEST_TEXT]).replace(clean.DAMAGED, " ").split())
    if len(text) > LONGEST_TEXT:
        notes.append(
            _("Only the first %(count)d characters were searched for.") % {"count": LONGEST_TEXT}
        )
    return text[:LONGEST_TEXT].strip()


def _page(given: str, notes: list[str]) -> int:
    if not given:
        return 1
    if given.isascii() and given.isdigit() and len(given) <= _LONGEST_PAGE and int(given) > 0:
        return int(given)
    notes.append(_("There is no page “%(page)s”; this is the first.") % {"page": given[:20]})
    return 1
