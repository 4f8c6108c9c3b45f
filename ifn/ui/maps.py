"""A map of Indonesia with a bubble at each place, drawn by the server, its numbers as a table."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.ui import fragments
from ifn.ui.numbers import readable

#: The sheet in degrees, as the outline was drawn. Equirectangular: true enough at the equator.
WEST, EAST, NORTH, SOUTH = 94.6, 141.4, 6.2, -11.2
#: The largest and smallest radius, in percent of the sheet's diagonal as SVG counts it.
LARGEST, SMALLEST = 3.4, 0.75
#: How many of the largest bubbles may be named, and the width at which names must not collide.
NAMED, NARROWEST = 7, 640.0
HEIGHT_SHARE = (NORTH - SOUTH) / (EAST - WEST)


@dataclass(frozen=True, slots=True)
class Bubble:
    """A place with a count."""

    label: str
    latitude: float
    longitude: float
    count: int
    href: str = ""


@cache
def outline() -> str:
    """Return the country's outline as SVG path data for the view box 0 0 1000 371.79."""
    return (Path(__file__).parent / "data" / "indonesia.path").read_text().strip()


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a point's place on the sheet in percent from the left and from the top."""
    return (
        100 * (longitude - WEST) / (EAST - WEST),
        100 * (NORTH - latitude) / (NORTH - SOUTH),
    )


def radius(count: int, most: int) -> float:
    """Return a radius whose area grows with the count, in percent of the sheet's diagonal."""
    return max(SMALLEST, LARGEST * math.sqrt(count / most)) if most > 0 else SMALLEST


Box = tuple[float, float, float, float]


def _label_box(bubble: Bubble, most: int, *, before: bool) -> Box:
    """Return the room a name takes beside its bubble, in pixels of the narrowest sheet."""
    x, y = place(bubble.latitude, bubble.longitude)
    diagonal = NARROWEST * math.sqrt((1 + HEIGHT_SHARE**2) / 2)
    gap = radius(bubble.count, most) / 100 * diagonal + 4
    width, height = 7.2 * len(bubble.label), 15.0
    left = x / 100 * NARROWEST + (-gap - width if before else gap)
    top = y / 100 * NARROWEST * HEIGHT_SHARE - height / 2
    return left, top, left + width, top + height


def _free(box: Box, taken: list[Box]) -> bool:
    if box[0] < 0 or box[2] > NARROWEST:
        return False
    return all(
        box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3]
        for other in taken
    )


def _labels(bubbles: list[Bubble], most: int) -> SafeString:
    taken: list[Box] = []
    written: list[SafeString] = []
    for bubble in bubbles[:NAMED]:
        for before in (False, True):
            box = _label_box(bubble, most, before=before)
            if _free(box, taken):
                taken.append(box)
                edge = box[2] if before else box[0]
                written.append(
                    format_html(
                        '<text x="{}%" y="{}%" dy="4" text-anchor="{}">{}</text>',
                        f"{100 * edge / NARROWEST:.2f}",
                        f"{place(bubble.latitude, 0)[1]:.2f}",
                        "end" if before else "start",
                        bubble.label,
                    )
                )
                break
    return fragments.join(written)


def _parts(bubble: Bubble, most: int, unit: str) -> dict[str, SafeString]:
    """Return what a bubble and its row are made of, each escaped once: a map has hundreds."""
    x, y = place(bubble.latitude, bubble.longitude)
    label = escape(bubble.label)
    count = str(bubble.count) if bubble.count < 1000 else readable(bubble.count)  # noqa: PLR2004
    return {
        "href": SafeString(escape(bubble.href)),
        "name": SafeString(label),
        "label": SafeString(f"{label}: {count} {unit}".strip()),
        "count": SafeString(count),
        "x": SafeString(f"{x:.2f}"),
        "y": SafeString(f"{y:.2f}"),
        "r": SafeString(f"{radius(bubble.count, most):.2f}"),
    }


def bubble_map(
    bubbles: Iterable[Bubble], *, title: str, unit: str = "", name: str = "", open_: bool = False
) -> SafeString:
    """Return the map, its largest bubbles lowest so that small ones stay in reach, and its table.

    A bubble with an address is a link; `unit` is what is counted ("businesses"), `name` what a
    place is ("Province"); `open_` shows the table at once.
    """
    ordered = sorted(bubbles, key=lambda bubble: (-bubble.count, bubble.label))
    most = ordered[0].count if ordered else 0
    parts = [_parts(bubble, most, escape(unit)) for bubble in ordered]
    linked = [part for part, bubble in zip(parts, ordered, strict=True) if bubble.href]
    plain = [part for part, bubble in zip(parts, ordered, strict=True) if not bubble.href]
    return fragments.fill(
        "ui/fragments/map.html",
        title=title,
        open=SafeString(" open") if open_ else "",
        outline=outline(),
        bubbles=fragments.fill_each("ui/fragments/bubble_link.html", linked)
        + fragments.fill_each("ui/fragments/bubble.html", plain),
        labels=_labels(ordered, most),
        numbers=_("The numbers"),
        name=name or _("Place"),
        unit=unit or _("Count"),
        rows=fragments.fill_each("ui/fragments/map_row_link.html", linked)
        + fragments.fill_each("ui/fragments/map_row.html", plain),
    )
