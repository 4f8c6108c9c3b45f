"""What a phone takes along into the field: firms, questionnaires, assessments that were begun."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from ifn.accounts.models import User
from ifn.assessments import policies
from ifn.assessments.models import Answer, Assessment, Conflict, InstrumentVersion, Photo
from ifn.assessments.queries.assessments import places_of
from ifn.directory.models import Business, Membership
from ifn.regions.containing import inside

FIRMS_A_PAGE: Final = 500
#: Assessments that are taken along, the last changed first.
MOST_SHEETS: Final = 60
#: Assessments of which a phone may ask by name at once.
MOST_ASKED: Final = 60


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as the phone lists it; ``mode`` is how this person may assess it."""

    number: str
    name: str
    region: str
    mode: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The firms that a person may assess, and what they are to some of them."""

    found: QuerySet[Business]
    roles: Mapping[int, str]
    count: int
    #: Another one as soon as anything of the list may have changed.
    edition: str


@dataclass(frozen=True, slots=True)
class Begun:
    """An assessment on the server, as a phone goes on with it."""

    one: Assessment
    sides: frozenset[str]
    conflicts: int
    answers: Sequence[Answer]
    #: Question, side, how many.
    photos: Sequence[tuple[str, str, int]]


def reach(person: User, region: str = "") -> Reach:
    """Return the firms that a person may assess, in one region where one is named; two queries."""
    roles = dict(Membership.objects.filter(person=person).values_list("business", "role"))
    own = Q(pk__in=[pk for pk, role in roles.items() if role in policies.ANSWERS])
    found = Business.objects.filter(kind=Business.Kind.BUSINESS).exclude(
        status__in=[Business.Status.MERGED, Business.Status.HIDDEN]
    )
    places = places_of(person)
    theirs = Q(pk__isnull=False) if places is None else inside(places, "region__code")
    if region:
        theirs &= inside([region], "region__code")
    found = found.filter((theirs & ~Q(pk__in=list(roles))) | own)
    state = found.aggregate(count=Count("pk"), latest=Max("updated_at"))
    said = f"{person.pk} {region} {sorted(roles.items())} {state['count']} {state['latest']}"
    return Reach(found, roles, state["count"], hashlib.sha256(said.encode()).hexdigest()[:32])


def firms(within: Reach, after: str = "") -> list[Firm]:
    """Return a page of firms in the order of their numbers, those behind ``after``."""
    rows = within.found.filter(number__gt=after).order_by("number")
    return [
        Firm(
            number,
            name,
            region or "",
            Assessment.Mode.SELF.value if pk in within.roles else Assessment.Mode.VISIT.value,
        )
        for pk, number, name, region in rows.values_list("pk", "number", "name", "region")[
            :FIRMS_A_PAGE
        ]
    ]


def begun(person: User, region: str, asked: Iterable[UUID]) -> list[Begun]:
    """Return the open assessments a person may go on with, and those asked for by name."""
    roles = dict(Membership.objects.filter(person=person).values_list("business", "role"))
    theirs = Q(started_by=person)
    if region or not policies.can_build(person):
        places = places_of(person)
        near = Q() if places is None else inside(places, "business__region__code")
        if region:
            near &= inside((region,), "business__region__code")
        theirs |= near
    own = [pk for pk, role in roles.items() if role in policies.ANSWERS]
    theirs |= Q(business__in=own) | Q(business__merged_into__in=own)
    rows = (
        Assessment.objects.select_related("business__merged_into", "version__instrument")
        .defer("version__content")
        .filter(Q(uuid__in=list(asked)[:MOST_ASKED]) | (Q(state__in=Assessment.OPEN) & theirs))
        .order_by("-changed_at", "-pk")[:MOST_SHEETS]
    )
    seen = [
        (one, roles.get(one.firm.pk, ""))
        for one in rows
        if policies.can_see(person, one, roles.get(one.firm.pk, ""))
    ]
    keys = [one.pk for one, _role in seen]
    photos: dict[int, list[tuple[str, str, int]]] = {}
    for pk, question, side, number in (
        Photo.objects.filter(assessment__in=keys)
        .values_list("assessment", "question", "side")
        .annotate(Count("pk"))
        .order_by("question", "side")
    ):
        photos.setdefault(pk, []).append((question, side, number))
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(assessment__in=keys).order_by("pk"):
        answers.setdefault(answer.assessment_id, []).append(answer)
    waiting = dict(
        Conflict.objects.filter(assessment__in=keys, decided_at=None)
        .values_list("assessment")
        .annotate(Count("pk"))
    )
    return [
        Begun(
            one,
            policies.sides(person, one, role),
            waiting.get(one.pk, 0),
            answers.get(one.pk, []),
            photos.get(one.pk, []),
        )
        for one, role in seen
    ]


def versions(sheets: Iterable[Begun]) -> list[InstrumentVersion]:
    """Return what firms are asked with now, and what these assessments were begun with."""
    used = {sheet.one.version_id for sheet in sheets}
    return list(
        InstrumentVersion.objects.select_related("instrument")
        .filter(Q(state=InstrumentVersion.State.IN_USE) | Q(pk__in=used))
        .order_by("-used_at", "-pk")
    )


def stands(answers: Iterable[Answer]) -> list[list[Any]]:
    """Return what is answered, in short: question, side, value, words."""
    return [[one.question, one.side, one.value, one.words] for one in answers]
