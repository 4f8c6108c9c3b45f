"""Facets in HTML. A page has some eighty values; what is the same on every page is kept ready."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.directory.search.facets import TITLES, Facet, count_text, facets, label_of
from ifn.directory.search.filters import PARAMETERS, Filters, written
from ifn.directory.search.finding import Found
from ifn.regions.queries import Regions
from ifn.ui import fragments
from ifn.vocabulary.queries import Lexicon

#: Stand in a prepared option where the values of one page go; no text can hold them.
EMPTY, CHECKED, COUNT = (SafeString(mark) for mark in ("\0", "\1", "\2"))
CHECKED_ATTRIBUTE: Final = " checked"
EMPTY_ATTRIBUTE: Final = " data-empty"

Face = tuple[str, str, str, str]


class OptionFaces:
    """The unchanging parts of every option, for one state of the vocabulary and one language."""

    def __init__(self, lexicon: Lexicon, regions: Regions) -> None:
        self.lexicon, self.regions = lexicon, regions
        self._faces: dict[tuple[str, str], Face] = {}

    def face(self, group: str, value: str) -> Face:
        """Return what stands before, between and after an option's three changing values."""
        face = self._faces.get((group, value))
        if face is None:
            html = fragments.fill(
                "ui/fragments/choice.html",
                kind="checkbox",
                name=PARAMETERS[group],
                value=written(group, value),
                label=label_of(group, value, self.lexicon, self.regions),
                empty=EMPTY,
                state=CHECKED,
                count=COUNT,
            )
            before, rest = html.split(EMPTY)
            middle, rest = rest.split(CHECKED)
            late, after = rest.split(COUNT)
            face = self._faces[group, value] = (before, middle, late, after)
        return face


#: By language; replaced when the vocabulary or the regions are another edition.
_kept: dict[str, OptionFaces] = {}


def _faces(lexicon: Lexicon, regions: Regions) -> OptionFaces:
    language = get_language() or ""
    kept = _kept.get(language)
    if kept is None or kept.lexicon is not lexicon or kept.regions is not regions:
        kept = _kept[language] = OptionFaces(lexicon, regions)
    return kept


def facet_groups(filters: Filters, found: Found, lexicon: Lexicon, regions: Regions) -> SafeString:
    """Return every facet with its values and counts."""
    faces = _faces(lexicon, regions)
    address = filters.query()
    address += "&semua=" if len(address) > 1 else "semua="
    return fragments.join([_group(facet, faces, address) for facet in facets(filters, found)])


def _group(facet: Facet, faces: OptionFaces, address: str) -> SafeString:
    more: SafeString | str = ""
    if len(facet.shown) < facet.total:
        more = fragments.fill(
            "directory/fragments/facet_more.html",
            href=address + PARAMETERS[facet.group],
            group=facet.group,
            label=_("All %(count)d") % {"count": facet.total},
        )
    chosen = len(facet.chosen)
    return fragments.fill(
        "directory/fragments/facet_group.html",
        group=facet.group,
        title=TITLES[facet.group],
        open=SafeString(" open") if facet.is_open else "",
        chosen=format_html(' <span class="count">{}</span>', chosen) if chosen else "",
        options=_options(facet, faces),
        more=more,
    )


def _options(facet: Facet, faces: OptionFaces) -> SafeString:
    counts = facet.counts
    pieces: list[str] = []
    for value in facet.shown:
        before, middle, late, after = faces.face(facet.group, value)
        count = counts.get(value, 0)
        pieces += (
            before,
            "" if count else EMPTY_ATTRIBUTE,
            middle,
            CHECKED_ATTRIBUTE if value in facet.chosen else "",
            late,
            str(count) if count < 1000 else count_text(count),  # noqa: PLR2004
            after,
        )
    return SafeString("".join(pieces))
