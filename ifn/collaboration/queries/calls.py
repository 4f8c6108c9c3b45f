"""Calls: as visitors list them, as their own people have them, and what one still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, NullIf

from ifn.accounts.models import User
from ifn.collaboration.models import (
    Application,
    Call,
    CallPhase,
    CallRole,
    CallStep,
    CallTerms,
    Criterion,
)
from ifn.directory.models import Business, Membership

#: What lists show of a call; anything else costs a query each.
_BRIEF: Final = (
    *("code", "state", "title_id", "title_en", "opens_on", "closes_on", "decides_on", "since"),
    *("is_demo", "business__name", "business__slug", "business__number"),
)
#: What the weights of all criteria come to.
WHOLE: Final = 100


def shown(today: date) -> QuerySet[Call]:
    """Return what visitors see: first what is open, the nearest end first, then the latest."""
    is_open = Q(state=Call.State.OPEN, closes_on__gte=today)
    order = (Case(When(is_open, then=0), default=1), Case(When(is_open, then="closes_on")))
    return _briefly(Call.objects.shown()).order_by(*order, "-since", "-pk")


def on_desk(state: str = "", words: str = "") -> QuerySet[Call]:
    """Return the calls of the office's desk, the latest first, with how many applied."""
    found = Call.objects.filter(state=state) if state else Call.objects.all()
    if words:
        titles = Q(title_id__icontains=words) | Q(title_en__icontains=words)
        found = found.filter(titles | Q(business__name__icontains=words))
    return _counted(_briefly(found)).order_by("-since", "-pk")


def led_by(firms: Sequence[int]) -> QuerySet[Call]:
    """Return the calls of some businesses, the latest first, with how many applied."""
    return _counted(_briefly(Call.objects.filter(business__in=firms))).order_by("-since", "-pk")


def _briefly(found: QuerySet[Call]) -> QuerySet[Call]:
    return found.select_related("business").only(*_BRIEF)


def _counted(found: QuerySet[Call]) -> QuerySet[Call]:
    living = ~Q(applications__state=Application.State.WITHDRAWN)
    return found.annotate(applied=Count("applications", filter=living))


def call_with(code: str) -> Call | None:
    """Return the call of this stored code, with whose it is."""
    return next(iter(Call.objects.select_related("business").filter(code=code)), None)


def roles_by_call(calls: Sequence[Call]) -> dict[int, list[CallRole]]:
    """Return who is wanted in each of some calls; one query."""
    found: dict[int, list[CallRole]] = {one.pk: [] for one in calls}
    rows = CallRole.objects.filter(call__in=found).only("call", "role", "wanted")
    for one in rows.order_by("pk"):
        found[one.call_id].append(one)
    return found


def roles_of(call: Call) -> list[CallRole]:
    """Return who is wanted, as it was entered."""
    return list(CallRole.objects.filter(call=call).order_by("pk"))


def phases_of(call: Call) -> list[CallPhase]:
    """Return the announced phases by their days."""
    return list(CallPhase.objects.filter(call=call).order_by("starts_on", "ends_on", "pk"))


def criteria_of(call: Call) -> list[Criterion]:
    """Return the criteria, the heaviest first."""
    return list(Criterion.objects.filter(call=call).order_by("-weight", "pk"))


def versions_of(call: Call) -> list[CallTerms]:
    """Return every version of the terms, the newest first."""
    return list(CallTerms.objects.filter(call=call).order_by("-number"))


def terms_of(call: Call) -> CallTerms | None:
    """Return the terms as they read now."""
    return CallTerms.objects.filter(call=call).order_by("-number").first()


def newest_terms(call: Call) -> int | None:
    """Return the key of the terms as they read now."""
    rows = CallTerms.objects.filter(call=call).order_by("-number")
    return rows.values_list("pk", flat=True).first()


def steps_of(call: Call) -> list[CallStep]:
    """Return what happened to a call, the latest first."""
    return list(CallStep.objects.filter(call=call).select_related("person").order_by("-at", "-pk"))


class Missing(StrEnum):
    """What a call lacks before it can open."""

    AIM = "aim"
    ROLES = "roles"
    CRITERIA = "criteria"
    TERMS = "terms"
    DAYS = "days"


def missing(call: Call, today: date) -> tuple[Missing, ...]:
    """Return what keeps a call from opening: criteria make 100 percent, its end is to come."""
    weight = Criterion.objects.filter(call=call).aggregate(all=Sum("weight"))["all"]
    lacks = {
        Missing.AIM: not (call.aim_id or call.aim_en),
        Missing.ROLES: not CallRole.objects.filter(call=call).exists(),
        Missing.CRITERIA: weight != WHOLE,
        Missing.TERMS: not CallTerms.objects.filter(call=call).exists(),
        Missing.DAYS: call.closes_on < today,
    }
    return tuple(one for one, is_lacking in lacks.items() if is_lacking)


@dataclass(frozen=True, slots=True)
class Firm:
    """A business that a person looks after, and what they are to it."""

    business: Business
    role: str


def firms_of(user: User) -> list[Firm]:
    """Return the businesses of a person that were not merged, by name; one query."""
    found = Membership.objects.filter(person=user).select_related("business")
    found = found.exclude(business__status=Business.Status.MERGED)
    return [Firm(one.business, one.role) for one in found.order_by("business__name", "pk")]


def waiting_for_review() -> QuerySet[Call]:
    """Return the calls of members that wait for the office."""
    title = Coalesce(NullIf("title_id", Value("")), "title_en")
    return Call.objects.filter(state=Call.State.REVIEW).annotate(any_title=title)
