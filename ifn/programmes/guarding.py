"""What no constraint of one row can hold, so triggers do: seats, overlaps, who was there.

On SQLite a migration that rebuilds one of these tables drops its triggers: such a migration must
call ``guard`` again (``tests/programmes/test_guards.py`` notices when it did not).
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ifn import triggers
from ifn.triggers import Rule

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
_RULES: Final = (
    Rule(
        "programmes_session_apart",
        "programmes_session",
        _OVERLAPS,
        "sessions of a batch overlap for a mentor or place",
        holds="PERFORM 1 FROM programmes_batch WHERE id = NEW.batch_id FOR UPDATE;",
    ),
    Rule(
        "programmes_seat_in_quota",
        "programmes_registration",
        _OVER_QUOTA,
        "a seat beyond the quota",
        holds="PERFORM 1 FROM programmes_batch WHERE id = NEW.batch_id FOR SHARE;",
    ),
    Rule(
        "programmes_quota_over_seats",
        "programmes_batch",
        _BELOW_SEATS,
        "a quota below the seats that are taken",
        ("UPDATE",),
    ),
    Rule(
        "programmes_attendance_admitted",
        "programmes_attendance",
        _NOT_ADMITTED,
        "attendance of who has no seat",
        ("INSERT",),
    ),
    Rule(
        "programmes_certificate_attended",
        "programmes_certificate",
        _NEVER_THERE,
        "a certificate for who was at no session",
        ("INSERT",),
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
#: What is followed up: of who has a seat, by mentors and partners of the same batch.
_FOLLOWING: Final = (
    Rule(
        "programmes_action_seated",
        "programmes_action",
        _WITHOUT_SEAT,
        "an action of who has no seat",
        ("INSERT",),
    ),
    Rule(
        "programmes_action_mentor",
        "programmes_action",
        _OTHER_MENTOR,
        "an action of a mentor of another batch",
    ),
    Rule(
        "programmes_action_partner",
        "programmes_action",
        _OTHER_PARTNER,
        "an action of a partner of another batch",
    ),
    Rule(
        "programmes_visit_seated",
        "programmes_visit",
        _WITHOUT_SEAT,
        "a visit to who has no seat",
        ("INSERT",),
    ),
    Rule(
        "programmes_visit_mentor",
        "programmes_visit",
        _OTHER_MENTOR,
        "a visit of a mentor of another batch",
    ),
    Rule(
        "programmes_mentorship_in_batch",
        "programmes_mentorship",
        _OTHER_MENTOR,
        "a mentor of another batch",
    ),
)


def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of seats, sessions, attendance; for a migration."""
    triggers.create(_RULES, editor)


def guard_following(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of action plans and visits; for a migration."""
    triggers.create(_FOLLOWING, editor)


def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; for a migration that goes back, or before a table is rebuilt."""
    triggers.remove(_RULES, editor)


def release_following(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of action plans and visits away."""
    triggers.remove(_FOLLOWING, editor)
