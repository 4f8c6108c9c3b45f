"""What profiles and their cards ask on every page."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

from ifn.directory.models import Business
from ifn.prepared import Prepared, Slot

_LISTINGS: Final = "SELECT business_id, content FROM directory_listing WHERE business_id IN ({})"
_BY_NUMBER: Final = Prepared(lambda: Business.objects.filter(number=Slot("number")))


def business_numbered(number: str) -> Business | None:
    """Return the profile of a public number, listed or not."""
    return next(iter(_BY_NUMBER.objects(number=number)), None)


def listing_contents(pks: Sequence[int]) -> dict[int, Any]:
    """Return the read model's rows of these profiles by key."""
    if not pks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LISTINGS.format(", ".join(["%s"] * len(pks))), list(pks))
        return {pk: json.loads(content) for pk, content in cursor.fetchall()}


def moment(text: str) -> datetime:
    """Return a moment that the database gave as text; SQLite keeps it without its zone."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
