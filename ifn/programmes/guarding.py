"""What no constraint of one row can hold, so triggers do: seats, overlaps, who was there.

On SQLite a migration that rebuilds one of these tables drops its triggers: such a migration must
call ``guard`` again (``tests/programmes/test_guards.py`` notices when it did not).
"""

from collections.abc import Sequence
from typing import Any, Final

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
_WITHOUT_SEAT: Final = """NOT EXISTS (SELECT 1 FROM programmes_registration r
    WHERE r.id = NEW.registration_id AND r.seat IS NOT NULL)"""
_OTHER_MENTOR: Final = """NEW.mentor_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM programmes_registration r JOIN programmes_mentor m ON m.batch_id = r.batch_id
    WHERE r.id = NEW.registration_id AND m.id = NEW.mentor_id)"""
_OTHER_PARTNER: Final = """NEW.partner_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM programmes_registration r JOIN programmes_partner p ON p.batch_id = r.batch_id
    WHERE r.id = NEW.registration_id AND p.id = NEW.partner_id)"""
_EITHER: Final = ("INSERT", "UPDATE")
#: What is followed up: of who has a seat, by mentors and partners of the same batch.
_FOLLOWING: Final = (
    (
        *("action_seated", "programmes_action", ("INSERT",), _WITHOUT_SEAT),
        "an action of who has no seat",
        "",
    ),
    (
        *("action_mentor", "programmes_action", _EITHER, _OTHER_MENTOR),
        "an action of a mentor of another batch",
        "",
    ),
    (
        *("action_partner", "programmes_action", _EITHER, _OTHER_PARTNER),
        "an action of a partner of another batch",
        "",
    ),
    (
        *("visit_seated", "programmes_visit", ("INSERT",), _WITHOUT_SEAT),
        "a visit to who has no seat",
        "",
    ),
    (
        *("visit_mentor", "programmes_visit", _EITHER, _OTHER_MENTOR),
        "a visit of a mentor of another batch",
        "",
    ),
    (
        *("mentorship_in_batch", "programmes_mentorship", _EITHER, _OTHER_MENTOR),
        "a mentor of another batch",
        "",
    ),
)


def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of seats, sessions, attendance; for a migration."""
    _create(_RULES, editor)


def guard_following(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of action plans and visits; for a migration."""
    _create(_FOLLOWING, editor)


def _create(rules: Sequence[Any], editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, events, wrong, says, holds in rules:
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
    _remove(_RULES, editor)


def release_following(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of action plans and visits away."""
    _remove(_FOLLOWING, editor)


def _remove(rules: Sequence[Any], editor: BaseDatabaseSchemaEditor) -> None:
    for name, _table, events, *_rest in rules:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION IF EXISTS programmes_{name}() CASCADE", params=None)
            continue
        for event in events:
            editor.execute(f"DROP TRIGGER IF EXISTS programmes_{name}_{event.lower()}", params=None)
