"""Insert many rows quickly: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Sequence

from django.db import connection, models


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model; their keys are not read back. Constraints hold as always.

    Django's bulk insert builds one statement with a parameter for every value, which for rows of
    few columns costs more than the insert itself.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField)
    ]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    values = [
        tuple(
            field.get_db_prep_save(getattr(row, field.attname), connection=connection)
            for field in fields
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  # own names
                values,
            )
