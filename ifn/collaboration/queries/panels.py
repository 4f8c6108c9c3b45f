"""The panel of a call: who judges, what ties them to applicants, which points they gave."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count, QuerySet

from ifn.accounts.models import User
from ifn.collaboration.calling.conflicts import Found, Ties, found
from ifn.collaboration.calling.ranking import Judged, Ranked, rank
from ifn.collaboration.models import (
    Application,
    Call,
    Conflict,
    Criterion,
    Evaluator,
    ProjectPartner,
    Score,
)
from ifn.directory.models import Membership


def evaluators_of(call: Call) -> list[Evaluator]:
    """Return the panel, with how many applications each cannot judge and how many points gave."""
    rows = Evaluator.objects.filter(call=call).select_related("person")
    counted = rows.annotate(
        in_conflict=Count("conflicts", distinct=True),
        judged=Count("scores__application", distinct=True),
    )
    return list(counted.order_by("added_at", "pk"))


def evaluator_of(call: Call, user: User) -> Evaluator | None:
    """Return a person's seat on the panel of a call, if they have one."""
    return Evaluator.objects.filter(call=call, person=user).first()


def seats_of(user: User) -> QuerySet[Evaluator]:
    """Return a person's seats on panels that judge now or will."""
    state = Call.State
    found = Evaluator.objects.filter(
        person=user, call__state__in=[state.OPEN, state.SCREENING, state.PANEL]
    )
    return found.select_related("call").order_by("call__decides_on", "pk")


def judged_by_panel(call: Call) -> QuerySet[Application]:
    """Return what the panel judges: what is eligible, with firm and role, the first first."""
    rows = Application.objects.filter(call=call, state=Application.State.ELIGIBLE)
    return rows.select_related("business", "wanted").order_by("applied_at", "pk")


def conflicts_seen(person: int, applications: Sequence[Application]) -> dict[int, Found]:
    """Return the conflicts of a person that the platform sees, by the keys of applications."""
    ties, people = _ties_of(person), _people_of([one.business_id for one in applications])
    seen = {one.pk: found(ties, one.business_id, people[one.business_id]) for one in applications}
    return {key: one for key, one in seen.items() if one}


def _ties_of(person: int) -> Ties:
    """Return what ties a person to firms: theirs, those in projects with these, colleagues."""
    own = Membership.objects.filter(person=person).values_list("business", flat=True)
    firms = frozenset(own)
    if not firms:
        return Ties(person)
    colleagues = Membership.objects.filter(business__in=firms).exclude(person=person)
    took_part = [ProjectPartner.State.ACCEPTED, ProjectPartner.State.LEFT]
    with_own = ProjectPartner.objects.filter(business__in=firms, state__in=took_part)
    partners = ProjectPartner.objects.filter(
        project__in=with_own.values("project"), business__isnull=False, state__in=took_part
    ).exclude(business__in=firms)
    return Ties(
        person,
        firms,
        dict(partners.order_by("-pk").values_list("business_id", "project_id")),
        frozenset(colleagues.values_list("person", flat=True)),
    )


def _people_of(firms: Sequence[int]) -> defaultdict[int, set[int]]:
    people: defaultdict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.filter(business__in=firms)
    for firm, person in rows.values_list("business", "person"):
        people[firm].add(person)
    return people


def conflicts_of(evaluator: Evaluator) -> dict[int, Conflict]:
    """Return an evaluator's conflicts as they are kept, by the keys of applications."""
    return {one.application_id: one for one in Conflict.objects.filter(evaluator=evaluator)}


def points_of(evaluator: Evaluator) -> dict[int, dict[int, Score]]:
    """Return an evaluator's points, by application and criterion."""
    given: defaultdict[int, dict[int, Score]] = defaultdict(dict)
    for one in Score.objects.filter(evaluator=evaluator):
        given[one.application_id][one.criterion_id] = one
    return dict(given)


def scores_on(application: Application) -> list[Score]:
    """Return all points for one application, with who gave them for what."""
    rows = Score.objects.filter(application=application)
    rows = rows.select_related("evaluator__person", "criterion")
    return list(rows.order_by("evaluator", "-criterion__weight", "criterion"))


def weights_of(call: Call) -> Mapping[int, int]:
    """Return the weights of a call's criteria, by their keys."""
    return dict(Criterion.objects.filter(call=call).values_list("pk", "weight"))


def ranking(call: Call, applications: Sequence[Application]) -> list[Ranked]:
    """Return applications in the order of the panel; two queries."""
    points: dict[int, defaultdict[int, dict[int, int]]] = {
        one.pk: defaultdict(dict) for one in applications
    }
    rows = Score.objects.filter(application__in=points)
    for key, evaluator, criterion, given in rows.values_list(
        "application", "evaluator", "criterion", "points"
    ):
        points[key][evaluator][criterion] = given
    judged = [Judged(one.pk, one.applied_at, points[one.pk]) for one in applications]
    return rank(judged, weights_of(call))
