"""A radar of levels as SVG: an axis a dimension, a line an assessment; the table stands beside."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ifn.assessments.instruments.document import HIGHEST

#: Side of the drawing, and where its axes end.
SIZE, REACH = 320.0, 118.0
FEWEST_AXES = 3


@dataclass(frozen=True, slots=True)
class Ring:
    """The levels of one assessment, or one view of it, by the code of the dimension."""

    label: str
    levels: Mapping[str, float]


def radar(axes: Sequence[tuple[str, str]], rings: Sequence[Ring], *, title: str) -> SafeString:
    """Return the picture; nothing where fewer than three axes would make no shape.

    ``axes`` are codes with the number that stands at the axis and in the table beside it.
    """
    if len(axes) < FEWEST_AXES or not rings:
        return SafeString()
    grid = format_html_join(
        "",
        '<polygon class="radar-grid" points="{}"/>',
        ((_points([level] * len(axes)),) for level in range(1, HIGHEST + 1)),
    )
    spokes = format_html_join(
        "",
        '<line class="radar-grid" x1="160" y1="160" x2="{}" y2="{}"/>'
        '<text class="radar-name" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (*_at(place, len(axes), HIGHEST), *_at(place, len(axes), HIGHEST + 0.5), number)
            for place, (_code, number) in enumerate(axes)
        ),
    )
    shapes = format_html_join(
        "",
        '<polygon class="radar-ring" data-ring="{}" points="{}"/>',
        (
            (place, _points([ring.levels.get(code, 0.0) for code, _number in axes]))
            for place, ring in enumerate(rings)
        ),
    )
    keys = format_html_join(
        "",
        '<li><span class="radar-key" data-ring="{}"></span>{}</li>',
        ((place, ring.label) for place, ring in enumerate(rings)),
    )
    return format_html(
        '<figure class="radar"><svg viewBox="0 0 320 320" role="img" aria-label="{}">{}{}{}</svg>'
        "<figcaption><ul>{}</ul></figcaption></figure>",
        title,
        grid,
        spokes,
        shapes,
        keys,
    )


def _at(place: int, count: int, level: float) -> tuple[str, str]:
    angle = 2 * math.pi * place / count - math.pi / 2
    far = REACH * level / HIGHEST
    return f"{SIZE / 2 + far * math.cos(angle):.1f}", f"{SIZE / 2 + far * math.sin(angle):.1f}"


def _points(levels: Sequence[float]) -> str:
    return " ".join(",".join(_at(place, len(levels), one)) for place, one in enumerate(levels))
