"""Files that people hand in and few may see: what may come, where they lie, how they go.

What may come is known by its content, never by its name.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from ifn.directory import clean, evidence


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in: its content, its kind by content, its giver's name for it."""

    content: bytes
    suffix: str
    name: str


def private_files() -> Storage:
    """Return where they lie: no address of the platform leads there."""
    return storages["private"]


def handed(given: Any) -> Handed:
    """Return a file as it is kept; a picture is encoded anew, without its place.

    Raises:
        Refused: It is too large, damaged, or neither a picture nor a PDF.

    """
    evidence.check_length(given.size or 0)
    kept_as = evidence.prepare(given.read())
    return Handed(kept_as.content, kept_as.kind, clean.plain_line(given.name or "")[:100])


@contextmanager
def kept(given: Handed | None, folder: str) -> Iterator[str]:
    """Store a file, if one came, under a random name; where the inside fails it is gone again.

    It stands around the transaction: a file that no row names would be kept for ever.
    """
    if given is None:
        yield ""
        return
    store = private_files()
    name = f"{folder}/{secrets.token_hex(16)}.{given.suffix}"
    stored = store.save(name, ContentFile(given.content))
    try:
        yield stored
    except BaseException:
        store.delete(stored)
        raise


def remove_files(names: list[str]) -> None:
    """Remove files once the transaction has committed."""
    store = private_files()

    def remove() -> None:
        for name in names:
            store.delete(name)

    transaction.on_commit(remove)
