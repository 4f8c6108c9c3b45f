"""Projects to test with: a sole that a workshop leads, and whatever a test changes of it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.collaboration.actions import files, linking, milestones, partners, projects, stages
from ifn.collaboration.actions.projects import Start
from ifn.collaboration.models import (
    FileVersion,
    Guest,
    Milestone,
    Project,
    ProjectPartner,
    Stage,
)
from ifn.directory.models import Business, Membership
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, profile, registered
from tests.factories.moderation import handed

ON = date(2026, 8, 3)
NOON = datetime(2026, 8, 3, 5, tzinfo=UTC)


def officer() -> User:
    known = User.objects.filter(email="kolaborasi@kantor.example").first()
    return known or OfficerFactory(email="kolaborasi@kantor.example", duties=["programme"])


def firm(name: str, **changes: Any) -> Business:
    return registered(profile(name=name, **changes))


def person_of(business: Business, role: str = "owner") -> User:
    person: User = UserFactory()
    Membership.objects.create(business=business, person=person, role=role, since=AT)
    return person


def begun(lead: Business | None = None, **changes: Any) -> Project:
    """Return a project that is planned, led by a firm that takes part, or by the office."""
    start: dict[str, Any] = {
        name: changes.pop(name)
        for name in ("stages", "code", "is_own", "is_demo")
        if name in changes
    }
    actor = changes.pop("actor", None) or officer()
    facts = {"title_id": "Sol ringan", "title_en": "A light sole", "summary_id": "Untuk pasar."}
    return projects.begin(
        facts | changes, Start(lead, **{"is_own": True} | start), actor=actor, at=AT
    )


def moved(project: Project, way: str, **options: Any) -> Project:
    given: dict[str, Any] = {"reason": "Menunggu bahan", "actor": officer(), "at": AT} | options
    version = Project.objects.values_list("version", flat=True).get(pk=project.pk)
    return projects.move(project, way, **{"version": version} | given)


def running(lead: Business | None = None, **changes: Any) -> Project:
    return moved(begun(lead or firm("Sol Jaya"), **changes), "start")


def invited(project: Project, business: Business | None = None, **options: Any) -> ProjectPartner:
    given: dict[str, Any] = {"role": "designer", "actor": officer(), "at": AT} | options
    name = given.pop("name", business.name if business else "Studio Rupa")
    return partners.invite(project, name, business=business, **given)


def joined(project: Project, business: Business | None = None, **options: Any) -> ProjectPartner:
    return partners.answer(invited(project, business, **options), "accepted", actor=None, at=AT)


def by_link(project: Project, name: str = "Studio Rupa", **options: Any) -> ProjectPartner:
    """Return somebody by name who was asked, with a link that is out today."""
    one = invited(project, name=name, **options)
    linking.make_link(one, today=localdate(), actor=officer(), at=AT)
    return ProjectPartner.objects.select_related("project").get(pk=one.pk)


def stage(project: Project, kind: str = "brief") -> Stage:
    return Stage.objects.select_related("project").get(project=project, kind=kind)


def stage_begun(project: Project, kind: str = "brief") -> Stage:
    return stages.begin(stage(project, kind), on=ON, today=ON, actor=officer(), at=AT)


def stage_done(project: Project, kind: str = "brief") -> Stage:
    one = stage_begun(project, kind)
    return stages.end(one, "Sudah jelas", on=ON, today=ON, actor=officer(), at=AT)


def milestone(project: Project, owner: ProjectPartner | None = None, **facts: Any) -> Milestone:
    given: dict[str, Any] = {
        "what": "Cetakan pertama",
        "due_on": ON,
        "owner_id": owner.pk if owner else None,
    }
    return milestones.write(project, given | facts, key=uuid4(), actor=officer(), at=AT)


def guest(project: Project, **options: Any) -> Guest:
    given: dict[str, Any] = {
        "may_write": True,
        "today": localdate(),
        "actor": officer(),
        "at": AT,
    } | options
    return linking.add_guest(project, given.pop("name", "Bu Rina"), **given)


def filed(project: Project, name: str = "Gambar", **options: Any) -> FileVersion:
    given: dict[str, Any] = {"visible": "partners", "actor": officer(), "at": AT} | options
    return files.add_version(project, name, given.pop("given", None) or handed(), **given)
