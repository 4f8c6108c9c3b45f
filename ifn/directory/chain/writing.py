"""The chain and its gaps in HTML: a picture, tables, a map. Quick, as pages of results are."""

from collections.abc import Iterable, Sequence
from math import ceil, sqrt
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.directory.chain.counting import CHAIN, Counts, links_by_role, roles_by_link
from ifn.directory.chain.gapping import Lack, Place
from ifn.directory.chain.gaps import Nearest
from ifn.directory.chain.reading import Asked
from ifn.directory.search.facets import LABELS, count_text
from ifn.directory.search.filters import LINK_WORDS, written
from ifn.regions.queries import Regions
from ifn.ui import fragments, icons
from ifn.ui.maps import Bubble, bubble_map
from ifn.vocabulary.queries import Lexicon, Word

ICONS: Final = {
    "materials": "hide",
    "components": "sole",
    "services": "gear",
    "production": "factory",
    "brands": "tag",
    "sales": "shop",
}
#: The radius of the largest and the smallest circle, in a drawing of 64.
LARGEST, SMALLEST = 31, 11
#: Rows of a table on the page; a file has them all.
SHOWN: Final = 40
_HERE: Final = "directory/fragments/"


class ChainWriter:
    """Writes what one page shows, for one question; what repeats is looked up once."""

    def __init__(self, asked: Asked, lexicon: Lexicon, regions: Regions) -> None:
        self.asked, self.lexicon, self.regions = asked, lexicon, regions
        self.directory, self.chain = reverse("directory:list"), reverse("directory:chain")
        self.links = {link: str(label) for link, label in LABELS.items() if link in CHAIN}
        self.link_of = links_by_role(lexicon)
        #: Addresses of the same question from another place, for another role, of a province.
        self.at_place = f"{self.chain}{_open(asked.query(place='', role=''))}tempat="
        self.of_role = f"{self.chain}{_open(asked.query(place='', role=''))}peran="
        self.in_province = f"{self.chain}{_open(asked.query(province=''))}provinsi="
        self.makers = f"{self.directory}?rantai=produksi&wilayah="

    def picture(self, counts: Counts) -> SafeString:
        """Return the links from upstream to downstream, their size, and every role with a count."""
        most = max((counts.links.get(link, 0) for link in CHAIN), default=0)
        words = roles_by_link(self.lexicon)
        return fragments.join(
            [
                fragments.fill(
                    f"{_HERE}chain_link.html",
                    href=self._directory(rantai=LINK_WORDS[link]),
                    drawing=_drawing(link, counts.links.get(link, 0), most),
                    count=count_text(counts.links.get(link, 0)),
                    title=self.links[link],
                    roles=fragments.join(
                        [self._role(word, counts.roles.get(word.code, 0)) for word in words[link]]
                    ),
                )
                for link in CHAIN
            ]
        )

    def by_place(self, counts: Counts) -> SafeString:
        """Return a row for each province, or regency of the one chosen, with a count per link."""
        places = self.regions.provinces
        if self.asked.province:
            places = self.regions.regencies(self.asked.province)
        return fragments.join(
            [
                fragments.fill(
                    f"{_HERE}chain_row.html",
                    name=place.short_name
                    if not place.is_province
                    else _anchor(self.in_province + place.code, place.short_name),
                    cells=self._cells(place.code, counts),
                )
                for place in places
            ]
        )

    def lacks(self, found: Sequence[Lack]) -> SafeString:
        """Return the rows of roles that are missing somewhere; each leads to where."""
        return _gap_rows(
            (
                self._role_anchor(lack.word),
                self.links[self.link_of[lack.word.code]],
                count_text(lack.places),
                count_text(lack.makers),
            )
            for lack in found[:SHOWN]
        )

    def missing(self, found: Iterable[tuple[Word, Nearest]]) -> SafeString:
        """Return the rows of roles missing near a place, with the nearest one that there is."""
        return fragments.fill_each(
            f"{_HERE}chain_missing.html",
            [
                {
                    "name": self._role_anchor(word),
                    "link": self.links[self.link_of[word.code]],
                    "nearest": self.nearest(word, nearest),
                    "km": kilometres(nearest),
                }
                for word, nearest in found
            ],
        )

    def lacking(self, found: Sequence[Place]) -> SafeString:
        """Return the rows of places where a role is missing."""
        word = self.lexicon.get("value_chain_role", self.asked.role)
        return _gap_rows(
            (
                _anchor(f"{self.at_place}{one.code}#gaps", self.regions.full_name(one.code)),
                self.nearest(word, one.nearest) if word else "",
                kilometres(one.nearest),
                self._makers(one),
            )
            for one in found[:SHOWN]
        )

    def map(self, found: Iterable[Place], title: str) -> SafeString:
        """Return a map of the places where a role is missing, larger where more makers are."""
        bubbles = [
            Bubble(
                place.short_name,
                place.latitude,
                place.longitude,
                one.makers,
                f"{self.at_place}{one.code}#gaps",
            )
            for one in found
            if (place := self.regions.get(one.code))
        ]
        return bubble_map(
            bubbles, title=title, unit=_("footwear makers"), name=_("Regency or city")
        )

    def nearest(self, word: Word, nearest: Nearest) -> SafeString | str:
        """Return the nearest place of a role as a link to who is there."""
        if nearest.km is None:
            return _("nobody in the directory")
        href = f"{self.directory}?peran={written('role', word.code)}&wilayah={nearest.code}"
        return _anchor(href, self.regions.full_name(nearest.code))

    def _role_anchor(self, word: Word) -> SafeString:
        return _anchor(f"{self.of_role}{written('role', word.code)}#gaps", word.name)

    def _role(self, word: Word, count: int) -> SafeString:
        if not count:
            return fragments.fill(f"{_HERE}chain_role_none.html", name=word.name)
        href = self._directory(peran=written("role", word.code))
        return fragments.fill(
            f"{_HERE}chain_role.html", href=href, name=word.name, count=count_text(count)
        )

    def _cells(self, code: str, counts: Counts) -> SafeString:
        here = counts.places.get(code, {})
        group = "wilayah" if self.asked.province else "provinsi"
        return fragments.fill_each(
            f"{_HERE}chain_cell.html",
            [
                {
                    "href": f"{self.directory}?rantai={LINK_WORDS[link]}&{group}={code}",
                    "count": count_text(here.get(link, 0)),
                }
                for link in CHAIN
            ],
        )

    def _makers(self, one: Place) -> SafeString | str:
        if not one.makers:
            return "0"
        return _anchor(f"{self.makers}{one.code}", count_text(one.makers))

    def _directory(self, **parameters: str) -> str:
        pairs = [f"{name}={value}" for name, value in parameters.items()]
        if self.asked.province:
            pairs.append(f"provinsi={self.asked.province}")
        return f"{self.directory}?{'&'.join(pairs)}"


def _open(query: str) -> str:
    """Return a query string that one more parameter can be put behind."""
    return query if query == "?" else f"{query}&"


def kilometres(nearest: Nearest) -> str:
    """Return how far the nearest one is."""
    return "–" if nearest.km is None else count_text(ceil(nearest.km))


def _drawing(link: str, count: int, most: int) -> SafeString:
    """Return a circle whose area grows with the count."""
    radius = max(SMALLEST, LARGEST * sqrt(count / most)) if most else SMALLEST
    return fragments.fill(
        f"{_HERE}chain_drawing.html", radius=f"{radius:.1f}", icon=icons.icon(ICONS[link])
    )


def _anchor(href: str, text: str) -> SafeString:
    return fragments.fill(f"{_HERE}chain_anchor.html", href=href, text=text)


def _gap_rows(rows: Iterable[tuple[object, object, object, object]]) -> SafeString:
    return fragments.fill_each(
        f"{_HERE}chain_gap.html",
        [dict(zip(("name", "second", "third", "fourth"), row, strict=True)) for row in rows],
    )
