"""Which projects there are, who takes part in them, and what somebody is to one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ifn.accounts.models import User
from ifn.collaboration.models import Milestone, Project, ProjectPartner, Stage
from ifn.collaboration.policies.projects import SPEAKS, Standing, can_lead
from ifn.directory.models import Business, Membership

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
    found = Project.objects.select_related("led_by").filter(code=code)
    return next(iter(found), None)


def project_named(code: str) -> Project | None:
    """Return a project with what names it, for the pages around what it made."""
    return next(iter(Project.objects.filter(code=code).only(*_NAMED)), None)


#: What those pages read of it.
_NAMED: Final = ("code", "state", "title_id", "title_en", "led_by", "is_public", "is_demo")


def stands(user: User | AnonymousUser, project: Project) -> Stands:
    """Return what a person is to a project; two queries at most."""
    if not isinstance(user, User) or not user.is_active:
        return Stands(Standing.NONE)
    partners = list(
        ProjectPartner.objects.filter(project=project)
        .exclude(business=None)
        .values_list("pk", "business", "state")
    )
    firms = {business for _pk, business, _state in partners} | {project.led_by_id}
    roles = dict(
        Membership.objects.filter(person=user, business__in=firms - {None}).values_list(
            "business", "role"
        )
    )
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


def projects_of(person: User) -> QuerySet[Project]:
    """Return the projects in which a person's businesses take part, are asked, or that they lead.

    Those that go on come first, the newest change before others.
    """
    firms = Membership.objects.filter(person=person).values("business")
    asked = [ProjectPartner.State.INVITED, ProjectPartner.State.ACCEPTED]
    taking = ProjectPartner.objects.filter(business__in=firms, state__in=asked).values("project")
    led = Project.objects.filter(led_by__in=firms).values("pk")
    return _listed(Project.objects.filter(pk__in=taking.union(led)))


def _listed(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Return projects as lists show them, those that go on first."""
    return rows.select_related("led_by").only(*_BRIEF, "led_by__name").order_by("-since", "-pk")


def is_asked(person: User) -> Collection[int]:
    """Return the projects in which a firm that a person speaks for has not answered."""
    firms = Membership.objects.filter(person=person, role__in=SPEAKS).values("business")
    rows = ProjectPartner.objects.filter(business__in=firms, state=ProjectPartner.State.INVITED)
    return set(rows.values_list("project", flat=True))


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
    counted = ProjectPartner.objects.filter(project__in=projects).values_list("project", "state")
    partners: dict[tuple[int, str], int] = {
        (project, state): number for project, state, number in counted.annotate(Count("pk"))
    }
    late = Milestone.objects.filter(project__in=projects, state="open", due_on__lt=today)
    overdue = dict(late.values_list("project").annotate(Count("pk")))
    running = Stage.objects.filter(project__in=projects, state="running").order_by("place")
    stages: dict[int, str] = {}
    for project, kind in running.values_list("project", "kind"):
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
