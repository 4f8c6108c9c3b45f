"""Files that people hand in for the office alone: kept where no address leads, and removed."""

import secrets

from django.core.files.base import ContentFile
from django.db import transaction

from ifn.moderation.models import private_files


def keep_file(content: bytes, suffix: str) -> str:
    """Store a file under a random name, and return it."""
    name = f"claims/{secrets.token_hex(16)}.{suffix}"
    return private_files().save(name, ContentFile(content))


def remove_files(names: list[str]) -> None:
    """Remove files once the transaction has committed."""
    store = private_files()

    def remove() -> None:
        for name in names:
            store.delete(name)

    transaction.on_commit(remove)
