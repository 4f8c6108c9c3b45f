"""What everybody may see of collaborations: open calls, running projects, results."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ifn.collaboration.models import (
    Call,
    Project,
    ProjectPartner,
    Release,
    ReleaseConsent,
    ReleasePicture,
)
from ifn.directory.models import Business

#: What is read of what a list names; texts of thousands of letters stay where they are.
_CALL: Final = ("code", "title_id", "title_en", "closes_on", "state", "is_demo")
_PROJECT: Final = ("code", "title_id", "title_en", "state", "since")
_RELEASE: Final = ("slug", "title_id", "title_en", "published_on")


def open_calls(today: date, most: int) -> list[Call]:
    """Return the calls to which firms may apply today, those that close first in front."""
    rows = Call.objects.filter(state=Call.State.OPEN, closes_on__gte=today).only(*_CALL)
    return list(rows.order_by("closes_on", "pk")[:most])


def running_projects(most: int) -> list[Project]:
    """Return the projects that run in public, the newest first."""
    rows = Project.objects.filter(is_public=True, state=Project.State.RUNNING).only(*_PROJECT)
    return list(rows.order_by("-since", "-pk")[:most])


def results() -> QuerySet[Release]:
    """Return the releases that are public, the newest first, each with its first picture."""
    first = ReleasePicture.objects.filter(release=OuterRef("pk")).order_by("place", "pk")
    rows = (
        Release.objects.shown().only(*_RELEASE).annotate(picture=Subquery(first.values("pk")[:1]))
    )
    return rows.order_by("-published_on", "-pk")


def first_pictures(releases: list[Release]) -> dict[int, ReleasePicture]:
    """Return the first picture of each release on a page."""
    keys = [pk for one in releases if (pk := vars(one).get("picture"))]
    return {one.release_id: one for one in ReleasePicture.objects.filter(pk__in=keys)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A collaboration as a firm's profile shows it: what, where it stands, as what it took part."""

    title: str
    slug: str
    code: str
    role: str
    on: date


def shown_with(business: Business, most: int = 12) -> list[Shown]:
    """Return the public collaborations of a firm, the newest first; one query.

    A release where it agreed to be named, or a running project in which it lets itself be named.
    """
    agreed = ReleaseConsent.objects.filter(
        state=ReleaseConsent.State.AGREED, partner=OuterRef("pk")
    )
    rows = (
        ProjectPartner.objects.filter(business=business, state=ProjectPartner.State.ACCEPTED)
        .annotate(agreed=Subquery(agreed.values("pk")[:1]))
        .filter(
            Q(project__release__state=Release.State.PUBLISHED, agreed__isnull=False)
            | Q(is_named=True, project__is_public=True, project__state__in=Project.SHOWN)
        )
        .order_by("-project__since", "-pk")
        .select_related("project__release")
        .only(
            "role",
            "project__code",
            "project__title_id",
            "project__title_en",
            "project__since",
            "project__release__state",
            "project__release__slug",
            "project__release__title_id",
            "project__release__title_en",
            "project__release__published_on",
        )
    )
    return [_shown(one) for one in rows[:most]]


def _shown(one: ProjectPartner) -> Shown:
    project, release = one.project, getattr(one.project, "release", None)
    is_public = release is not None and release.state == Release.State.PUBLISHED
    if release is not None and is_public and vars(one).get("agreed"):
        return Shown(
            release.title,
            release.slug,
            "",
            one.get_role_display(),
            release.published_on or project.since.date(),
        )
    return Shown(project.title, "", project.code, one.get_role_display(), project.since.date())
