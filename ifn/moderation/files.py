"""Files that people hand in as evidence: what may come, known by its content, never by its name."""

from typing import Any, Final

from django.utils.translation import gettext as _

from ifn.directory import clean
from ifn.moderation.actions import Handed

#: Bytes of one file; a photo of a licence from a telephone has three or four million.
LARGEST: Final = 8 * 1024 * 1024
#: Beginnings of files by kind.
SIGNS: Final = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
}
TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


def handed(given: Any) -> Handed:
    """Return a file as it is kept.

    Raises:
        Refused: It is too large, or neither a photo nor a PDF.

    """
    if (given.size or 0) > LARGEST:
        raise clean.Refused("too_large", _("The file is larger than 8 MB. Take a smaller photo."))
    content = given.read()
    suffix = suffix_of(content)
    if not suffix:
        raise clean.Refused("kind", _("Hand in a photo (JPEG, PNG, WebP) or a PDF."))
    return Handed(content, suffix, clean.plain_line(given.name or "")[:100])


def suffix_of(content: bytes) -> str:
    """Return which kind of file this is, or nothing."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), "")
