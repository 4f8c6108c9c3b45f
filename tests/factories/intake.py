"""Lists to test with, received and read as officers bring them."""

from datetime import UTC, date, datetime
from typing import Any

from ifn.intake import actions
from ifn.intake.mapping import Wanted
from ifn.intake.models import List, Row
from ifn.jobs.running import run_due
from tests.factories.accounts import OfficerFactory
from tests.intake import files

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
STATED_ON = date(2026, 2, 1)


def upload(content: bytes, **facts: Any) -> actions.Upload:
    given: dict[str, Any] = {
        "file_name": "daftar.csv",
        "stated_on": STATED_ON,
        "source": "Dinas Sidoarjo",
    }
    return actions.Upload(content=content, **given | facts)


def received(
    content: bytes | None = None, *, actor: Any = None, at: datetime = AT, **facts: Any
) -> List:
    """Return a list that was received and read."""
    actor = actor or OfficerFactory(duties=["data"])
    made = actions.receive(upload(content or files.csv(), **facts), actor=actor, at=at)
    run_due()
    made.refresh_from_db()
    return made


def linked(content: bytes | None = None, **facts: Any) -> List:
    """Return a list whose columns were taken as guessed, and whose rows wait for decisions."""
    made = received(content, **facts)
    actions.save_mapping(made, Wanted(), actor=made.actor, at=AT)
    run_due()
    made.refresh_from_db()
    return made


def applied(content: bytes | None = None, **facts: Any) -> List:
    """Return a list of which everything that is clear was applied."""
    made = linked(content, **facts)
    actions.apply(made, actor=made.actor, at=AT)
    run_due()
    made.refresh_from_db()
    return made


def row_of(made: List, position: int) -> Row:
    """Return the row at a place of a list, as a spreadsheet counts."""
    return Row.objects.select_related("list", "business").get(list=made, position=position)
