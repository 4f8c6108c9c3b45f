"""A page of results in HTML: pills, facets, cards, table, map. Quick enough for every keystroke."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.directory.downloads import MOST_ROWS
from ifn.directory.presenting import Writer
from ifn.directory.quantities import pairs, pairs_a_month
from ifn.directory.search import Filters, Found
from ifn.directory.search.aging import FRESH
from ifn.directory.search.facets import count_text, label_of
from ifn.directory.search.filters import PARAMETERS, SORTS, VIEWS
from ifn.regions.queries import Regions
from ifn.ui import fragments, listing
from ifn.ui.maps import Bubble, bubble_map
from ifn.vocabulary.queries import Lexicon


def count_words(total: int) -> str:
    """Return how many there are, in words."""
    return ngettext("%(count)s profile", "%(count)s profiles", total) % {"count": count_text(total)}


def dormant(filters: Filters, found: Found) -> tuple[str, str]:
    """Return a link that also shows what nobody confirmed for long, with its words; or nothing."""
    if not found.dormant:
        return "", ""
    text = ngettext(
        "Also show %(count)s profile not confirmed for %(months)d months",
        "Also show %(count)s profiles not confirmed for %(months)d months",
        found.dormant,
    ) % {"count": count_text(found.dormant), "months": settings.DORMANT_MONTHS}
    return filters.query(chosen={**filters.chosen, FRESH: ("all",)}), text


def results(filters: Filters, found: Found, words: Lexicon, regions: Regions) -> SafeString:
    """Return the found profiles as cards, as rows of a table, or as a map of how many are where."""
    if filters.view == "map":
        return _map(filters, found, regions)
    near = filters.near or found.wording.near
    writer = Writer(words, regions, localdate(), near=near)
    write = writer.table_row if filters.view == "table" else writer.card
    return fragments.join([write(row) for row in found.rows])


def _map(filters: Filters, found: Found, regions: Regions) -> SafeString:
    chosen = filters.chosen.get("regency", ())
    provinces = filters.chosen.get("province", ())
    rest = {group: values for group, values in filters.chosen.items() if group != "regency"}
    others = filters.query(view="list", chosen=rest)
    address = f"{others}&wilayah=" if len(others) > 1 else "?wilayah="
    bubbles = [
        Bubble(
            label=place.short_name,
            latitude=place.latitude,
            longitude=place.longitude,
            count=count,
            href=address + code,
        )
        for code, count in found.counts.get("regency", {}).items()
        if (place := regions.get(code))
        and (not chosen or code in chosen)
        and (not provinces or code[:2] in provinces)
    ]
    return bubble_map(
        bubbles,
        title=_("Where they are"),
        unit=_("profiles"),
        name=_("Regency or city"),
        open_=True,
    )


def headings() -> list[tuple[str, bool]]:
    """Return the columns of the table view and whether each holds numbers."""
    return [
        (_("Name"), False),
        (_("Place"), False),
        (_("Role"), False),
        (_("Verified"), False),
        (_("Min. order"), True),
        (_("Capacity"), True),
        (_("Lead time"), True),
        (_("Last confirmed"), False),
    ]


def pills(filters: Filters, found: Found, words: Lexicon, regions: Regions) -> Iterable[SafeString]:
    for group in PARAMETERS:
        for value in filters.chosen.get(group, ()):
            rest = filters.without(group, value)
            text = label_of(group, value, words, regions)
            if group == "verified":
                text = _("Verified: %(topic)s") % {"topic": text}
            yield listing.pill(text, filters.query(chosen=rest))
    if filters.minimum:
        text = _("Minimum order up to %(pairs)s") % {"pairs": pairs(filters.minimum)}
        yield listing.pill(text, filters.query(minimum=None))
    if filters.capacity:
        text = _("At least %(pairs)s") % {"pairs": pairs_a_month(filters.capacity)}
        yield listing.pill(text, filters.query(capacity=None))
    if filters.near:
        text = _("Distance from %(place)s") % {"place": regions.full_name(filters.near)}
        sort = "relevance" if filters.sort == "distance" else filters.sort
        yield listing.pill(text, filters.query(near="", sort=sort))
    yield from _understood(filters, found, regions)


def _understood(filters: Filters, found: Found, regions: Regions) -> Iterable[SafeString]:
    """Show what was read out of the words; taking it off leaves the other words."""
    wording = found.wording
    plain = filters.query(text=wording.words)
    if wording.minimum:
        text = _("Minimum order up to %(pairs)s") % {"pairs": pairs(wording.minimum)}
        yield listing.pill(text, plain)
    if wording.capacity:
        text = _("At least %(pairs)s") % {"pairs": pairs_a_month(wording.capacity)}
        yield listing.pill(text, plain)
    if wording.near:
        text = _("Distance from %(place)s") % {"place": regions.full_name(wording.near)}
        yield listing.pill(text, plain)


def downloaded(filters: Filters, found: Found) -> dict[str, str]:
    """Return the query of what was found as a file, and how many profiles the file has."""
    query = filters.query(page=1, view="list")
    return {
        "query": query if len(query) > 1 else "",
        "count": count_words(min(found.total, MOST_ROWS)),
    }


def sorts(filters: Filters) -> list[dict[str, Any]]:
    names = {
        "relevance": _("Best match"),
        "fresh": _("Newest confirmation"),
        "distance": _("Distance"),
        "capacity": _("Capacity"),
    }
    return [
        {"value": SORTS[key], "label": name, "chosen": key == filters.sort}
        for key, name in names.items()
    ]


def views(filters: Filters) -> list[dict[str, Any]]:
    faces = {
        "list": (_("List"), "list"),
        "map": (_("Map"), "map"),
        "table": (_("Table"), "table"),
    }
    return [
        {
            "title": title,
            "icon": icon,
            "href": filters.query(view=view),
            "current": view == filters.view,
        }
        for view, (title, icon) in faces.items()
        if view in VIEWS
    ]


def corrected(filters: Filters, found: Found) -> str:
    """Return the words that were searched for when spelling was mended, else nothing."""
    text = filters.text
    for correction in found.corrections:
        text = _replaced(text, correction.word, correction.replacements[0])
    return text if found.corrections else ""


def _replaced(text: str, word: str, replacement: str) -> str:
    return " ".join(
        replacement if typed.strip(".,").casefold() == word else typed for typed in text.split()
    )
