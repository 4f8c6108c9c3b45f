"""What no constraint of one row can hold, so triggers do: seats, overlaps, who was there.

On SQLite a migration that rebuilds one of these tables drops its triggers: such a migration must
call ``guard`` again (``tests/programmes/test_guards.py`` notices when it did not).
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_OVERLAPS: Final = """EXISTS (SELECT 1 FROM programmes_session o
    WHERE o.batch_id = NEW.batch_id AND o.id <> NEW.id
    AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at
    AND (o.mentor_id = NEW.mentor_id OR (o.place <> '' AND lower(o.place) = lower(NEW.place))))"""
_OVER_QUOTA: Final = """NEW.seat IS NOT NULL
    AND NEW.seat > (SELECT quota FROM programmes_batch WHERE id = NEW.batch_id)"""
_BELOW_SEATS: Final = """EXISTS (SELECT 1 FROM programmes_registration r
    WHERE r.batch_id = NEW.id AND r.seat > NEW.quota)"""
_NOT_ADMITTED: Final = """NOT EXISTS (SELECT 1 FROM programmes_registration r
    JOIN programmes_session s ON s.batch_id = r.batch_id
    WHERE r.id = NEW.registration_id AND s.id = NEW.session_id AND r.seat IS NOT NULL)"""
_NEVER_THERE: Final = """NOT EXISTS (SELECT 1 FROM programmes_attendance a
    WHERE a.registration_id = NEW.registration_id)"""
#: Name, table, events, what must not be, what is said, and what PostgreSQL holds meanwhile.
_RULES: Final = (
    (
        *("session_apart", "programmes_session", ("INSERT", "UPDATE"), _OVERLAPS),
        "sessions of a batch overlap for a mentor or place",
        "PERFORM 1 FROM programmes_batch WHERE id = NEW.batch_id FOR UPDATE;",
    ),
    (
        *("seat_in_quota", "programmes_registration", ("INSERT", "UPDATE"), _OVER_QUOTA),
        "a seat beyond the quota",
        "PERFORM 1 FROM programmes_batch WHERE id = NEW.batch_id FOR SHARE;",
    ),
    (
        *("quota_over_seats", "programmes_batch", ("UPDATE",), _BELOW_SEATS),
        "a quota below the seats that are taken",
        "",
    ),
    (
        *("attendance_admitted", "programmes_attendance", ("INSERT",), _NOT_ADMITTED),
        "attendance of who has no seat",
        "",
    ),
    (
        *("certificate_attended", "programmes_certificate", ("INSERT",), _NEVER_THERE),
        "a certificate for who was at no session",
        "",
    ),
)


def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers; for a migration."""
    for name, table, events, wrong, says, holds in _RULES:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"""CREATE FUNCTION programmes_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN {holds} IF {wrong} THEN
                RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation'; END IF;
                RETURN NEW; END $$""",
                params=None,
            )
            editor.execute(
                f"CREATE TRIGGER programmes_{name} BEFORE {' OR '.join(events)} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION programmes_{name}()",
                params=None,
            )
            continue
        for event in events:
            editor.execute(
                f"CREATE TRIGGER programmes_{name}_{event.lower()} BEFORE {event} ON {table} "
                f"WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{says}'); END",
                params=None,
            )


def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; for a migration that goes back, or before a table is rebuilt."""
    for name, _table, events, *_rest in _RULES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION IF EXISTS programmes_{name}() CASCADE", params=None)
            continue
        for event in events:
            editor.execute(f"DROP TRIGGER IF EXISTS programmes_{name}_{event.lower()}", params=None)
