"""Queries of hot pages, put into SQL once per process.

Django builds the SQL of a query anew each time; for a row of forty columns that costs several times
what the database takes to answer. What is prepared here is the same SQL, and rows become the same
objects.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from ifn.directory.models import Business

_LISTINGS: Final = "SELECT business_id, content FROM directory_listing WHERE business_id IN ({})"


def business_numbered(number: str) -> Business | None:
    """Return the profile of a public number, listed or not."""
    sql, names, converters = _by_number(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [number])
        row = cursor.fetchone()
    if row is None:
        return None
    values: list[Any] = list(row)
    for place, convert, expression in converters:
        for one in convert:
            values[place] = one(values[place], expression, connection)
    return Business.from_db(connection.alias, names, values)


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


@lru_cache(maxsize=2)
def _by_number(_vendor: str) -> tuple[str, list[str], list[tuple[int, list[Any], Any]]]:
    """Return the SQL, the fields in its order, and what makes Python values of its columns."""
    query = Business.objects.filter(number="").query
    compiler = query.get_compiler(connection=connection)
    sql, _parameters = compiler.as_sql()
    names = [field.attname for field in Business._meta.concrete_fields]
    expressions = [column[0] for column in compiler.select]
    converters = [(place, *found) for place, found in compiler.get_converters(expressions).items()]
    return sql, names, converters
