"""Notes, written once, and risks, which are raised and over."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.holding import TooMany, hold, hold_living
from ifn.collaboration.actions.milestones import OfAnother
from ifn.collaboration.actions.telling_projects import tell_note
from ifn.collaboration.models import Note, Project, ProjectPartner, Risk

MOST_NOTES: Final = 1000
MOST_RISKS: Final = 60


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes a note: a person with an account, or a partner or guest by link, by name."""

    person: User | None = None
    name: str = ""


@transaction.atomic
def write_note(  # noqa: PLR0913  # what, of which day, under which key, and who says so
    project: Project,
    kind: str,
    text: str,
    *,
    on: date,
    key: UUID,
    writer: Writer,
    at: datetime,
) -> Note:
    """Write a note; it is never rewritten. Sent twice under one key, it is there once.

    After the project is over something may still be said of it.

    Raises:
        TooMany: There are a thousand notes.

    """
    held = hold(project)
    if found := Note.objects.filter(key=key, project=held).first():
        return found
    if Note.objects.filter(project=held).count() >= MOST_NOTES:
        raise TooMany
    one = Note.objects.create(
        project=held,
        kind=kind,
        text=text,
        on=on,
        at=at,
        person=writer.person,
        by="" if writer.person else writer.name,
        key=key,
    )
    record("collaboration.note.written", one, actor=writer.person, at=at, project=held.code)
    tell_note(one, held, besides=writer.person, at=at)
    return one


@transaction.atomic
def raise_risk(  # noqa: PLR0913  # what, how grave, on whom it waits, what is done, who says so
    project: Project,
    what: str,
    *,
    gravity: int,
    waits_on: int | None = None,
    plan: str = "",
    key: UUID,
    actor: User | None,
    at: datetime,
) -> Risk:
    """Say what may go wrong or stands still; sent twice under one key, it is there once.

    Raises:
        Closed: The project is completed or stopped.
        OfAnother: On whom it waits takes no part in this project.
        TooMany: There are sixty risks that are not over.

    """
    held = hold_living(project)
    if found := Risk.objects.filter(key=key, project=held).first():
        return found
    if Risk.objects.filter(project=held, ended_at=None).count() >= MOST_RISKS:
        raise TooMany
    if waits_on is not None:
        known = ProjectPartner.objects.filter(pk=waits_on, project=held)
        if not known.exists():
            raise OfAnother
    one = Risk.objects.create(
        project=held,
        what=what,
        gravity=gravity,
        waits_on_id=waits_on,
        plan=plan,
        raised_at=at,
        key=key,
    )
    record("collaboration.risk.raised", one, actor=actor, at=at, project=held.code)
    return one


@transaction.atomic
def end_risk(risk: Risk, *, actor: User | None, at: datetime) -> Risk:
    """Say that a risk is over; said twice, it is said once."""
    hold(risk.project)
    one = Risk.objects.get(pk=risk.pk)
    if one.ended_at is None:
        one.ended_at = at
        one.save(update_fields=["ended_at"])
        record("collaboration.risk.ended", one, actor=actor, at=at)
    return one
