"""Questions that SQLite answers by an index over a few states alone.

It takes such an index only where the same states stand in the question themselves: values that are
handed over beside it are unknown when it chooses.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Expression
from django.db.models.sql.compiler import SQLCompiler


class _Written(Expression):
    """A word of ours, which stands in the question itself."""

    def __init__(self, word: str) -> None:
        super().__init__(output_field=CharField())
        if not word.isidentifier():
            raise ValueError(word)
        self.word = str(word)

    def as_sql(
        self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        return f"'{self.word}'", ()


def as_written(states: Iterable[str]) -> list[_Written]:
    """Return states so that they stand in the question themselves."""
    return [_Written(word) for word in states]
