"""Add to the record of who did what.

Call these inside the transaction of the change itself, so that both are there or neither.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.crypto import salted_hmac

from ifn.audit.models import Entry, name_of

BATCH = 500
ENCODER = DjangoJSONEncoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line for ``record_many``; the fields mean what they mean in ``record``."""

    event: str
    subject: models.Model
    reason: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


def record(  # noqa: PLR0913  # who, what, when, why, before and after make an entry
    event: str,
    subject: models.Model,
    *,
    actor: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **details: Any,
) -> Entry:
    """Note that actor did event to subject, and how its fields stood before and after.

    Only fields that differ are kept. A model names the fields that hold personal data in a class
    attribute ``audit_private``; of those the entry keeps a keyed digest, enough to see that a value
    changed and whether two values are the same, and no more. ``details`` are kept as given: never
    put personal data there. ``actor`` is ``None`` when the platform itself acted.
    """
    entry = _entry(
        Happening(
            event=event,
            subject=subject,
            reason=reason,
            before=before or {},
            after=after or {},
            details=details,
        ),
        actor=actor,
        at=at,
    )
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def record_many(
    happenings: Iterable[Happening], *, actor: AbstractBaseUser | None, at: datetime
) -> int:
    """Note many things at once, as a load does, and return how many; memory stays bounded."""
    entries = (_entry(happening, actor=actor, at=at) for happening in happenings)
    written = 0
    while batch := list(islice(entries, BATCH)):
        Entry.objects.bulk_create(batch)
        written += len(batch)
    return written


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], *, private: Collection[str] = ()
) -> dict[str, list[Any]]:
    """Return ``{field: [before, after]}`` of the fields that differ, safe to store as JSON.

    A field that one side lacks counts as ``None`` there. Fields named in ``private`` are masked.
    """
    found: dict[str, list[Any]] = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new or (pair := [encoded(old), encoded(new)])[0] == pair[1]:
            continue
        found[name] = [masked(value) for value in pair] if name in private else pair
    return found


def masked(value: Any) -> Any:
    """Return a keyed digest in place of a value; nothing stays nothing.

    The key is the installation's secret: phone numbers are few enough to try them all against a
    plain digest.
    """
    if value in (None, "", [], {}):
        return value
    plain = value if isinstance(value, str) else ENCODER.encode(value)
    return {"masked": salted_hmac("ifn.audit", plain, algorithm="sha256").hexdigest()[:16]}


def encoded(value: Any) -> Any:
    """Return a value as JSON has it: text, numbers, lists, plain objects.

    Rows become their primary keys, files their names, sets sorted lists, dates and decimals text.
    """
    match value:
        case Mapping():
            return {_storable(str(key)): encoded(part) for key, part in value.items()}
        case set() | frozenset():
            return sorted((encoded(part) for part in value), key=str)
        case list() | tuple() | models.QuerySet():
            return [encoded(part) for part in value]
        case models.Model():
            return encoded(value.pk)
        case _:
            return _encoded_scalar(value)


def _encoded_scalar(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case str() | float() | FieldFile():
            return _storable(str(value))
        case _:
            return _storable(str(ENCODER.default(value)))


def _storable(text: str) -> str:
    # PostgreSQL's text and jsonb take neither NUL nor lone surrogates.
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _entry(happening: Happening, *, actor: AbstractBaseUser | None, at: datetime) -> Entry:
    private: frozenset[str] = getattr(type(happening.subject), "audit_private", frozenset())
    return Entry(
        event=happening.event,
        subject=name_of(happening.subject),
        actor_id=actor.pk if actor else None,
        happened_at=at,
        reason=_storable(happening.reason),
        changes=changes(happening.before, happening.after, private=private),
        details=encoded(happening.details),
    )
