"""The picture of a shared link for a release: title, partners and mark."""

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
_PAPER, _INK, _SOFT, _BRAND = "#faf6f0", "#2f2118", "#6b5646", "#9a5a33"
_MARGIN: Final = 90
_MOST_LINES: Final = 3


@lru_cache(maxsize=32)
def draw(title: str, partners: str) -> bytes:
    """Return a PNG of 1200 by 630 pixels, the size that messengers and networks expect."""
    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    _line(pen)
    y = 120
    for text in _lines(pen, title, 72, _MOST_LINES):
        pen.text((_MARGIN, y), text, font=_font(72), fill=_INK)
        y += 88
    for text in _lines(pen, partners, 36, 2):
        pen.text((_MARGIN, y + 18), text, font=_font(36), fill=_SOFT)
        y += 48
    pen.text((_MARGIN, SIZE[1] - 90), "Indonesia Footwear Network", font=_font(32), fill=_BRAND)
    buffer = io.BytesIO()
    picture.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _line(pen: ImageDraw.ImageDraw) -> None:
    """Draw the seam with its points, from origin to product, along the right."""
    x, top, bottom = SIZE[0] - 70, 60, SIZE[1] - 60
    for y in range(top, bottom, 26):
        pen.line((x, y, x, y + 14), fill=_BRAND, width=5)
    for y in (top, (top + bottom) // 3, 2 * (top + bottom) // 3, bottom):
        pen.ellipse((x - 15, y - 15, x + 15, y + 15), fill=_PAPER, outline=_BRAND, width=6)


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _lines(pen: ImageDraw.ImageDraw, text: str, size: int, most: int) -> list[str]:
    """Break a text into lines that fit; what does not fit ends with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and not _fits(pen, longer, size):
            lines.append(word)
        else:
            lines[-1:] = [longer]
    is_cut, lines = len(lines) > most, lines[:most]
    for place, line in enumerate(lines):
        mark = " …" if is_cut and place == most - 1 else ""
        while not _fits(pen, f"{line}{mark}", size):
            line, mark = line[:-1], " …"  # noqa: PLW2901  # shortened until it fits
        lines[place] = f"{line}{mark}"
    return lines


def _fits(pen: ImageDraw.ImageDraw, text: str, size: int) -> bool:
    return pen.textlength(text, font=_font(size)) <= SIZE[0] - 2 * _MARGIN - 60
