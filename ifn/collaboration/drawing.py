"""The line of a project as SVG: a trunk downwards, branches beside it, every point with its day.

Colours stand in the file, so that it looks right alone in a press kit; on a page the stylesheet
puts those of the theme in their place by the classes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap
from typing import Final

from ifn.collaboration.lineage import Kind, Line, Node

WIDTH: Final = 300
#: Where branches and the trunk run, and where the words beside both begin.
_BRANCH, _TRUNK, _TEXT = 11, 33, 52
_GAP, _LINE, _TOP = 22, 16, 18
#: Letters of a line of words.
_LETTERS: Final = 34
_MOST_LINES: Final = 3
_INK, _SOFT, _BRAND, _PAPER = "#2a1b14", "#624f46", "#9e4d20", "#fcf9f4"
_FONT: Final = "system-ui, sans-serif"
#: Marks the first and the last point.
_END: Final = ' data-end=""'


@dataclass(frozen=True, slots=True)
class _Placed:
    node: Node
    x: int
    y: int
    lines: tuple[str, ...]
    when: str


def draw(line: Line, title: str, when: Callable[[date | None], str]) -> str:
    """Return the line as an SVG of a fixed width whose title says what it shows."""
    placed, height = _placed(line, when)
    links = "".join(_link(placed[start], placed[end]) for start, end in line.links)
    points = "".join(_point(one) for one in placed)
    return (
        f'<svg class="lineage-drawing" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{_FONT}">'
        f"<title>{escape(title)}</title>"
        f'<g class="lineage-links" fill="none" stroke="{_BRAND}" stroke-width="2" '
        f'stroke-dasharray="6 4">{links}</g>{points}</svg>'
    )


def _placed(line: Line, when: Callable[[date | None], str]) -> tuple[list[_Placed], int]:
    placed, y = [], _TOP
    for node in line.nodes:
        lines = _words(node)
        x = _BRANCH if node.is_branch else _TRUNK
        placed.append(_Placed(node, x, y, lines, when(node.fact.on)))
        y += _LINE * (1 + len(lines)) + _GAP
    return placed, y - _GAP + _LINE


def _words(node: Node) -> tuple[str, ...]:
    by = ", ".join(one.name for one in node.fact.by)
    found: list[str] = []
    for text in filter(None, (node.fact.title, by)):
        lines = wrap(text, _LETTERS)
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][: _LETTERS - 2]} …"]
        found += lines
    return tuple(found)


def _link(start: _Placed, end: _Placed) -> str:
    if start.x == end.x:
        return f'<path d="M{start.x} {start.y}V{end.y}"/>'
    bend = min(14, abs(end.y - start.y) // 2)
    aside = bend if start.x < end.x else -bend
    return (  # off the trunk, or back to it
        f'<path d="M{start.x} {start.y}V{end.y - bend}'
        f'Q{start.x} {end.y} {start.x + aside} {end.y}H{end.x}"/>'
    )


def _point(one: _Placed) -> str:
    is_end = one.node.kind in {Kind.ORIGIN, Kind.PRODUCT}
    head = escape(" · ".join(filter(None, (one.node.fact.label, one.when))))
    words = "".join(
        f'<tspan x="{_TEXT}" dy="{_LINE}" class="lineage-words" fill="{_INK}" font-size="13">'
        f"{escape(text)}</tspan>"
        for text in one.lines
    )
    return (
        f'<circle class="lineage-point" cx="{one.x}" cy="{one.y}" r="{8 if is_end else 6}" '
        f'fill="{_BRAND if is_end else _PAPER}" stroke="{_BRAND}" stroke-width="2"'
        f"{_END if is_end else ''}/>"
        f'<text class="lineage-head" x="{_TEXT}" y="{one.y + 4}" font-size="12" '
        f'font-weight="600" fill="{_SOFT}">{head}{words}</text>'
    )
