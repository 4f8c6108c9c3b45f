"""Assess a firm: begin, answer, add photos."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.assessments.instruments.answering import NoAnswer, cleaned
from ifn.assessments.instruments.document import Document
from ifn.assessments.merging import Outcome, outcome
from ifn.assessments.models import Answer, Assessment, InstrumentVersion, Photo
from ifn.assessments.queries.instruments import document_of
from ifn.audit.actions import record
from ifn.directory import clean
from ifn.directory.handing import Handed, kept, remove_files
from ifn.directory.models import Business

MOST_PHOTOS: Final = 5
MOST_PHOTOS_IN_ALL: Final = 60
LONGEST_WORDS: Final = 1000
#: A day before this is a slip of the hand, or a phone whose clock lost its battery.
EARLIEST: Final = date(2010, 1, 1)


class NotOpen(Exception):  # noqa: N818
    """The assessment is closed to this change as it stands."""


class NotAsked(Exception):  # noqa: N818
    """The version is a draft: nobody is asked with it."""


class DayUnlikely(Exception):  # noqa: N818
    """An assessment was dated in the future, or before there were any."""


class TooManyPhotos(Exception):  # noqa: N818
    """The question, or the assessment, has as many photos as it may have."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an answer as its writer saw it and as they send it.

    ``field`` is ``value`` or ``words``.
    """

    question: str
    side: str
    field: str
    base: Any
    sent: Any


@dataclass(slots=True)
class Saved:
    """What became of changes."""

    taken: list[Change] = field(default_factory=list)
    #: With what stands there now.
    conflicts: list[tuple[Change, Any]] = field(default_factory=list)
    refused: list[tuple[Change, NoAnswer]] = field(default_factory=list)


@transaction.atomic
def start(  # noqa: PLR0913  # whom, with what, how, and on which day
    business: Business,
    version: InstrumentVersion,
    *,
    mode: str,
    assessed_on: date,
    uuid: UUID | None = None,
    device_at: datetime | None = None,
    actor: User | None,
    at: datetime,
) -> Assessment:
    """Begin to assess a firm; begun twice under one ``uuid``, it is there once.

    Raises:
        NotAsked: The version is a draft.
        DayUnlikely: The day is not yet, or before 2010.

    """
    if uuid is not None and (known := Assessment.objects.filter(uuid=uuid).first()):
        return known
    if version.is_draft:
        raise NotAsked
    if not EARLIEST <= assessed_on <= at.astimezone().date():
        raise DayUnlikely(assessed_on)
    given = {"uuid": uuid} if uuid else {}
    try:
        with transaction.atomic():
            made = Assessment.objects.create(
                business=business,
                instrument=version.instrument,
                version=version,
                mode=mode,
                assessed_on=assessed_on,
                started_by=actor,
                started_at=at,
                changed_at=at,
                device_at=device_at,
                **given,
            )
    except IntegrityError:  # the same phone, a moment quicker
        if uuid is None:
            raise
        return Assessment.objects.get(uuid=uuid)
    record("assessments.assessment.begun", made, actor=actor, at=at, mode=mode)
    return made


@transaction.atomic
def save_answers(
    one: Assessment, changes: Sequence[Change], *, actor: User | None, at: datetime
) -> Saved:
    """Keep what can be kept of changes, field by field; what somebody else changed meanwhile stays.

    What answers nothing is refused and comes back. Call it for sides the person may write.
    """
    lock(one)
    return apply(one, changes, actor=actor, at=at)


def apply(one: Assessment, changes: Sequence[Change], *, actor: User | None, at: datetime) -> Saved:
    """Keep changes to an assessment that is locked; for ``save_answers`` and packages."""
    document, saved = document_of(one.version), Saved()
    known = {(row.question, row.side): row for row in Answer.objects.filter(assessment=one)}
    touched: dict[tuple[str, str], Answer] = {}
    for change in changes:
        _apply(change, document, known, touched, saved)
    if not touched:
        return saved
    one.revision += 1
    one.changed_at = at
    one.save(update_fields=["revision", "changed_at"])
    for key, row in touched.items():
        row.assessment, row.revision, row.changed_at, row.changed_by = one, one.revision, at, actor
        known[key] = row
    fields = ["value", "words", "revision", "changed_at", "changed_by"]
    is_new = {key: row._state.adding for key, row in touched.items()}  # noqa: SLF001  # before saving
    Answer.objects.bulk_create(row for key, row in touched.items() if is_new[key])
    Answer.objects.bulk_update([row for key, row in touched.items() if not is_new[key]], fields)
    record(
        "assessments.assessment.answered",
        one,
        actor=actor,
        at=at,
        questions=sorted({f"{question}:{side}" for question, side in touched}),
    )
    return saved


def _apply(
    change: Change,
    document: Document,
    known: dict[tuple[str, str], Answer],
    touched: dict[tuple[str, str], Answer],
    saved: Saved,
) -> None:
    key = (change.question, change.side)
    row = touched.get(key) or known.get(key) or Answer(question=key[0], side=key[1])
    here = getattr(row, change.field)
    try:
        sent = _clean(document, change)
    except NoAnswer as refused:
        saved.refused.append((change, refused))
        return
    match outcome(base=change.base, here=here, sent=sent):
        case Outcome.CONFLICT:
            saved.conflicts.append((change, here))
        case Outcome.TAKEN:
            setattr(row, change.field, sent if change.field == "value" else sent or "")
            touched[key] = row
            saved.taken.append(change)


def _clean(document: Document, change: Change) -> Any:
    question = document.by_code.get(change.question)
    if question is None:
        raise NoAnswer("no_such_question", change.question[:40])
    if change.field == "value":
        return cleaned(question, change.sent)
    if not isinstance(change.sent, str):
        raise NoAnswer("not_a_text")
    words = clean.plain_text(change.sent)
    if len(words) > LONGEST_WORDS:
        raise NoAnswer("text_too_long", str(LONGEST_WORDS))
    return words


def add_photo(  # of what, by whom, and when
    one: Assessment, question: str, side: str, given: Handed, *, actor: User | None, at: datetime
) -> Photo:
    """Keep a photo beside an answer; sent twice, it is there once.

    Raises:
        TooManyPhotos: There are five of the question already, or sixty in all.
        NoAnswer: There is no such question.

    """
    if question not in document_of(one.version).by_code:
        raise NoAnswer("no_such_question", question[:40])
    digest = hashlib.sha256(given.content).hexdigest()
    same = Photo.objects.filter(assessment=one, question=question, side=side, digest=digest)
    if known := same.first():
        return known
    try:
        with kept(given, "assessments") as name, transaction.atomic():
            lock(one)
            found = Photo.objects.filter(assessment=one)
            of_this = found.filter(question=question, side=side).count()
            if of_this >= MOST_PHOTOS or found.count() >= MOST_PHOTOS_IN_ALL:
                raise TooManyPhotos
            made = Photo.objects.create(
                assessment=one,
                question=question,
                side=side,
                file=name,
                digest=digest,
                added_by=actor,
                added_at=at,
            )
            record("assessments.photo.added", one, actor=actor, at=at, question=question)
            return made
    except IntegrityError:  # a second tap was quicker
        return same.get()


@transaction.atomic
def remove_photo(photo: Photo, *, actor: User, at: datetime) -> None:
    """Remove a photo; its file goes when the change is final."""
    removed, _kinds = Photo.objects.filter(pk=photo.pk).delete()
    if removed:
        remove_files([photo.file])
        record(
            "assessments.photo.removed",
            photo.assessment,
            actor=actor,
            at=at,
            question=photo.question,
        )


def lock(one: Assessment) -> None:
    """Bring an assessment up to date and let nobody else change it until the end."""
    one.refresh_from_db(from_queryset=Assessment.objects.select_for_update(of=("self",)))
