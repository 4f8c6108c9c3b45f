"""Which projects there are, who takes part in them, and what somebody is to one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ifn.accounts.models import User
from ifn.collaboration.models import Milestone, Project, ProjectPartner, Stage
from ifn.collaboration.policies.projects import SPEAKS, Standing, can_lead
from ifn.directory.models import Business, Membership
from ifn.prepared import Pageable, Pages, Prepared, Several, Slot

_BRIEF = ("code", "state", "title_id", "title_en", "since", "is_public", "led_by")


@dataclass(frozen=True, slots=True)
class Stands:
    """What somebody is to a project: as what they come, and for which partners they speak."""

    standing: Standing
    speaks_for: Collection[int] = frozenset()
    #: Whether they write in it; viewers of a firm, also of the one that leads, only read.
    writes: bool = False

    @property
    def leads(self) -> bool:
        """Say whether they lead it."""
        return self.standing == Standing.LEADS


def project_with(code: str) -> Project | None:
    """Return the project of this stored code, with who leads it."""
    return next(iter(_WITH.objects(code=code)), None)


_WITH: Final = Prepared(lambda: Project.objects.select_related("led_by").filter(code=Slot("code")))


def project_named(code: str) -> Project | None:
    """Return a project with what names it, for the pages around what it made."""
    return next(iter(_BY_CODE.objects(code=code)), None)


#: What those pages read of it.
_NAMED: Final = ("code", "state", "title_id", "title_en", "led_by", "is_public", "is_demo")
_BY_CODE: Final = Prepared(lambda: Project.objects.filter(code=Slot("code")).only(*_NAMED))


def stands(user: User | AnonymousUser, project: Project) -> Stands:
    """Return what a person is to a project; two queries at most."""
    if not isinstance(user, User) or not user.is_active:
        return Stands(Standing.NONE)
    partners = _FIRMS.rows(project=project.pk)
    roles = {int(firm): str(role) for firm, role in _ROLES.rows(person=user.pk)}
    speaks = frozenset(pk for pk, firm, _state in partners if roles.get(firm) in SPEAKS)
    own_lead = roles.get(project.led_by_id or 0, "")
    if can_lead(user, project, own_lead):
        return Stands(Standing.LEADS, speaks, writes=True)
    states = {state for _pk, firm, state in partners if firm in roles}
    if ProjectPartner.State.ACCEPTED in states or own_lead:
        accepted = {pk for pk, _firm, state in partners if state == ProjectPartner.State.ACCEPTED}
        return Stands(Standing.PARTNER, speaks, writes=bool(speaks & accepted))
    if ProjectPartner.State.INVITED in states:
        return Stands(Standing.INVITED, speaks)
    return Stands(Standing.NONE)


_FIRMS: Final = Prepared(
    lambda: (
        ProjectPartner.objects.filter(project=Slot("project"), business__isnull=False)
        .order_by()
        .values_list("pk", "business", "state")
    )
)
#: Of all firms of a person, which are few; which of them take part is looked up in them.
_ROLES: Final = Prepared(
    lambda: (
        Membership.objects.filter(person=Slot("person")).order_by().values_list("business", "role")
    )
)


def projects_of(person: User) -> Pageable:
    """Return the projects in which a person's businesses take part, are asked, or that they lead.

    Those that go on come first, the newest change before others. Their keys, by pages.
    """
    return _OWN.of(person=person.pk)


def _of_person() -> QuerySet[Project, Any]:
    firms = Membership.objects.filter(person=Slot("person")).values("business")
    asked = [ProjectPartner.State.INVITED, ProjectPartner.State.ACCEPTED]
    taking = ProjectPartner.objects.filter(business__in=firms, state__in=asked).values("project")
    led = Project.objects.filter(led_by__in=firms).values("pk")
    rows = Project.objects.filter(pk__in=taking.union(led)).order_by("-since", "-pk")
    return rows.values_list("pk", flat=True)


_OWN: Final = Pages(_of_person)


def briefly(keys: Iterable[int]) -> list[Project]:
    """Return the projects of these keys, in this order, with what lists show; one query."""
    order = list(keys)
    found = {one.pk: one for one in _BRIEFLY.objects(keys=order)}
    return [found[key] for key in order if key in found]


_BRIEFLY: Final = Prepared(lambda: _listed(Project.objects.filter(pk__in=Several("keys"))))


def _listed(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Return projects as lists show them, those that go on first."""
    return rows.select_related("led_by").only(*_BRIEF, "led_by__name").order_by("-since", "-pk")


