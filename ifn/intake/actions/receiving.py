"""A list comes in: its file is kept, then read into rows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions import source_named
from ifn.directory.models import Business, Source
from ifn.intake import tasks
from ifn.intake.actions.reading import no_such_sheet
from ifn.intake.actions.stages import begin, moved
from ifn.intake.files import digest_of, keep
from ifn.intake.models import List
from ifn.intake.reading import refuse_at_sight

State = List.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file, and what a person said about it; the source is who published the list."""

    content: bytes
    file_name: str
    stated_on: date
    source: str = ""
    basis: str = List.Basis.PUBLIC_TASK
    basis_note: str = ""
    organisation: Business | None = None
    scope: tuple[str, ...] = ()


def receive(upload: Upload, *, actor: User | None, at: datetime) -> List:
    """Keep a list and ask for it to be read; sent twice it is received once.

    Raises:
        Unreadable: The file is empty, too large, or not of a kind that lists have.

    """
    refuse_at_sight(upload.content, upload.file_name)
    name = keep(upload.content)  # before the row: a row never names a file that is not there
    try:
        with transaction.atomic():
            received = enter_list(upload, name, actor=actor, at=at)
            begin(received, tasks.read_list)
    except IntegrityError:
        # The same file of the same source came a moment ago, as from a second click.
        received = _waiting(upload).order_by("-pk").select_related("source").get()
    return received


@transaction.atomic
def enter_list(upload: Upload, name: str, *, actor: User | None, at: datetime) -> List:
    """Note a list whose file is kept under this name."""
    # Everybody reads a profile's sources; how a file is called on somebody's disk stands here only.
    received = List.objects.create(
        file_name=upload.file_name[:200],
        sha256=digest_of(upload.content),
        size=len(upload.content),
        file=name,
        source=source_named(Source.Kind.LIST, upload.source),
        stated_on=upload.stated_on,
        basis=upload.basis,
        basis_note=upload.basis_note[:300],
        received_at=at,
        actor=actor,
        organisation=upload.organisation,
        scope=sorted(upload.scope),
    )
    record(
        "intake.list.received",
        received,
        actor=actor,
        at=at,
        file=received.file_name,
        source=received.source.label,
        basis=upload.basis,
    )
    return received


def _waiting(upload: Upload) -> models.QuerySet[List]:
    label = upload.source[:200]
    return List.objects.filter(
        sha256=digest_of(upload.content),
        source__kind=Source.Kind.LIST,
        source__label=label,
        state__in=[State.RECEIVED, State.MAPPING],
    )


@transaction.atomic
def choose_sheet(received: List, sheet: str, *, actor: User | None, at: datetime) -> None:
    """Read another sheet of the file.

    Raises:
        NotNow: The list is compared with the directory already, or past that.
        Unreadable: The file has no such sheet.

    """
    now = moved(received, {State.MAPPING}, State.RECEIVED)
    names = [name for name, _rows in now.sheets]
    if sheet not in names:
        raise no_such_sheet(sheet, names)
    now.sheet = sheet
    now.save(update_fields=["sheet"])
    record("intake.list.sheet_chosen", now, actor=actor, at=at, sheet=sheet)
    begin(now, tasks.read_list)
