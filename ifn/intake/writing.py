"""Write many rows of a list quickly: one prepared statement for all of them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from ifn.intake.models import Row


def update_rows(names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write these fields of rows that are there already; one statement, prepared once."""
    fields: list[Any] = [Row._meta.get_field(name) for name in names]
    table: Final = connection.ops.quote_name(Row._meta.db_table)
    settings = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    values = [
        [
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
            row.pk,
        ]
        for row in rows
    ]
    if not values:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {settings} WHERE id = %s",  # noqa: S608  # own names
            values,
        )
