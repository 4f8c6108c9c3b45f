"""Pictures and files of an opportunity: added, removed."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.actions.moving import lock
from ifn.connections.models import Attachment, Opportunity
from ifn.directory import evidence, pictures
from ifn.directory.actions.pictures import delete_files, renditions, stored
from ifn.directory.handing import private_files

MOST_ATTACHMENTS: Final = 8


class TooManyAttachments(Exception):  # noqa: N818
    """The opportunity has as many pictures and files as it may have."""


def attach(
    opportunity: Opportunity, upload: bytes, *, name: str, actor: User, at: datetime
) -> Attachment:
    """Store a picture in the sizes in use, or a PDF; sent twice, it is there once.

    Raises:
        clean.Refused: It is neither a picture nor a PDF that can be used; the message says why.
        TooManyAttachments: There are eight already.

    """
    digest = hashlib.sha256(upload).hexdigest()
    known = Attachment.objects.filter(opportunity=opportunity, digest=digest)
    if there := known.first():
        return there
    values: dict[str, Any] = {"added_at": at, "digest": digest}
    try:
        if upload.startswith(b"%PDF-"):
            with _kept(evidence.prepare(upload).content) as file:
                return _add(opportunity, values | {"file": file, "name": name}, actor=actor, at=at)
        prepared = pictures.prepare(upload)
        size = {"width": prepared.width, "height": prepared.height}
        with stored(prepared) as file:
            values |= size | {"file": file, "widths": list(prepared.widths)}
            return _add(opportunity, values, actor=actor, at=at)
    except IntegrityError:
        if there := known.first():  # a second tap on "send" was quicker
            return there
        raise


@contextmanager
def _kept(content: bytes) -> Iterator[str]:
    """Store a file where no address leads, and give its name; gone where the inside fails."""
    store = private_files()
    name = store.save(f"opportunities/{secrets.token_hex(16)}.pdf", ContentFile(content))
    try:
        yield name
    except BaseException:
        store.delete(name)
        raise


@transaction.atomic
def _add(
    opportunity: Opportunity, values: dict[str, Any], *, actor: User, at: datetime
) -> Attachment:
    lock(opportunity)
    if Attachment.objects.filter(opportunity=opportunity).count() >= MOST_ATTACHMENTS:
        raise TooManyAttachments
    attachment = Attachment.objects.create(opportunity=opportunity, **values)
    record(
        "connections.attachment.added", opportunity, actor=actor, at=at, attachment=attachment.pk
    )
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, actor: User, at: datetime) -> None:
    """Remove a picture or file; its files go when the change is final."""
    opportunity, pk = lock(attachment.opportunity), attachment.pk
    removed, _of_each_kind = Attachment.objects.filter(pk=pk).delete()
    if removed:  # else somebody was first
        remove_files([attachment])
        record("connections.attachment.removed", opportunity, actor=actor, at=at, attachment=pk)


def remove_files(attachments: list[Attachment]) -> None:
    """Remove the files of attachments once the transaction has committed."""
    public = [
        name for one in attachments if one.is_picture for name in renditions(one.file, one.widths)
    ]
    private = [one.file for one in attachments if not one.is_picture]
    store = private_files()

    def remove() -> None:
        delete_files(public)
        for name in private:
            store.delete(name)

    transaction.on_commit(remove)
