"""Counts of batches that the database keeps of itself, so that a sum over all reads no receipts.

One row a batch: made and handed out from its sizes, receipts, and orders of more. A batch gets its
row with its first size.
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ifn import triggers
from ifn.triggers import Keeping

_TALLY: Final = "collaboration_batchtally"
_OF_ALLOCATION: Final = (
    "(SELECT batch_id FROM collaboration_allocation WHERE id = {row}.allocation_id)"
)


def _add(column: str, row: str, sign: str) -> str:
    of = _OF_ALLOCATION.format(row=row)
    return f"UPDATE {_TALLY} SET {column} = {column} {sign} 1 WHERE batch_id = {of};"  # noqa: S608  # names of our own


_SIZES: Final = Keeping(
    "collaboration_tally_sizes",
    "collaboration_batchsize",
    (
        (
            "INSERT",
            f"""INSERT INTO {_TALLY} (batch_id, made, handed, receipts, reorders)
            VALUES (NEW.batch_id, NEW.made, NEW.handed, 0, 0)
            ON CONFLICT (batch_id) DO UPDATE SET made = {_TALLY}.made + excluded.made,
            handed = {_TALLY}.handed + excluded.handed;""",  # noqa: S608  # names of our own
        ),
        (
            "UPDATE",
            f"""UPDATE {_TALLY} SET made = made + NEW.made - OLD.made,
            handed = handed + NEW.handed - OLD.handed WHERE batch_id = NEW.batch_id;""",  # noqa: S608  # names of our own
        ),
        (
            "DELETE",
            f"""UPDATE {_TALLY} SET made = made - OLD.made, handed = handed - OLD.handed
            WHERE batch_id = OLD.batch_id;""",  # noqa: S608  # names of our own
        ),
    ),
)
RULES: Final = (
    _SIZES,
    *(
        Keeping(
            f"collaboration_tally_{column}",
            f"collaboration_{table}",
            (("INSERT", _add(column, "NEW", "+")), ("DELETE", _add(column, "OLD", "-"))),
        )
        for column, table in (("receipts", "receipt"), ("reorders", "reorder"))
    ),
)


def begin(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers; for a migration."""
    triggers.create(RULES, editor)


def end(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; for a migration that goes back, or before a table is rebuilt."""
    triggers.remove(RULES, editor)
