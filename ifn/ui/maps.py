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
#: So many of the largest bubbles no other's name may cover.
SHUNNED = 25
#: Pixels of a letter, of a line, and between a bubble and its name.
LETTER, LINE, GAP = 7.2, 15.0, 4.0
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


@dataclass(frozen=True, slots=True)
class _Label:
    """A name beside its bubble: the room it takes on the narrowest sheet, and where it is held."""

    box: Box
    anchor: str

    @property
    def x(self) -> float:
        left, _top, right, _bottom = self.box
        return {"start": left, "end": right, "middle": (left + right) / 2}[self.anchor]


def _circle_box(bubble: Bubble, most: int) -> Box:
    """Return the square round a bubble, in pixels of the narrowest sheet."""
    left, top = place(bubble.latitude, bubble.longitude)
    x, y = left / 100 * NARROWEST, top / 100 * NARROWEST * HEIGHT_SHARE
    around = radius(bubble.count, most) / 100 * NARROWEST * math.sqrt((1 + HEIGHT_SHARE**2) / 2)
    return x - around, y - around, x + around, y + around


def _candidates(bubble: Bubble, most: int) -> list[_Label]:
    """Return where a name may stand: after its bubble, before it, above, below."""
    left, top, right, bottom = _circle_box(bubble, most)
    x, y = (left + right) / 2, (top + bottom) / 2
    width = LETTER * len(bubble.label)
    beside = (y - LINE / 2, y + LINE / 2)
    return [
        _Label((right + GAP, beside[0], right + GAP + width, beside[1]), "start"),
        _Label((left - GAP - width, beside[0], left - GAP, beside[1]), "end"),
        _Label((x - width / 2, top - LINE, x + width / 2, top), "middle"),
        _Label((x - width / 2, bottom, x + width / 2, bottom + LINE), "middle"),
    ]


def _free(box: Box, taken: Iterable[Box]) -> bool:
    if box[0] < 0 or box[2] > NARROWEST or box[1] < 0 or box[3] > NARROWEST * HEIGHT_SHARE:
        return False
    return all(
        box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3]
        for other in taken
    )


def _labels(bubbles: list[Bubble], most: int) -> SafeString:
    """Name the largest bubbles where a name hides neither another name nor another large bubble."""
    circles = [_circle_box(bubble, most) for bubble in bubbles[:SHUNNED]]
    names: list[Box] = []
    written: list[SafeString] = []
    for own, bubble in enumerate(bubbles[:NAMED]):
        taken = [*names, *circles[:own], *circles[own + 1 :]]
        label = next((one for one in _candidates(bubble, most) if _free(one.box, taken)), None)
        if label is None:
            continue
        names.append(label.box)
        baseline = (label.box[1] + label.box[3]) / 2
        written.append(
            format_html(
                '<text x="{}%" y="{}%" dy="4" text-anchor="{}">{}</text>',
                f"{100 * label.x / NARROWEST:.2f}",
                f"{100 * baseline / (NARROWEST * HEIGHT_SHARE):.2f}",
                label.anchor,
                bubble.label,
            )
        )
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
