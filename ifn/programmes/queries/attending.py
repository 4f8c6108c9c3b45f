"""Who was at which session, and what share that is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ifn.programmes.models import Attendance, Batch, Registration, Session


@dataclass(frozen=True, slots=True)
class Record:
    """A participant's sessions: at how many of those held they were."""

    registration: Registration
    attended: int
    held: int

    @property
    def percent(self) -> int:
        """Return the share in percent, rounded down: 80 means 80 or more."""
        return 100 * self.attended // self.held if self.held else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The attendance of a batch: its sessions, its participants, how each was there."""

    sessions: Sequence[Session]
    records: Sequence[Record]
    #: By registration and session.
    ways: Mapping[tuple[int, int], str]


def sessions_of(batch: Batch) -> list[Session]:
    """Return the sessions of a batch in order of time."""
    found = Session.objects.filter(batch=batch).select_related("mentor")
    found = found.prefetch_related("files")
    return list(found.order_by("starts_at", "pk"))


def participants_of(batch: Batch) -> list[Registration]:
    """Return who has a seat, in order of the seats."""
    found = Registration.objects.filter(batch=batch, seat__isnull=False)
    return list(found.select_related("business", "person").order_by("seat"))


def sheet_of(batch: Batch, *, at: datetime) -> Sheet:
    """Return who was where in a batch; sessions that have begun count as held."""
    sessions, participants = sessions_of(batch), participants_of(batch)
    rows = Attendance.objects.filter(session__batch=batch)
    ways = {
        (registration, session): way
        for registration, session, way in rows.values_list("registration", "session", "way")
    }
    held = {one.pk for one in sessions if one.starts_at <= at}
    attended: dict[int, int] = defaultdict(int)
    for registration, session in ways:
        attended[registration] += session in held
    records = [Record(one, attended[one.pk], len(held)) for one in participants]
    return Sheet(sessions, records, ways)


def record_of(registration: Registration, *, at: datetime) -> Record:
    """Return at how many of the sessions held one participant was."""
    held = Session.objects.filter(batch=registration.batch_id, starts_at__lte=at)
    attended = Attendance.objects.filter(registration=registration, session__in=held)
    return Record(registration, attended.count(), held.count())


def attended_by(registration: Registration) -> dict[int, Attendance]:
    """Return the attendances of one participant, by session."""
    found = Attendance.objects.filter(registration=registration)
    return {one.session_id: one for one in found}
