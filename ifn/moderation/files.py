"""Files that people hand in as evidence: what may come, known by its content, never by its name."""

from typing import Any

from ifn.directory import clean, evidence
from ifn.moderation.actions import Handed


def handed(given: Any) -> Handed:
    """Return a file as it is kept; a picture is encoded anew, without its place.

    Raises:
        Refused: It is too large, damaged, or neither a picture nor a PDF.

    """
    evidence.check_length(given.size or 0)
    kept = evidence.prepare(given.read())
    return Handed(kept.content, kept.kind, clean.plain_line(given.name or "")[:100])
