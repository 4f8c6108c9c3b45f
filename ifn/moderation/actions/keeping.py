"""Files that people hand in for the office alone: kept where no address leads, and removed."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction

from ifn.moderation.models import private_files


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in: its content, its kind by content, the claimant's name for it."""

    content: bytes
    suffix: str
    name: str


@contextmanager
def kept(handed: Handed | None) -> Iterator[str]:
    """Store a file, if one came, under a random name; where the inside fails it is gone again.

    It stands around the transaction: a file that no row names would be kept for ever.
    """
    if handed is None:
        yield ""
        return
    store = private_files()
    name = f"claims/{secrets.token_hex(16)}.{handed.suffix}"
    stored = store.save(name, ContentFile(handed.content))
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
