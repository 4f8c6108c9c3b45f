"""The database's own refusal to change or remove an audit entry, and the one way around it.

Triggers refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE on the entries' table while the table
``audit_upkeep`` is empty. ``upkeep`` puts a line there and takes it away again in one transaction,
so nobody else ever sees the door open. On SQLite, a migration that rebuilds ``audit_entry`` drops
its triggers: such a migration must run ``protect`` again (a test notices when it did not).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

UPKEEP = "CREATE TABLE audit_upkeep (purpose varchar(80) NOT NULL)"
SQLITE = [
    UPKEEP,
    """CREATE TRIGGER audit_entry_refuses_update BEFORE UPDATE ON audit_entry
    WHEN NOT EXISTS (SELECT 1 FROM audit_upkeep)
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END""",
    """CREATE TRIGGER audit_entry_refuses_delete BEFORE DELETE ON audit_entry
    WHEN NOT EXISTS (SELECT 1 FROM audit_upkeep)
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END""",
    # INSERT OR REPLACE removes the old row without asking the trigger on DELETE.
    """CREATE TRIGGER audit_entry_refuses_replace BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END""",
]
POSTGRESQL = [
    UPKEEP,
    """CREATE FUNCTION audit_entry_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_upkeep) THEN
        RAISE EXCEPTION 'audit entries are append-only'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$""",
    """CREATE TRIGGER audit_entry_refuses_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuses()""",
    """CREATE TRIGGER audit_entry_refuses_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuses()""",
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REVERSAL = {
    "sqlite": [
        "DROP TRIGGER audit_entry_refuses_update",
        "DROP TRIGGER audit_entry_refuses_delete",
        "DROP TRIGGER audit_entry_refuses_replace",
        "DROP TABLE audit_upkeep",
    ],
    "postgresql": ["DROP FUNCTION audit_entry_refuses() CASCADE", "DROP TABLE audit_upkeep"],
}


def protect(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers; for a migration."""
    for statement in STATEMENTS[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unprotect(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; for a migration that goes back."""
    for statement in REVERSAL[editor.connection.vendor]:
        editor.execute(statement, params=None)


@contextmanager
def upkeep(purpose: str, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let entries be removed inside the block, for retention or for emptying a database."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("INSERT INTO audit_upkeep (purpose) VALUES (%s)", [purpose])
        yield
        cursor.execute("DELETE FROM audit_upkeep")
