"""The address is the filter: from query parameters to what is asked, and back. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from ifn.directory import clean
from ifn.directory.listings import VOCABULARY_OF
from ifn.directory.search.understanding import region_named
from ifn.directory.verified import WORDS
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: Facet groups and the names they have in the address.
PARAMETERS: Final = {
    "kind": "jenis",
    "link": "rantai",
    "role": "peran",
    "product": "produk",
    "material": "bahan",
    "process": "proses",
    "construction": "konstruksi",
    "machine": "mesin",
    "certificate": "sertifikat",
    "province": "provinsi",
    "regency": "wilayah",
    "job_order": "maklon",
    "picture": "foto",
    "fresh": "segar",
    "verified": "terverifikasi",
}
#: Groups with a single value, shown as one box to tick.
SWITCHES: Final = ("job_order", "picture")
KINDS: Final = {"business": "usaha", "organisation": "lembaga"}
#: The links of the chain as the address names them.
LINK_WORDS: Final = {
    "materials": "bahan",
    "components": "komponen",
    "services": "mesin-jasa",
    "production": "produksi",
    "brands": "merek-desain",
    "sales": "jual-ekspor",
    "institutions": "lembaga",
}
#: How long ago profiles may have been confirmed; without one, those of the usual list are shown.
FRESHNESS: Final = {"year": "tahun-ini", "all": "semua"}
#: Groups whose values are fixed, each with its words in addresses.
FIXED: Final = {"kind": KINDS, "link": LINK_WORDS, "fresh": FRESHNESS, "verified": WORDS}
SORTS: Final = {
    "relevance": "cocok",
    "fresh": "terbaru",
    "distance": "jarak",
    "capacity": "kapasitas",
}
VIEWS: Final = {"list": "daftar", "map": "peta", "table": "tabel"}
#: More characters than any sensible question; what follows is not read, and the page says so.
LONGEST_TEXT: Final = 300
#: More values in one address are a mistake or an attack.
MOST_VALUES: Final = 60
#: So many remarks about one address are read.
MOST_NOTES: Final = 5
PAGE_SIZE: Final = 24


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor asks of the directory.

    ``chosen`` holds facet values by group; ``capacity`` is the least, ``minimum`` the most pairs;
    ``near`` a region code to measure distances from; ``exact`` switches spelling correction off;
    ``unfolded`` names the group whose values are all shown, which is no part of the question.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    capacity: int | None = None
    minimum: int | None = None
    near: str = ""
    sort: str = "relevance"
    view: str = "list"
    page: int = 1
    exact: bool = False
    unfolded: str = ""

    @property
    def count(self) -> int:
        """How many filters are set beside the words, as pills show them."""
        values = sum(len(values) for values in self.chosen.values())
        return values + bool(self.capacity) + bool(self.minimum) + bool(self.near)

    @property
    def is_empty(self) -> bool:
        """Say whether everything is asked for."""
        return not (self.text or self.chosen or self.capacity or self.minimum)

    def parameters(self) -> list[tuple[str, str]]:
        """Return the address's parameters in one order, without what is default."""
        pairs = [("q", self.text)]
        for group, name in PARAMETERS.items():
            pairs += [(name, written(group, value)) for value in self.chosen.get(group, ())]
        pairs += [
            ("kapasitas", str(self.capacity or "")),
            ("minimum", str(self.minimum or "")),
            ("dekat", self.near),
            ("urut", SORTS[self.sort] if self.sort != "relevance" else ""),
            ("persis", "1" if self.exact else ""),
            ("tampilan", VIEWS[self.view] if self.view != "list" else ""),
            ("hal", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in pairs if value]

    def query(self, **changes: object) -> str:
        """Return the query string of these filters with changes; any change starts at page 1."""
        if changes and "page" not in changes:
            changes["page"] = 1
        changed = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        pairs = changed.parameters()
        return f"?{urlencode(pairs)}" if pairs else "?"

    def without(self, group: str, value: str) -> dict[str, tuple[str, ...]]:
        """Return the chosen facets without one value."""
        rest = {
            name: tuple(v for v in values if (name, v) != (group, value))
            for name, values in self.chosen.items()
        }
        return {name: values for name, values in rest.items() if values}


def written(group: str, value: str) -> str:
    """Return a facet value as it stands in the address."""
    if group in SWITCHES:
        return "1"
    fixed = FIXED.get(group, {})
    return fixed.get(value) or value.lower().replace("_", "-")


@dataclass(slots=True)
class _Reading:
    """What is being read from one address, with the words for what could not be."""

    data: QueryDict
    lexicon: Lexicon
    regions: Regions
    notes: list[str] = field(default_factory=list)

    def known_values(self, group: str) -> Iterable[str]:
        if group in VOCABULARY_OF:
            return (word.code for word in self.lexicon.of(VOCABULARY_OF[group]))
        if group == "province":
            return (place.code for place in self.regions.provinces)
        if group == "regency":
            return (code for code in self.regions.by_code if len(code) > 2)  # noqa: PLR2004
        return FIXED.get(group) or ("yes",)

    def values(self, group: str) -> tuple[str, ...]:
        given = [value for value in self.data.getlist(PARAMETERS[group])[:MOST_VALUES] if value]
        if not given:
            return ()
        known = {written(group, value): value for value in self.known_values(group)}
        found = [known[value.lower()] for value in given if value.lower() in known]
        for value in given:
            if value.lower() not in known:
                self.note_unknown(value)
        return tuple(dict.fromkeys(found))

    def note_unknown(self, value: str) -> None:
        self.notes.append(
            _("The filter “%(value)s” is not known and was left out.")
            % {"value": clean.plain_line(value)[:40]}
        )

    def pairs(self, name: str) -> int | None:
        given = self.data.get(name, "").strip()
        if not given:
            return None
        try:
            number = clean.whole_number(given)
        except clean.Refused as refused:
            self.notes.append(str(refused))
            return None
        return number or None

    def choice(self, name: str, choices: Mapping[str, str], default: str) -> str:
        given = self.data.get(name, "").strip().lower()
        if not given:
            return default
        found = next((key for key, word in choices.items() if word == given), None)
        if found is None:
            self.note_unknown(given)
        return found or default

    def place(self, name: str) -> str:
        """Return the code of a place given by its code or by its name."""
        given = clean.plain_line(self.data.get(name, ""))[:80]
        if not given:
            return ""
        found = given if self.regions.get(given) else region_named(given, self.regions)
        if not found:
            self.notes.append(
                _("No regency, city or province is called “%(place)s”.") % {"place": given[:40]}
            )
        return found

    def page(self) -> int:
        given = self.data.get("hal", "").strip()
        if not given:
            return 1
        if given.isascii() and given.isdigit() and 0 < len(given) < 19 and int(given) > 0:  # noqa: PLR2004  # fits 64 bits
            return int(given)
        self.notes.append(
            _("There is no page “%(page)s”; this is the first.") % {"page": given[:20]}
        )
        return 1

    def text(self) -> str:
        given = clean.plain_line(self.data.get("q", "")[: 4 * LONGEST_TEXT])
        if clean.DAMAGED in given:
            self.notes.append(_("Some letters could not be read and were left out."))
            given = " ".join(given.replace(clean.DAMAGED, " ").split())
        if len(given) > LONGEST_TEXT or len(self.data.get("q", "")) > 4 * LONGEST_TEXT:
            self.notes.append(
                _("Only the first %(count)d characters were searched for.")
                % {"count": LONGEST_TEXT}
            )
        return given[:LONGEST_TEXT].strip()


def read_filters(data: QueryDict, lexicon: Lexicon, regions: Regions) -> tuple[Filters, list[str]]:
    """Read an address; what cannot be used is left out and named in the notes."""
    reading = _Reading(data, lexicon, regions)
    chosen = {group: values for group in PARAMETERS if (values := reading.values(group))}
    near = reading.place("dekat")
    sort = reading.choice("urut", SORTS, "relevance")
    if sort == "distance" and not near:
        near = _only_place(chosen)
        if not near:
            reading.notes.append(_("Choose a place to sort by distance from it."))
            sort = "relevance"
    elif near and sort == "relevance":  # whoever names a place wants what is near first
        sort = "distance"
    filters = Filters(
        text=reading.text(),
        chosen=chosen,
        capacity=reading.pairs("kapasitas"),
        minimum=reading.pairs("minimum"),
        near=near,
        sort=sort,
        view=reading.choice("tampilan", VIEWS, "list"),
        page=reading.page(),
        exact=bool(data.get("persis")),
        unfolded=next(
            (group for group, name in PARAMETERS.items() if name == data.get("semua")), ""
        ),
    )
    reading.notes += _contradictions(filters, regions)
    return filters, list(dict.fromkeys(reading.notes))[:MOST_NOTES]


def _only_place(chosen: Mapping[str, tuple[str, ...]]) -> str:
    """Return the one place that was chosen, which distances are then measured from."""
    for group in ("regency", "province"):
        if len(chosen.get(group, ())) == 1:
            return chosen[group][0]
    return ""


def _contradictions(filters: Filters, regions: Regions) -> list[str]:
    provinces = filters.chosen.get("province", ())
    return [
        _("%(regency)s does not lie in the province you chose.")
        % {"regency": regions.full_name(code)}
        for code in filters.chosen.get("regency", ())
        if provinces and code[:2] not in provinces
    ]
