"""Insert many rows quickly: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import connection, models

#: Values of these fields go to the database as they are.
PLAIN = (models.IntegerField, models.CharField, models.ForeignKey, models.FloatField)


def copy_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows given as plain values of the named fields; every column but the key is named.

    Django's bulk insert makes an object for each row and one statement with a parameter for every
    value, which for rows of few columns costs more than the insert itself. Constraints hold as
    always; keys are not read back.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    values = [list(row) for row in rows]
    for place, field in enumerate(fields):
        if isinstance(field, PLAIN):
            continue
        convert: Callable[[Any], Any] = partial(field.get_db_prep_save, connection=connection)
        if isinstance(field, models.DateField):  # and moments: thousands of rows share a few
            convert = lru_cache(maxsize=1_000)(convert)
        for row in values:
            row[place] = convert(row[place])
    if not values:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  # own names
                values,
            )
