"""Everything that the report of a batch is made of, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.assessments.models import Photo
from ifn.directory.models import Picture
from ifn.programmes.measuring.waves import Wave, last_begun
from ifn.programmes.models import (
    Batch,
    BudgetLine,
    Partner,
    Quiz,
    QuizAnswer,
    Registration,
    RegistrationStep,
    ReportPicture,
    SessionFile,
)
from ifn.programmes.policies import can_plan
from ifn.programmes.queries.attending import Sheet, sheet_of
from ifn.programmes.queries.batches import budget_of, partners_of, rows_of
from ifn.programmes.queries.comparing import Groups, groups_of
from ifn.programmes.queries.outcomes import Grid, grid_of
from ifn.programmes.queries.participants import decisions_of

#: As many pictures are offered of each kind; more nobody looks through.
MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Material:
    """A batch as its report needs it; of a Dinas only its own firms, without money and partners."""

    batch: Batch
    at: datetime
    #: The wave that is set beside the first.
    wave: Wave
    is_whole: bool
    registrations: Sequence[Registration]
    people: Sequence[Registration]
    #: The last decision about each registration.
    decisions: Mapping[int, RegistrationStep]
    sheet: Sheet
    quizzes: Sequence[Quiz]
    answers: Mapping[tuple[int, int, str], QuizAnswer]
    grid: Grid
    groups: Groups
    partners: Sequence[Partner]
    budget: Sequence[BudgetLine]
    pictures: Sequence[ReportPicture]


def material_of(batch: Batch, user: User, *, at: datetime, wave: Wave | None = None) -> Material:
    """Return what the report of a batch says to this person of the staff."""
    today, is_whole = localdate(at, batch.zone), can_plan(user)
    registrations = rows_of(batch, user)
    people = [one for one in registrations if one.seat is not None]
    keys = {one.pk for one in people}
    sheet = sheet_of(batch, at=at)
    records = [one for one in sheet.records if one.registration.pk in keys]
    return Material(
        batch=batch,
        at=at,
        wave=wave or latest_wave(batch, at=at),
        is_whole=is_whole,
        registrations=registrations,
        people=people,
        decisions=decisions_of(registrations),
        sheet=Sheet(sheet.sessions, records, sheet.ways),
        quizzes=list(batch.quizzes.order_by("pk")),
        answers=_answers(people),
        grid=grid_of(batch, people, today),
        groups=groups_of(batch, people),
        partners=partners_of(batch) if is_whole else [],
        budget=budget_of(batch) if is_whole else [],
        pictures=chosen_pictures(batch) if is_whole else [],
    )


def latest_wave(batch: Batch, *, at: datetime) -> Wave:
    """Return the wave that the report sets beside the first unless another is asked for."""
    last = last_begun(batch.starts_on, batch.ends_on, localdate(at, batch.zone))
    return Wave.END if last == Wave.BEFORE else last


def _answers(people: Sequence[Registration]) -> dict[tuple[int, int, str], QuizAnswer]:
    rows = QuizAnswer.objects.filter(registration__in=[one.pk for one in people]).order_by("pk")
    return {(one.quiz_id, one.registration_id, one.round): one for one in rows}


def chosen_pictures(batch: Batch) -> list[ReportPicture]:
    """Return the pictures of the report in order of pairs."""
    rows = ReportPicture.objects.filter(batch=batch).select_related(
        "session_file__session", "photo__assessment__business", "picture__business"
    )
    return list(rows.order_by("place", "side"))


@dataclass(frozen=True, slots=True)
class Offered:
    """The pictures that may be chosen: of sessions, of assessments, of profiles."""

    files: Sequence[SessionFile]
    photos: Sequence[Photo]
    pictures: Sequence[Picture]


def offered_pictures(batch: Batch) -> Offered:
    """Return the pictures of a batch's sessions and of its participants, the oldest first."""
    firms = Registration.objects.filter(batch=batch, seat__isnull=False).values("business")
    files = SessionFile.objects.filter(
        session__batch=batch, kind=SessionFile.Kind.PHOTO, file__endswith=".jpg"
    ).select_related("session")
    photos = Photo.objects.filter(assessment__business__in=firms, file__endswith=".jpg")
    pictures = Picture.objects.filter(business__in=firms).select_related("business")
    return Offered(
        list(files.order_by("session__starts_at", "pk")[:MOST_OFFERED]),
        list(
            photos.select_related("assessment__business").order_by("assessment__assessed_on", "pk")[
                :MOST_OFFERED
            ]
        ),
        list(pictures.order_by("business__name", "position", "pk")[:MOST_OFFERED]),
    )


def by_round(
    answers: Mapping[tuple[int, int, str], QuizAnswer], quiz: Quiz
) -> dict[int, dict[str, int]]:
    """Return the right answers of each participant in a test, before and after."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for (key, registration, name), one in answers.items():
        if key == quiz.pk:
            found[registration][name] = one.right
    return found
