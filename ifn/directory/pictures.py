"""Turn an uploaded photo into small, clean files: bytes in, bytes out.

Whatever was uploaded is decoded and encoded anew, so that no metadata (place, camera, person), no
second payload and no wrong extension survives. The name of the file that was sent is never used.
"""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ifn.directory.clean import Refused

LARGEST_FILE: Final = 25 * 1024 * 1024
#: A JPEG is decoded at a fraction of its size, others whole, at three or four bytes a pixel.
MOST_PIXELS: Final = {"JPEG": 89_000_000, "MPO": 89_000_000}
MOST_PIXELS_WHOLE: Final = 24_000_000
SMALLEST_SIDE: Final = 200
WIDTHS: Final = (400, 800, 1600)
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "MPO")
_HEIC_BRANDS: Final = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to store: ``files`` maps a suffix such as ``-400.webp`` to its bytes."""

    width: int
    height: int
    widths: tuple[int, ...]
    files: dict[str, bytes]


def prepare(upload: bytes) -> Prepared:
    """Decode, turn upright, shrink to the widths in use and encode as WebP and JPEG.

    Raises:
        Refused: Too large, too small, damaged, or not a picture.

    """
    picture = _decode(upload)
    widths = tuple(width for width in WIDTHS if width < picture.width) or (picture.width,)
    if picture.width > widths[-1] and widths[-1] < WIDTHS[-1]:
        widths = (*widths, picture.width)
    files = {}
    shown = picture
    for width in sorted(widths, reverse=True):
        height = max(1, round(picture.height * width / picture.width))
        shown = shown.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        files[f"-{width}.webp"] = _encoded(shown, "WEBP", quality=80, method=2)
        files[f"-{width}.jpg"] = _encoded(shown, "JPEG", quality=82, progressive=True)
        if width == max(widths):
            largest = shown
    return Prepared(largest.width, largest.height, widths, files)


def _decode(upload: bytes) -> Image.Image:
    if len(upload) > LARGEST_FILE:
        raise Refused(
            "picture_too_large",
            _("This file has %(size)d MB; at most 25 MB can be sent. Choose a smaller photo.")
            % {"size": round(len(upload) / 1024 / 1024)},
        )
    if upload[4:12] in _HEIC_BRANDS:
        raise Refused(
            "picture_heic",
            _("This is a HEIC photo. Set the camera to “Most compatible”, or send it as JPEG."),
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(upload), formats=FORMATS)
            _check_size(opened)
            opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
            opened.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels(Image.MAX_IMAGE_PIXELS or 0) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(
            "picture_unreadable",
            _("This file is not a picture, or it is damaged. Send a JPEG, PNG or WebP photo."),
        ) from None
    return _flat(ImageOps.exif_transpose(opened))


def _check_size(opened: Image.Image) -> None:
    most = MOST_PIXELS.get(opened.format or "", MOST_PIXELS_WHOLE)
    if opened.width * opened.height > most:
        raise _too_many_pixels(most)
    if min(opened.size) < SMALLEST_SIDE:
        raise Refused(
            "picture_too_small",
            _("This picture is %(width)d × %(height)d pixels. Send one of at least 200 × 200.")
            % {"width": opened.width, "height": opened.height},
        )


def _too_many_pixels(most: int) -> Refused:
    return Refused(
        "picture_too_many_pixels",
        _("This picture has more than %(most)d million pixels. Send a smaller one.")
        % {"most": most // 1_000_000},
    )


def _flat(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency, on white, in plain RGB."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(ground, layer)
    return picture.convert("RGB")


def _encoded(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
