"""Turn an uploaded photo into small, clean files: bytes in, bytes out.

Whatever was uploaded is decoded and encoded anew, so that no metadata (place, camera, person), no
second payload and no wrong extension survives. The name of the file that was sent is never used.
"""

import io
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from ifn.directory.clean import Refused

LARGEST_FILE: Final = 25 * 1024 * 1024
#: A camera's JPEG is decoded at a fraction of its size.
MOST_PIXELS: Final = 89_000_000
#: All others are decoded whole, at three or four bytes a pixel.
MOST_PIXELS_WHOLE: Final = 24_000_000
SMALLEST_SIDE: Final = 200
#: A longer strip shows nothing on a page, and WebP ends at 16,383 pixels.
LONGEST_TO_SHORTEST: Final = 8
WIDTHS: Final = (400, 800, 1600)
#: Longest side of a photo of a paper, on which small print stays readable.
LARGEST_COPY: Final = 2400
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "MPO")
_HEIC_BRANDS: Final = frozenset(
    b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1")
)


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


def clean_copy(upload: bytes) -> bytes:
    """Return a photo of a paper as one JPEG, large enough to be read, and nothing but its pixels.

    Raises:
        Refused: Too large, too small, damaged, or not a picture.

    """
    picture = _decode(upload, side=LARGEST_COPY)
    picture.thumbnail((LARGEST_COPY, LARGEST_COPY), Image.Resampling.LANCZOS)
    return _encoded(picture, "JPEG", quality=85, progressive=True)


def check_length(length: int) -> None:
    """Refuse a file of so many bytes before any of them is read.

    Raises:
        Refused: It is larger than 25 MB.

    """
    if length > LARGEST_FILE:
        raise Refused(
            "picture_too_large",
            _("This file has %(size)d MB; at most 25 MB can be sent. Choose a smaller photo.")
            % {"size": -(-length // 1024 // 1024)},
        )


def _decode(upload: bytes, *, side: int = WIDTHS[-1]) -> Image.Image:
    check_length(len(upload))
    if upload[4:12] in _HEIC_BRANDS:
        raise Refused(
            "picture_heic",
            _("This is a HEIC photo. Set the camera to “Most compatible”, or send it as JPEG."),
        )
    try:
        opened = Image.open(io.BytesIO(upload), formats=FORMATS)
        _check_size(opened)
        opened.draft("RGB", (side, side))
        opened.load()
        return _flat(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels(MOST_PIXELS) from None
    except Refused:
        raise
    except Exception:  # noqa: BLE001  # damaged files fail in as many ways as there are decoders
        raise Refused(
            "picture_unreadable",
            _("This file is not a picture, or it is damaged. Send a JPEG, PNG or WebP photo."),
        ) from None


def _check_size(opened: Image.Image) -> None:
    is_scaled = opened.format in {"JPEG", "MPO"} and not opened.info.get("progressive")
    most = MOST_PIXELS if is_scaled else MOST_PIXELS_WHOLE
    if opened.width * opened.height > most:
        raise _too_many_pixels(most)
    if min(opened.size) < SMALLEST_SIDE:
        raise Refused(
            "picture_too_small",
            _("This picture is %(width)d × %(height)d pixels. Send one of at least 200 × 200.")
            % {"width": opened.width, "height": opened.height},
        )
    if max(opened.size) > LONGEST_TO_SHORTEST * min(opened.size):
        raise Refused(
            "picture_too_narrow",
            _("This picture is %(width)d × %(height)d pixels, a strip. Cut out what counts.")
            % {"width": opened.width, "height": opened.height},
        )


def _too_many_pixels(most: int) -> Refused:
    return Refused(
        "picture_too_many_pixels",
        _("This picture has more than %(most)d million pixels. Send a smaller one.")
        % {"most": most // 1_000_000},
    )


def _flat(picture: Image.Image) -> Image.Image:
    """Return nothing but the pixels: sRGB, on white where they were transparent."""
    if picture.mode.startswith("I;16"):  # converting would cut off what is brighter than 255
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        profile = picture.info.get("icc_profile")
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(ground, layer).convert("RGB")
        picture.info["icc_profile"] = profile
    picture = _in_srgb(picture).convert("RGB")
    picture.info = {}  # also what encoders would take over, such as a comment
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture with the colours its profile means; phones have wider ones than sRGB."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    try:
        return (
            ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            or picture
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture  # a broken profile, or one for another kind of colour


def _encoded(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
