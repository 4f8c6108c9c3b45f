"""A person gets a copy of what is kept about them: asked for, made in the background, removed."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.privacy.gathering import packed
from ifn.privacy.models import Export

#: So long a copy can be downloaded.
VALID: Final = timedelta(days=7)


@transaction.atomic
def ask_for_export(person: User, *, at: datetime) -> Export:
    """Let a copy be made; while one is being made, that one is meant."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = Export.objects.filter(person=person, made_at=None).first()
    if waiting:
        return waiting
    export = Export.objects.create(person=person, asked_at=at)
    record("privacy.export.asked", export, actor=person, at=at)
    return export


@transaction.atomic
def make_export(pk: int, *, at: datetime) -> Export | None:
    """Make a copy that was asked for; made already or gone, nothing happens."""
    export = Export.objects.select_for_update().filter(pk=pk, made_at=None).first()
    if export is None:
        return None
    content = packed(export.person, at=at)
    export.file = storages["private"].save(
        f"exports/{secrets.token_hex(16)}.zip", ContentFile(content)
    )
    export.made_at, export.expires_at, export.size = at, at + VALID, len(content)
    export.save(update_fields=["file", "made_at", "expires_at", "size"])
    return export


@transaction.atomic
def remove_expired(*, at: datetime, most: int = 100) -> int:
    """Remove copies whose time is over; return how many."""
    old = Export.objects.filter(expires_at__lte=at).order_by("pk")
    return _remove(list(old[:most]))


@transaction.atomic
def erase_exports(person: User) -> int:
    """Remove every copy of a person's data; return how many."""
    return _remove(list(Export.objects.filter(person=person)))


def _remove(exports: list[Export]) -> int:
    files = [one.file for one in exports if one.file]
    Export.objects.filter(pk__in=[one.pk for one in exports]).delete()
    store = storages["private"]

    def remove() -> None:
        for name in files:
            store.delete(name)

    transaction.on_commit(remove)
    return len(exports)
