"""Pictures of a profile: added, described, put in order, removed."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Max

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.profiles import lock, recount
from ifn.directory.models import Business, Picture
from ifn.directory.pictures import Prepared, prepare
from ifn.directory.queries import pictures_of

#: More than a visitor looks at.
MOST_PICTURES = 24
_CAPTIONS: Final = ("caption_id", "caption_en")


class TooManyPictures(Exception):  # noqa: N818
    """The profile has as many pictures as it may have."""


def add_picture(
    business: Business,
    upload: bytes,
    *,
    caption_id: str = "",
    caption_en: str = "",
    actor: User | None,
    at: datetime,
) -> Picture:
    """Store a photo in the sizes in use and put it last; sent twice, it is there once.

    Raises:
        clean.Refused: It is not a picture that can be used; the message says why.
        TooManyPictures: There are 24 already.

    """
    digest = hashlib.sha256(upload).hexdigest()
    if known := _sent_before(business, digest):
        return known
    prepared = prepare(upload)
    try:
        with stored(prepared) as base, transaction.atomic():
            picture = _append(
                business,
                Picture(
                    business=business,
                    file=base,
                    width=prepared.width,
                    height=prepared.height,
                    widths=list(prepared.widths),
                    caption_id=caption_id,
                    caption_en=caption_en,
                    added_at=at,
                    digest=digest,
                ),
            )
            recount(business, at=at)
            record("directory.picture.added", business, actor=actor, at=at, picture=picture.pk)
    except IntegrityError:
        # A second tap on "send" may have been quicker.
        if known := _sent_before(business, digest):
            return known
        raise
    return picture


@contextmanager
def stored(prepared: Prepared) -> Iterator[str]:
    """Store a picture's files under a random name and give its base; gone where the inside fails.

    It stands around the transaction: files that no row names would be kept for ever.
    """
    base = f"pictures/{secrets.token_hex(1)}/{secrets.token_hex(8)}"
    names: list[str] = []
    try:
        for suffix, content in prepared.files.items():
            names.append(default_storage.save(base + suffix, ContentFile(content)))
        yield base
    except BaseException:
        delete_files(names)
        raise


def _sent_before(business: Business, digest: str) -> Picture | None:
    return Picture.objects.filter(business=business, digest=digest).first()


@transaction.atomic
def add_drawing(  # noqa: PLR0913  # a drawing, its size, its words, and when
    business: Business,
    svg: str,
    *,
    width: int,
    height: int,
    caption_id: str,
    caption_en: str,
    at: datetime,
) -> Picture:
    """Store a drawing of the demo network; what people upload never comes this way."""
    name = default_storage.save(
        f"pictures/{secrets.token_hex(1)}/{secrets.token_hex(8)}.svg", ContentFile(svg.encode())
    )
    picture = _append(
        business,
        Picture(
            business=business,
            file=name,
            width=width,
            height=height,
            caption_id=caption_id,
            caption_en=caption_en,
            added_at=at,
        ),
    )
    recount(business, at=at)
    return picture


@transaction.atomic
def caption_pictures(
    business: Business, given: Mapping[int, tuple[str, str]], *, actor: User, at: datetime
) -> int:
    """Describe what pictures show: Indonesian and English for each, by its key.

    Returns how many were described otherwise before; the others are left alone, and so is one that
    was removed meanwhile.
    """
    lock(business)
    changed = 0
    for picture in pictures_of(business):
        before = (picture.caption_id, picture.caption_en)
        after = given.get(picture.pk, before)
        if after == before:
            continue
        picture.caption_id, picture.caption_en = after
        picture.save(update_fields=["caption_id", "caption_en"])
        record(
            "directory.picture.captioned",
            business,
            actor=actor,
            at=at,
            before=dict(zip(_CAPTIONS, before, strict=True)),
            after=dict(zip(_CAPTIONS, after, strict=True)),
        )
        changed += 1
    if changed:
        recount(business, at=at)
    return changed


@transaction.atomic
def move_picture(picture: Picture, *, to: int, actor: User, at: datetime) -> None:
    """Put a picture at another place in the row; 0 is the one that cards show.

    Raises:
        Picture.DoesNotExist: It was removed meanwhile.

    """
    lock(picture.business)
    pictures = pictures_of(picture.business)
    if picture not in pictures:
        raise Picture.DoesNotExist
    pictures.remove(picture)
    pictures.insert(max(0, to), picture)
    for position, one in enumerate(pictures):
        one.position = position
    Picture.objects.bulk_update(pictures, ["position"])
    recount(picture.business, at=at)
    record(
        "directory.picture.moved", picture.business, actor=actor, at=at, picture=picture.pk, to=to
    )


@transaction.atomic
def remove_picture(picture: Picture, *, actor: User, at: datetime) -> None:
    """Remove a picture; its files go when the change is final."""
    business, pk = picture.business, picture.pk
    lock(business)
    names = file_names(picture)
    removed, _of_each_kind = picture.delete()
    if not removed:  # somebody else was first
        return
    recount(business, at=at)
    record("directory.picture.removed", business, actor=actor, at=at, picture=pk)
    # In a large demo network several profiles show one drawing.
    if not Picture.objects.filter(file=picture.file).exists():
        transaction.on_commit(lambda: delete_files(names))


def file_names(picture: Picture) -> list[str]:
    """Return the names of all files of a picture."""
    return renditions(picture.file, picture.widths) if picture.widths else [picture.file]


def renditions(base: str, widths: Iterable[int]) -> list[str]:
    """Return the names of the files of a stored picture."""
    return [f"{base}-{width}.{kind}" for width in widths for kind in ("webp", "jpg")]


def delete_files(names: list[str]) -> None:
    """Delete stored files; one that is gone already is no fault."""
    for name in names:
        default_storage.delete(name)


def _append(business: Business, picture: Picture) -> Picture:
    lock(business)
    existing = Picture.objects.filter(business=business)
    if existing.count() >= MOST_PICTURES:
        raise TooManyPictures
    last = existing.aggregate(last=Max("position"))["last"]
    picture.position = 0 if last is None else last + 1
    picture.save(force_insert=True)
    return picture