def is_asked(person: User) -> Collection[int]:
    """Return the projects in which a firm that a person speaks for has not answered."""
    return set(_SILENT.column(person=person.pk))


def _not_answered() -> QuerySet[ProjectPartner, Any]:
    firms = Membership.objects.filter(person=Slot("person"), role__in=SPEAKS).values("business")
    rows = ProjectPartner.objects.filter(business__in=firms, state=ProjectPartner.State.INVITED)
    return rows.values_list("project")


_SILENT: Final = Prepared(_not_answered)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the office asks its list for."""

    state: str = ""
    waits: str = ""
    words: str = ""


#: What a project can wait for, as the office's list filters by it.
OVERDUE, ANSWERS = "lewat", "jawaban"


def for_office(asked: Asked, today: date) -> QuerySet[Project]:
    """Return the projects the office asks for."""
    rows = Project.objects.all()
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.words:
        rows = rows.filter(
            Q(title_id__icontains=asked.words)
            | Q(title_en__icontains=asked.words)
            | Q(code__iexact=asked.words)
        )
    if asked.waits == OVERDUE:
        late = Milestone.objects.filter(project=OuterRef("pk"), state="open", due_on__lt=today)
        rows = rows.filter(Exists(late), state__in=Project.LIVING)
    elif asked.waits == ANSWERS:
        silent = ProjectPartner.objects.filter(project=OuterRef("pk"), state="invited")
        rows = rows.filter(Exists(silent), state__in=Project.LIVING)
    return _listed(rows)


@dataclass(frozen=True, slots=True)
class Figures:
    """What lists show of a project besides its words."""

    stage: str = ""
    partners: int = 0
    silent: int = 0
    overdue: int = 0


def figures_of(projects: Collection[int], today: date) -> dict[int, Figures]:
    """Return the figures of some projects; three queries."""
    keys = list(projects)
    partners: dict[tuple[int, str], int] = {
        (project, state): number for project, state, number in _TAKING.rows(keys=keys)
    }
    overdue = {int(pk): int(number) for pk, number in _LATE.rows(keys=keys, today=today)}
    stages: dict[int, str] = {}
    for project, kind in _RUNNING.rows(keys=keys):
        stages[project] = str(Stage.Kind(kind).label)
    return {
        pk: Figures(
            stages.get(pk, ""),
            partners.get((pk, "accepted"), 0),
            partners.get((pk, "invited"), 0),
            overdue.get(pk, 0),
        )
        for pk in projects
    }


_TAKING: Final = Prepared(
    lambda: (
        ProjectPartner.objects.filter(project__in=Several("keys"))
        .order_by()
        .values("project", "state")
        .annotate(number=Count("pk"))
        .values_list("project", "state", "number")
    )
)
_LATE: Final = Prepared(
    lambda: (
        Milestone.objects.filter(
            project__in=Several("keys"), state="open", due_on__lt=Slot("today")
        )
        .order_by()
        .values("project")
        .annotate(number=Count("pk"))
        .values_list("project", "number")
    )
)
_RUNNING: Final = Prepared(
    lambda: (
        Stage.objects.filter(project__in=Several("keys"), state="running")
        .order_by("place")
        .values_list("project", "kind")
    )
)


def named_partners(project: Project) -> list[ProjectPartner]:
    """Return the partners that visitors may read: those who take part and said so.

    A firm whose profile visitors do not find is not named either.
    """
    rows = ProjectPartner.objects.filter(
        project=project, state=ProjectPartner.State.ACCEPTED, is_named=True
    ).filter(Q(business=None) | Q(business__status=Business.Status.LISTED))
    return list(rows.select_related("business").order_by("added_at", "pk"))


def unnamed_number(project: Project) -> int:
    """Return how many partners take part without being named."""
    taking = ProjectPartner.objects.filter(project=project, state=ProjectPartner.State.ACCEPTED)
    return taking.count() - len(named_partners(project))
