"""The picture of a shared link for a profile without photos: name, place and mark."""

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
PAPER: Final = "#faf6f0"
INK: Final = "#2f2118"
SOFT: Final = "#6b5646"
BRAND: Final = "#9a5a33"
MARGIN: Final = 90
LONGEST_LINES: Final = 3


@lru_cache(maxsize=64)
def draw(name: str, place: str, number: str) -> bytes:
    """Return a PNG of 1200 by 630 pixels, the size that messengers and networks expect."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    _petals(picture)
    y = 150
    for line in _lines(pen, name):
        pen.text((MARGIN, y), line, font=_font(78), fill=INK)
        y += 92
    pen.text((MARGIN, y + 16), place, font=_font(38), fill=SOFT)
    pen.text(
        (MARGIN, SIZE[1] - 96),
        f"{number}  ·  Indonesia Footwear Network",
        font=_font(32),
        fill=BRAND,
    )
    buffer = io.BytesIO()
    picture.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _lines(pen: ImageDraw.ImageDraw, text: str) -> list[str]:
    """Break a name into lines that fit; what does not fit in three lines ends with an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _fits(pen, longer) or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    is_cut = len(lines) > LONGEST_LINES
    lines = lines[:LONGEST_LINES]
    return [
        _shortened(pen, line, is_cut=is_cut and place == LONGEST_LINES - 1)
        for place, line in enumerate(lines)
    ]


def _fits(pen: ImageDraw.ImageDraw, text: str) -> bool:
    return pen.textlength(text, font=_font(78)) <= SIZE[0] - 2 * MARGIN - 160


def _shortened(pen: ImageDraw.ImageDraw, line: str, *, is_cut: bool) -> str:
    """Return the line with an ellipsis when something follows it or it is too long itself."""
    if not is_cut and _fits(pen, line):
        return line
    while not _fits(pen, f"{line} …"):
        line = line[:-1]
    return f"{line} …"


def _petals(picture: Image.Image) -> None:
    """Draw the four petals of the kawung in the upper right corner."""
    petal = Image.new("L", (520, 520), 0)
    pen = ImageDraw.Draw(petal)
    for box in (
        (200, 20, 320, 250),
        (200, 270, 320, 500),
        (20, 200, 250, 320),
        (270, 200, 500, 320),
    ):
        pen.ellipse(box, fill=255)
    petal = petal.rotate(45, resample=Image.Resampling.BICUBIC).resize((300, 300))
    picture.paste(BRAND, (SIZE[0] - 330, 20), petal)
