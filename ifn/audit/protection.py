"""The database's own refusal to change or remove what is append-only, and the one way around it.

Triggers refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE on a guarded table while the table
``audit_upkeep`` is empty. ``upkeep`` puts a line there and takes it away again in one transaction,
so nobody else ever sees the door open. On SQLite, a migration that rebuilds ``audit_entry`` drops
its triggers: such a migration must guard it again (a test notices when it did not).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

UPKEEP = "CREATE TABLE audit_upkeep (purpose varchar(80) NOT NULL)"
Change = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_SQLITE = (
    """CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}
    WHEN NOT EXISTS (SELECT 1 FROM audit_upkeep)
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
    """CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}
    WHEN NOT EXISTS (SELECT 1 FROM audit_upkeep)
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
    # INSERT OR REPLACE removes the old row without asking the trigger on DELETE.
    """CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION {table}_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_upkeep) THEN
        RAISE EXCEPTION '{table} is append-only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$""",
    """CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_refuses()""",
    """CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuses()""",
)
_GUARDS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_ENDS = {
    "sqlite": (
        "DROP TRIGGER {table}_refuses_update",
        "DROP TRIGGER {table}_refuses_delete",
        "DROP TRIGGER {table}_refuses_replace",
    ),
    "postgresql": ("DROP FUNCTION {table}_refuses() CASCADE",),
}


def guarding(table: str) -> tuple[Change, Change]:
    """Return what makes a table append-only, and what undoes it; for a migration of any room."""

    def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _GUARDS[editor.connection.vendor]:
            editor.execute(statement.format(table=table), params=None)

    def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _ENDS[editor.connection.vendor]:
            editor.execute(statement.format(table=table), params=None)

    return guard, release


def protect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the upkeep table and guard the audit entries; for a migration."""
    editor.execute(UPKEEP, params=None)
    guarding("audit_entry")[0](apps, editor)


def unprotect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard and the upkeep table away; for a migration that goes back."""
    guarding("audit_entry")[1](apps, editor)
    editor.execute("DROP TABLE audit_upkeep", params=None)


@contextmanager
def upkeep(purpose: str, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let entries be removed inside the block, for retention or for emptying a database."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("INSERT INTO audit_upkeep (purpose) VALUES (%s)", [purpose])
        yield
        cursor.execute("DELETE FROM audit_upkeep")
