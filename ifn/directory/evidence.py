"""Evidence as it is sent: a PDF or a picture. Bytes in, bytes out, or a refusal in words.

Pictures are decoded and encoded anew, as photos are. A PDF cannot be, so it is never shown inside a
page of ours: it is handed out as a file.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ifn.directory import pictures
from ifn.directory.clean import Refused

LARGEST_FILE: Final = pictures.LARGEST_FILE
#: What the storage calls them, and what they are sent as.
KINDS: Final = {"pdf": "application/pdf", "jpg": "image/jpeg"}
_PDF_BEGINS, _PDF_ENDS = b"%PDF-", b"%%EOF"
#: Some programs write a few bytes after a PDF's last word.
_TAIL: Final = 2048


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence ready to store; ``digest`` is that of what was sent."""

    kind: str
    content: bytes
    digest: str


def check_length(length: int) -> None:
    """Refuse a file of so many bytes before any of them is read.

    Raises:
        Refused: It is larger than 25 MB, or empty.

    """
    if length > LARGEST_FILE:
        raise Refused(
            "evidence_too_large",
            _("This file has %(size)d MB; at most 25 MB can be sent. Send a smaller one.")
            % {"size": -(-length // 1024 // 1024)},
        )
    if not length:
        raise Refused("evidence_empty", _("This file is empty."))


def prepare(upload: bytes) -> Evidence:
    """Return what is kept of an uploaded PDF or picture.

    Raises:
        Refused: Too large, damaged, or neither a PDF nor a picture.

    """
    check_length(len(upload))
    digest = hashlib.sha256(upload).hexdigest()
    if upload.startswith(_PDF_BEGINS):
        if _PDF_ENDS not in upload[-_TAIL:]:
            raise Refused(
                "evidence_cut_off", _("This PDF is damaged: its end is missing. Send it again.")
            )
        return Evidence("pdf", upload, digest)
    try:
        return Evidence("jpg", pictures.clean_copy(upload), digest)
    except Refused as refused:
        if refused.code != "picture_unreadable":
            raise
    raise Refused(
        "evidence_unreadable",
        _("This file is neither a PDF nor a picture, or it is damaged. Send a PDF, JPEG or PNG."),
    )
