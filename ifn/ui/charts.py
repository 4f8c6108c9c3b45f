"""Charts as SVG from the server: no script, no inline style, each with its numbers as a table.

Lengths are percentages, so that text keeps its size while the drawing follows the page.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.ui import fragments
from ifn.ui.numbers import readable


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart; zero or more."""

    label: str
    value: float
    href: str = ""
    #: Set apart by weight as well as by colour.
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One moment of a trend."""

    label: str
    value: float


def bars(items: Iterable[Bar], *, caption: str = "", unit: str = "") -> SafeString:
    """Return horizontal bars: a table whose middle column draws the number beside it."""
    rows = list(items)
    top = max((bar.value for bar in rows), default=0) or 1
    lines = fragments.join(
        fragments.fill(
            "ui/fragments/bar.html",
            highlight=SafeString(" data-highlight") if bar.highlight else "",
            label=format_html('<a href="{}">{}</a>', bar.href, bar.label)
            if bar.href
            else bar.label,
            share=f"{100 * max(bar.value, 0) / top:.4g}",
            value=readable(bar.value),
            unit=f" {unit}" if unit else "",
        )
        for bar in rows
    )
    head = format_html("<caption>{}</caption>", caption) if caption else ""
    return fragments.fill("ui/fragments/bars.html", caption=head, rows=lines)


def ticks(highest: float, wanted: int = 4) -> list[float]:
    """Return round values from zero to just above the highest, about as many as wanted."""
    if highest < SMALLEST:
        return [0.0, 1.0]
    rough = highest / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * index for index in range(math.ceil(highest / step - 1e-9) + 1)]


#: The frame in percent of the drawing; what is below the smallest number is drawn as nothing.
LEFT, RIGHT, TOP, BOTTOM = 10.0, 97.0, 9.0, 86.0
SMALLEST = 1e-9


def _places(values: Sequence[float], ceiling: float) -> list[tuple[float, float]]:
    steps = max(len(values) - 1, 1)
    return [
        (
            LEFT + (RIGHT - LEFT) * index / steps if len(values) > 1 else 50.0,
            BOTTOM - (BOTTOM - TOP) * max(value, 0) / ceiling,
        )
        for index, value in enumerate(values)
    ]


def _named(count: int, most: int = 6) -> set[int]:
    """Return which points are named on the axis: the last always, few enough for a phone."""
    stride = max(1, math.ceil(count / most))
    return set(range(count - 1, -1, -stride))


def trend(
    points: Iterable[Point], *, title: str, unit: str = "", source: str = "", name: str = ""
) -> SafeString:
    """Return a line over time from zero, with its table folded below.

    The heads of the table are `name` (what the points are, such as "Year") and the unit.
    """
    series = list(points)
    values = [point.value for point in series]
    levels = ticks(max(values, default=0))
    places = _places(values, levels[-1])
    shown = {len(series) - 1, values.index(max(values))} if values else set()
    grid = fragments.fill_each(
        "ui/fragments/trend_level.html",
        (
            {"y": f"{y:.2f}", "text": readable(level)}
            for level in levels
            for y in [BOTTOM - (BOTTOM - TOP) * level / levels[-1]]
        ),
    )
    named = _named(len(series))
    marks = fragments.join(
        fragments.fill(
            "ui/fragments/trend_point.html",
            x=f"{x:.2f}",
            y=f"{y:.2f}",
            anchor=_anchor(x),
            axis=point.label if index in named else "",
            value=readable(point.value) if index in shown else "",
        )
        for index, (point, (x, y)) in enumerate(zip(series, places, strict=True))
    )
    line = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
    return fragments.fill(
        "ui/fragments/trend.html",
        title=title,
        summary=_summary(series, unit),
        grid=grid,
        marks=marks,
        line=line,
        area=f"{LEFT},{BOTTOM} {line} {RIGHT},{BOTTOM}" if len(series) > 1 else "",
        source=source,
        numbers=_("The numbers"),
        name=name or _("When"),
        unit=unit or _("Value"),
        rows=fragments.join(
            format_html(
                '<tr><th scope="row">{}</th><td class="number">{}</td></tr>',
                point.label,
                readable(point.value),
            )
            for point in series
        ),
    )


def _anchor(x: float) -> str:
    if x > RIGHT - 6:
        return "end"
    return "start" if x < LEFT + 6 else "middle"


def _summary(series: Sequence[Point], unit: str) -> str:
    if not series:
        return _("No numbers yet.")
    first, last = series[0], series[-1]
    return _("%(first)s: %(start)s; %(last)s: %(end)s %(unit)s") % {
        "first": first.label,
        "start": readable(first.value),
        "last": last.label,
        "end": readable(last.value),
        "unit": unit,
    }


def spark(values: Sequence[float], *, label: str) -> SafeString:
    """Return a line as small as a word; the label says in words what it shows."""
    if not values:
        return SafeString()
    low, high = min(values), max(values)
    span = (high - low) or 1
    steps = max(len(values) - 1, 1)
    line = " ".join(
        f"{100 * index / steps:.1f} {100 - 100 * (value - low) / span:.1f}"
        for index, value in enumerate(values)
    )
    return fragments.fill("ui/fragments/spark.html", label=label, path=f"M{line}")
