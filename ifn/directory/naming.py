"""Lists that name profiles read of each what names it and leads to it, not all that it says.

Django writes the SQL of a question anew each time, column by column: three profiles of fifty
columns in one row cost a list more than everything that the database does for it.
"""

from functools import lru_cache
from typing import Any, Final, TypeVar

from django.db.models import QuerySet

from ifn.directory.models import Business

Rows = TypeVar("Rows", bound=QuerySet[Any])
#: What is read; anything else of such a profile costs a query of its own.
NAMED: Final = frozenset(
    {"id", "number", "slug", "name", "kind", "status", "region", "merged_into", "is_demo"}
)


def only_named(rows: Rows, *paths: str) -> Rows:
    """Read of the profiles at these paths, which are joined already, only what names them."""
    return rows.defer(*(name for path in paths for name in _left_out(path)))


@lru_cache(maxsize=64)
def _left_out(path: str) -> tuple[str, ...]:
    fields = (field.name for field in Business._meta.concrete_fields)
    return tuple(f"{path}__{name}" for name in fields if name not in NAMED)
