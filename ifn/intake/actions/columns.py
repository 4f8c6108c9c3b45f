"""A person says what the columns hold; then the rows are compared with the directory."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.intake import tasks
from ifn.intake.actions.stages import NotNow, begin, locked
from ifn.intake.mapping import Columns, Wanted, columns_of, header_digest
from ifn.intake.models import List, Reading, Row
from ifn.intake.queries import first_rows, guide_for
from ifn.regions.queries import gazetteer

State = List.State


class SameList(Exception):  # noqa: N818
    """The same file, read in the same way, is there already as ``other``."""

    def __init__(self, other: List) -> None:
        super().__init__(str(other))
        self.other = other


@transaction.atomic
def save_mapping(
    received: List,
    wanted: Wanted,
    *,
    stated_types: Mapping[str, Any] | None = None,
    region: str = "",
    actor: User | None,
    at: datetime,
) -> List:
    """Note how a list is read, remember it for its source, and compare the rows.

    Raises:
        NotNow: It is not read yet, is being worked on, or some of it is applied.
        NoHeader, UnknownColumn, UnknownField: The columns are not as the person said.
        MappingWrong: What is stated of words in type columns cannot be used.
        SameList: The same file, read in the same way, is there already.

    """
    now = map_columns(
        received, wanted, stated_types=stated_types, region=region, actor=actor, at=at
    )
    begin(now, tasks.link_list)
    return now


@transaction.atomic
def map_columns(
    received: List,
    wanted: Wanted,
    *,
    stated_types: Mapping[str, Any] | None,
    region: str,
    actor: User | None,
    at: datetime,
) -> List:
    """Note how a list is read; as ``save_mapping``, for whoever compares the rows himself."""
    now = locked(received)
    if now.state not in {State.MAPPING, State.REVIEW} or _is_begun(now):
        raise NotNow(now.state)
    columns = columns_of(first_rows(now), wanted, gazetteer())
    now.mapping, now.stated_types = columns.kept(), dict(stated_types or {})
    now.region_id = region or None
    guide_for(now)  # raises for what cannot be used
    now.recipe = _recipe(now)
    if other := _same(now):
        raise SameList(other)
    now.state = received.state = State.LINKING
    now.save(update_fields=["mapping", "stated_types", "region", "recipe", "state"])
    _remember(now, columns, at)
    record(
        "intake.list.mapped",
        now,
        actor=actor,
        at=at,
        after={"mapping": columns.said(), "region": region},
    )
    return now


def _is_begun(received: List) -> bool:
    return Row.objects.filter(list=received, state=Row.State.APPLIED).exists()


def _same(received: List) -> List | None:
    same = List.objects.filter(
        sha256=received.sha256, recipe=received.recipe, source=received.source
    )
    over = [State.WITHDRAWN, State.UNDONE, State.UNREADABLE]
    return same.exclude(pk=received.pk).exclude(state__in=over).order_by("pk").first()


def _recipe(received: List) -> str:
    """Return a digest of how the list is read; the stated meanings are part of it."""
    how = [received.sheet, received.mapping, received.stated_types, received.region_id]
    return hashlib.sha256(json.dumps(how, sort_keys=True).encode()).hexdigest()[:32]


def _remember(received: List, columns: Columns, at: datetime) -> None:
    Reading.objects.update_or_create(
        source=received.source,
        header=header_digest(columns.header),
        defaults={
            "mapping": received.mapping,
            "stated_types": received.stated_types,
            "region_id": received.region_id,
            "saved_at": at,
        },
    )
