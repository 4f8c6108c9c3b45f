"""The database's own refusal to change what a version asks once firms were asked with it.

The one way around it is the audit's: inside ``ifn.audit.protection.upkeep``, as for emptying a
database or taking the demo network away. On SQLite, a migration that rebuilds the table drops the
triggers: such a migration must freeze it again (a test notices when it did not).
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLE = "assessments_instrumentversion"
_FROZEN = ("content", "digest", "comparable", "lines", "number", "instrument_id")
_SQLITE = (
    """CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table}
    WHEN OLD.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM audit_upkeep)
    AND (NEW.state = 'draft' OR {changed})
    BEGIN SELECT RAISE(ABORT, 'a version in use is frozen'); END""",
    """CREATE TRIGGER {table}_stays BEFORE DELETE ON {table}
    WHEN OLD.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM audit_upkeep)
    BEGIN SELECT RAISE(ABORT, 'a version in use is frozen'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM audit_upkeep) THEN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'a version in use is frozen'
                USING ERRCODE = 'integrity_constraint_violation';
        ELSIF NEW.state = 'draft' OR {changed} THEN
            RAISE EXCEPTION 'a version in use is frozen'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$""",
    """CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_frozen()""",
)
_MADE = {"sqlite": (_SQLITE, "IS NOT"), "postgresql": (_POSTGRESQL, "IS DISTINCT FROM")}
_ENDED = {
    "sqlite": ("DROP TRIGGER {table}_frozen", "DROP TRIGGER {table}_stays"),
    "postgresql": ("DROP FUNCTION {table}_frozen() CASCADE",),
}


def freeze(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Guard the versions; for a migration."""
    statements, differs = _MADE[editor.connection.vendor]
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in _FROZEN)
    for statement in statements:
        editor.execute(statement.format(table=_TABLE, changed=changed), params=None)


def thaw(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guard away; for a migration that goes back."""
    for statement in _ENDED[editor.connection.vendor]:
        editor.execute(statement.format(table=_TABLE), params=None)
