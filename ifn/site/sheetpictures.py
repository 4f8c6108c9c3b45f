"""The pictures of a profile page: the first one large, each with a link to its largest file."""

from typing import Final

from ifn.directory.models import Picture
from ifn.directory.presenting import media_url, sources
from ifn.ui import pieces

LARGE_SIZES: Final = "(min-width: 64rem) 44rem, 100vw"
SMALL_SIZES: Final = "(min-width: 64rem) 21rem, 50vw"


def largest(picture: Picture) -> str:
    """Return the address of the largest file."""
    if not picture.widths:
        return media_url(picture.file)
    return media_url(f"{picture.file}-{max(picture.widths)}.jpg")


def shown(picture: Picture, *, is_first: bool) -> pieces.Picture:
    """Return what the picture's element needs."""
    if not picture.widths:
        return pieces.Picture(
            media_url(picture.file),
            picture.caption,
            picture.width,
            picture.height,
            eager=is_first,
        )
    widths = sorted(picture.widths)
    return pieces.Picture(
        media_url(f"{picture.file}-{widths[min(1, len(widths) - 1)]}.jpg"),
        picture.caption,
        picture.width,
        picture.height,
        webp=sources(picture.file, widths, "webp"),
        sizes=LARGE_SIZES if is_first else SMALL_SIZES,
        eager=is_first,
    )
