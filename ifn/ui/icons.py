"""One set of line icons, drawn for this platform; the shapes stand in data/icons.svg."""

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SYMBOL = re.compile(r'<symbol id="(?P<name>[a-z-]+)" viewBox="0 0 24 24">(?P<shape>.+)</symbol>')

#: What stands inside the svg element, by name.
SHAPES: dict[str, SafeString] = {
    found["name"]: mark_safe(found["shape"])  # noqa: S308  # a file of this room
    for found in SYMBOL.finditer((Path(__file__).parent / "data" / "icons.svg").read_text())
}


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """Return an inline svg: hidden from assistive technology unless it is given a label.

    Raises:
        KeyError: There is no icon of this name.

    """
    shape = SHAPES[name]
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            label,
            shape,
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', shape)
