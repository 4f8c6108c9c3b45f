"""What everybody may see of collaborations: open calls, running projects, results."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from ifn.collaboration.models import (
    Call,
    Project,
    ProjectPartner,
    Release,
    ReleaseConsent,
    ReleasePicture,
    Role,
)
from ifn.collaboration.models.words import in_reading_language
from ifn.directory.models import Business
from ifn.prepared import Prepared, Several, Slot

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
    """Return the releases that are public, the newest first."""
    return Release.objects.shown().only(*_RELEASE).order_by("-published_on", "-pk")


def first_pictures(releases: list[Release]) -> dict[int, ReleasePicture]:
    """Return the first picture of each release on a page."""
    found: dict[int, ReleasePicture] = {}
    for one in _PICTURES.objects(keys=[one.pk for one in releases]):
        found.setdefault(one.release_id, one)
    return found


_PICTURES: Final = Prepared(
    lambda: ReleasePicture.objects.filter(release__in=Several("keys")).order_by("place", "pk")
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A collaboration as a firm's profile shows it: what, where it stands, as what it took part."""

    title: str
    slug: str
    code: str
    role: str
    on: date


def shown_with(business: Business) -> list[Shown]:
    """Return the public collaborations of a firm, the newest first; one query.

    A release where it agreed to be named, or a running project in which it lets itself be named.
    """
    rows = _SHOWN.rows(business=business.pk)
    return [_shown(dict(zip(_PROFILE, row, strict=True))) for row in rows]


def takes_part() -> Exists:
    """Return whether a profile takes part in anything, as a column of a question about profiles."""
    return Exists(
        ProjectPartner.objects.filter(business=OuterRef("pk"), state=ProjectPartner.State.ACCEPTED)
    )


def _shown_of_firm() -> QuerySet[ProjectPartner, Any]:
    agreed = ReleaseConsent.objects.filter(
        state=ReleaseConsent.State.AGREED, partner=OuterRef("pk")
    )
    found = (
        ProjectPartner.objects.filter(
            business=Slot("business"), state=ProjectPartner.State.ACCEPTED
        )
        .annotate(agreed=Subquery(agreed.values("pk")[:1]))
        .filter(
            Q(project__release__state=Release.State.PUBLISHED, agreed__isnull=False)
            | Q(is_named=True, project__is_public=True, project__state__in=Project.SHOWN)
        )
        .order_by("-project__since", "-pk")
    )
    return found.values_list(*_PROFILE)[:MOST]


#: More collaborations a profile does not show.
MOST: Final = 12
_SHOWN: Final = Prepared(_shown_of_firm)
_PROFILE: Final = (
    *("role", "agreed", "project__code", "project__since"),
    *("project__title_id", "project__title_en"),
    *(
        f"project__release__{name}"
        for name in ("state", "slug", "published_on", "title_id", "title_en")
    ),
)


def _shown(row: dict[str, Any]) -> Shown:
    role = str(Role(row["role"]).label)
    is_public = row["project__release__state"] == Release.State.PUBLISHED
    path = "project__release__" if is_public and row["agreed"] else "project__"
    title = in_reading_language(row[f"{path}title_id"], row[f"{path}title_en"])
    since = row["project__since"].date()
    if path == "project__":
        return Shown(title, "", row["project__code"], role, since)
    return Shown(title, row[f"{path}slug"], "", role, row[f"{path}published_on"] or since)


def indexed_releases(most: int) -> list[tuple[str, date]]:
    """Return address and day of the releases that search engines shall know, the newest first."""
    rows = Release.objects.shown().filter(project__is_demo=False, published_on__isnull=False)
    found = rows.order_by("-published_on", "-pk").values_list("slug", "published_on")[:most]
    return [(slug, on) for slug, on in found if on is not None]
