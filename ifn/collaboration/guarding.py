"""What no constraint of one row can hold, so triggers do.

Criteria and conditions stand still once a call opens; terms are never rewritten; who has a conflict
gives no points; stages follow each other; pairs add up; nothing is published without every yes. The
one way around what stands still is the audit's: inside ``ifn.audit.protection.upkeep``, as for
taking the demo network away. On SQLite a migration that rebuilds one of these tables drops its
triggers: it must call ``guard`` again (``tests/collaboration/test_guards.py`` notices).
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ifn import triggers
from ifn.triggers import Keeping, Rule

_NO_UPKEEP: Final = "NOT EXISTS (SELECT 1 FROM audit_upkeep)"


def _opened(row: str) -> str:
    return f"""{_NO_UPKEEP} AND EXISTS (SELECT 1 FROM collaboration_call c
        WHERE c.id = {row}.call_id AND c.state NOT IN ('draft', 'review', 'refused'))"""  # noqa: S608  # names of our own


_STILL: Final = tuple(
    Rule(
        f"collaboration_{name}_{suffix}",
        f"collaboration_{name}",
        _opened(row),
        "what an open call states stands still",
        events,
    )
    for name in ("criterion", "callrole")
    for suffix, row, events in (
        ("still", "NEW", triggers.EITHER),
        ("stays", "OLD", ("DELETE",)),
    )
)
_CALLS: Final = (
    *_STILL,
    Rule(
        "collaboration_terms_still",
        "collaboration_callterms",
        f"{_NO_UPKEEP} AND (OLD.text_id <> NEW.text_id OR OLD.text_en <> NEW.text_en"
        " OR OLD.number <> NEW.number OR OLD.call_id <> NEW.call_id)",
        "terms are never rewritten",
        ("UPDATE",),
    ),
    Rule(
        "collaboration_application_of_call",
        "collaboration_application",
        """NOT EXISTS (SELECT 1 FROM collaboration_callrole r
        JOIN collaboration_callterms t ON t.call_id = r.call_id
        WHERE r.id = NEW.wanted_id AND t.id = NEW.terms_id AND r.call_id = NEW.call_id)""",
        "role or terms of another call",
    ),
    Rule(
        "collaboration_application_terms",
        "collaboration_application",
        """NEW.state = 'chosen' AND EXISTS (SELECT 1 FROM collaboration_callterms t
        WHERE t.call_id = NEW.call_id AND t.number >
        (SELECT number FROM collaboration_callterms WHERE id = NEW.terms_id))""",
        "chosen under terms that were not accepted",
    ),
    Rule(
        "collaboration_conflict_of_call",
        "collaboration_conflict",
        """NOT EXISTS (SELECT 1 FROM collaboration_evaluator e
        JOIN collaboration_application a ON a.call_id = e.call_id
        WHERE e.id = NEW.evaluator_id AND a.id = NEW.application_id)""",
        "a conflict with an application to another call",
    ),
    Rule(
        "collaboration_score_fair",
        "collaboration_score",
        """EXISTS (SELECT 1 FROM collaboration_conflict c
        WHERE c.evaluator_id = NEW.evaluator_id AND c.application_id = NEW.application_id)
        OR NOT EXISTS (SELECT 1 FROM collaboration_evaluator e
        JOIN collaboration_application a ON a.call_id = e.call_id
        JOIN collaboration_criterion k ON k.call_id = e.call_id
        WHERE e.id = NEW.evaluator_id AND e.declared_at IS NOT NULL
        AND a.id = NEW.application_id AND k.id = NEW.criterion_id)""",
        "points of who has a conflict, did not declare, or judges another call",
    ),
)
_PROJECTS: Final = (
    Rule(
        "collaboration_stage_order",
        "collaboration_stage",
        """NEW.state IN ('running', 'done') AND EXISTS (SELECT 1 FROM collaboration_stage s
        WHERE s.project_id = NEW.project_id AND s.place < NEW.place
        AND (s.state = 'planned' OR (NEW.state = 'done' AND s.state = 'running')))""",
        "an earlier stage comes first",
        holds="PERFORM 1 FROM collaboration_project WHERE id = NEW.project_id FOR UPDATE;",
    ),
    *(
        Rule(
            f"collaboration_{table}_{column}_same",
            f"collaboration_{table}",
            f"""NEW.{column}_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM collaboration_{other} o
            WHERE o.id = NEW.{column}_id AND o.project_id = NEW.project_id)""",  # noqa: S608  # names of our own
            "of another project",
        )
        for table, column, other in (
            ("milestone", "owner", "projectpartner"),
            ("milestone", "stage", "stage"),
            ("risk", "waits_on", "projectpartner"),
            ("productionbatch", "made_by", "projectpartner"),
            ("impact", "partner", "projectpartner"),
        )
    ),
)


def _count(row: str, sign: str) -> str:
    """Return the statement that adds a line to the counts of its size, or takes it away."""
    changed = ", ".join(
        f"{name} = {name} {sign} {row}.{column}"
        for name, column in (("allocated", "quantity"), ("handed", "handed"))
    )
    return f"UPDATE collaboration_batchsize SET {changed} WHERE id = {row}.size_id;"  # noqa: S608  # names of our own


_SAME_SIZE: Final = """UPDATE collaboration_batchsize
    SET allocated = allocated + NEW.quantity - OLD.quantity,
    handed = handed + NEW.handed - OLD.handed WHERE id = NEW.size_id;"""
_BATCHES: Final = (
    Rule(
        "collaboration_line_of_batch",
        "collaboration_allocationline",
        """NOT EXISTS (SELECT 1 FROM collaboration_allocation a
        JOIN collaboration_batchsize s ON s.batch_id = a.batch_id
        WHERE a.id = NEW.allocation_id AND s.id = NEW.size_id)""",
        "a size of another batch",
    ),
    Rule(
        "collaboration_line_keeps_size",
        "collaboration_allocationline",
        "OLD.size_id <> NEW.size_id OR OLD.allocation_id <> NEW.allocation_id",
        "a line keeps its size",
        ("UPDATE",),
    ),
    Keeping(
        "collaboration_line_counts",
        "collaboration_allocationline",
        (
            ("INSERT", _count("NEW", "+")),
            ("UPDATE", _SAME_SIZE),
            ("DELETE", _count("OLD", "-")),
        ),
    ),
)
_RELEASES: Final = (
    Rule(
        "collaboration_release_begins",
        "collaboration_release",
        "NEW.state = 'published'",
        "published before anybody was asked",
        ("INSERT",),
    ),
    Rule(
        "collaboration_release_agreed",
        "collaboration_release",
        """NEW.state = 'published'
        AND (OLD.state <> 'published' OR OLD.text_version <> NEW.text_version)
        AND EXISTS (SELECT 1 FROM collaboration_projectpartner p
        WHERE p.project_id = NEW.project_id AND p.state = 'accepted'
        AND NOT EXISTS (SELECT 1 FROM collaboration_releaseconsent c
        WHERE c.release_id = NEW.id AND c.partner_id = p.id AND c.state = 'agreed'
        AND c.text_version = NEW.text_version))""",
        "published without the yes of every partner",
        ("UPDATE",),
    ),
    Rule(
        "collaboration_consent_of_project",
        "collaboration_releaseconsent",
        """NOT EXISTS (SELECT 1 FROM collaboration_release r
        JOIN collaboration_projectpartner p ON p.project_id = r.project_id
        WHERE r.id = NEW.release_id AND p.id = NEW.partner_id)""",
        "of another project",
    ),
)
RULES: Final[tuple[Rule | Keeping, ...]] = (*_CALLS, *_PROJECTS, *_BATCHES, *_RELEASES)


def guard(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers; for a migration."""
    triggers.create(RULES, editor)


def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away; for a migration that goes back, or before a table is rebuilt."""
    triggers.remove(RULES, editor)
