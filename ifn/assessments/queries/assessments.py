"""One assessment: who may know of it, its answers side by side, its levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from ifn.accounts.models import User
from ifn.accounts.policies import territory_of
from ifn.assessments import policies
from ifn.assessments.instruments.conditions import Value
from ifn.assessments.instruments.document import Document, Kind
from ifn.assessments.models import Answer, Assessment, Conflict, Photo, Score, Side
from ifn.assessments.scoring import applies
from ifn.directory.models import Business, Membership
from ifn.regions.containing import inside

Row = TypeVar("Row", bound=Model)
#: What a list needs of each row, read with it.
RELATED = ("business__merged_into", "version__instrument")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What both sides answered, by question."""

    values: Mapping[str, Mapping[str, Value | None]]
    answers: Mapping[tuple[str, str], Answer]
    photos: Mapping[tuple[str, str], list[Photo]] = field(default_factory=dict)

    def of(self, side: str) -> Mapping[str, Value | None]:
        """Return what a side answered; facts that only the other side stated count for both."""
        other = Side.OWN if side == Side.ASSESSOR else Side.ASSESSOR
        own = {code: value for code, value in self.values[side].items() if value is not None}
        return {**self.values[other], **own}


def places_of(person: User) -> tuple[str, ...] | None:
    """Return the regions whose firms this person may assess; None is everywhere."""
    if policies.can_build(person):
        return None
    return tuple(territory_of(person))


def in_territory(found: QuerySet[Row], person: User) -> QuerySet[Row]:
    """Return those rows of which this person may assess the firm."""
    places = places_of(person)
    return found if places is None else found.filter(inside(places, "business__region__code"))


def assessment_and_role(uuid: UUID, person: User) -> tuple[Assessment, str] | None:
    """Return an assessment and what this person is to its firm."""
    one = Assessment.objects.select_related(*RELATED).filter(uuid=uuid).first()
    if one is None:
        return None
    role = (
        Membership.objects.filter(business=one.firm, person=person)
        .values_list("role", flat=True)
        .first()
        or ""
    )
    return one, role


def own_assessments(person: User) -> QuerySet[Assessment]:
    """Return the assessments of the firms a person looks after, the newest first."""
    own = Membership.objects.filter(person=person)
    direct, kept = (
        own.filter(business=OuterRef("business")),
        own.filter(business=OuterRef("business__merged_into")),
    )
    return (
        Assessment.objects.filter(Exists(direct) | Exists(kept))
        .select_related(*RELATED)
        .order_by("-changed_at", "-pk")
    )


def firms_to_assess(person: User) -> list[Business]:
    """Return the firms for which this person may answer as one of their own."""
    own = Membership.objects.filter(person=person, role__in=policies.ANSWERS)
    return list(
        Business.objects.filter(pk__in=own.values("business"), kind=Business.Kind.BUSINESS)
        .exclude(status=Business.Status.MERGED)
        .order_by("name", "pk")
    )


def sheet_of(one: Assessment, *, with_photos: bool = False) -> Sheet:
    """Return what was answered; one query, two with the photos."""
    values: dict[str, dict[str, Value | None]] = {side.value: {} for side in Side}
    answers = {}
    for answer in Answer.objects.filter(assessment=one).order_by("pk"):
        values[answer.side][answer.question] = answer.value
        answers[answer.question, answer.side] = answer
    photos: dict[tuple[str, str], list[Photo]] = {}
    if with_photos:
        for photo in Photo.objects.filter(assessment=one).order_by("pk"):
            photos.setdefault((photo.question, photo.side), []).append(photo)
    return Sheet(values, answers, photos)


def unanswered(document: Document, sheet: Sheet, side: str) -> list[str]:
    """Return the required questions that are asked and that a side has not answered, in order."""
    answers = sheet.of(side)
    asked = applies(document, answers)
    with_photo = {
        asked for asked, _side in sheet.photos if document.by_code[asked].kind == Kind.PHOTO
    }
    return [
        one.code
        for one in document.questions
        if one.is_required
        and one.code in asked
        and (
            one.code not in with_photo if one.kind == Kind.PHOTO else answers.get(one.code) is None
        )
    ]


def beside(one: Assessment) -> QuerySet[Assessment]:
    """Return other assessments of the firm under way: begun twice, such as by two phones.

    What the firm says itself stands beside what others found, not against it.
    """
    own, is_own = Assessment.Mode.SELF, one.mode == Assessment.Mode.SELF
    others = Assessment.objects.of_firms([one.firm.pk]).exclude(pk=one.pk)
    found = others.filter(instrument=one.instrument_id, state__in=Assessment.UNDECIDED)
    found = found.filter(mode=own) if is_own else found.exclude(mode=own)
    return found.select_related("started_by").order_by("started_at", "pk")


def scores_of(assessments: Iterable[Assessment]) -> dict[int, list[Score]]:
    """Return the levels of assessments by their keys; one query."""
    found: dict[int, list[Score]] = {}
    for score in Score.objects.filter(assessment__in=list(assessments)).order_by("pk"):
        found.setdefault(score.assessment_id, []).append(score)
    return found


def open_conflicts(one: Assessment) -> QuerySet[Conflict]:
    """Return the fields of which a person has still to say what counts."""
    return one.conflicts.filter(decided_at=None).order_by("found_at", "pk")
