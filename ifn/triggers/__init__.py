"""Rules that no constraint of one row can hold, kept by the database as triggers; for migrations.

On SQLite a migration that rebuilds a table drops its triggers: such a migration must create them
again (each room has a test that notices when one did not).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Event = Literal["INSERT", "UPDATE", "DELETE"]
EITHER: Final[tuple[Event, ...]] = ("INSERT", "UPDATE")


@dataclass(frozen=True, slots=True)
class Rule:
    """What must never be true of a row that is written: in SQL over ``NEW`` (``OLD`` on DELETE)."""

    name: str
    table: str
    wrong: str
    #: What the database says then.
    says: str
    events: tuple[Event, ...] = EITHER
    #: What PostgreSQL does before, as to hold a row others count on.
    holds: str = ""

    def create(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Create the triggers of the rule."""
        last = "OLD" if self.events == ("DELETE",) else "NEW"
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"""CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN {self.holds} IF {self.wrong} THEN
                RAISE EXCEPTION '{self.says}' USING ERRCODE = 'check_violation'; END IF;
                RETURN {last}; END $$""",
                params=None,
            )
            editor.execute(
                f"CREATE TRIGGER {self.name} BEFORE {' OR '.join(self.events)} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
                params=None,
            )
            return
        for event in self.events:
            editor.execute(
                f"CREATE TRIGGER {self.name}_{event.lower()} BEFORE {event} ON {self.table} "
                f"WHEN {self.wrong} BEGIN SELECT RAISE(ABORT, '{self.says}'); END",
                params=None,
            )

    def remove(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Take the triggers of the rule away."""
        _drop(self.name, self.events, editor)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the database does of itself after a row is written: statements by event."""

    name: str
    table: str
    does: tuple[tuple[Event, str], ...]

    def create(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Create a trigger for each event."""
        for event, statements in self.does:
            name = f"{self.name}_{event.lower()}"
            if editor.connection.vendor == "postgresql":
                editor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                    f"BEGIN {statements} RETURN NULL; END $$",
                    params=None,
                )
                editor.execute(
                    f"CREATE TRIGGER {name} AFTER {event} ON {self.table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {name}()",
                    params=None,
                )
            else:
                editor.execute(
                    f"CREATE TRIGGER {name} AFTER {event} ON {self.table} BEGIN {statements} END",
                    params=None,
                )

    def remove(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Take the triggers away."""
        for event, _statements in self.does:
            name = f"{self.name}_{event.lower()}"
            if editor.connection.vendor == "postgresql":
                editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
            else:
                editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def create(rules: Iterable[Rule | Keeping], editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of these rules."""
    for rule in rules:
        rule.create(editor)


def remove(rules: Iterable[Rule | Keeping], editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of these rules away."""
    for rule in rules:
        rule.remove(editor)


def _drop(name: str, events: Iterable[Event], editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
        return
    for event in events:
        editor.execute(f"DROP TRIGGER IF EXISTS {name}_{event.lower()}", params=None)
