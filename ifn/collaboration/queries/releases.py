"""A release with what it shows: whom it credits, pictures, what was made, how it came about."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, QuerySet

from ifn.accounts.models import User
from ifn.collaboration.models import (
    BatchTally,
    Project,
    ProjectPartner,
    Receipt,
    Release,
    ReleaseConsent,
    ReleasePicture,
    Specification,
    Stage,
    TestResult,
)
from ifn.collaboration.policies.projects import SPEAKS
from ifn.directory.models import Business, Membership
from ifn.prepared import Prepared, Slot
from ifn.ui.addresses import address_with_slug

#: Partners in the order in which they are credited.
_SHOWN: Final = (ProjectPartner.State.ACCEPTED, ProjectPartner.State.LEFT)


@dataclass(frozen=True, slots=True)
class Credit:
    """A partner as it is credited; without a name once it took its yes back."""

    key: int
    role: str
    does: str
    #: None for one who is no longer named.
    name: str | None
    #: The address of the profile that stands for it, where visitors may see one.
    href: str
    #: Names that no text may show any more.
    hidden: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Say whether it is named."""
        return self.name is not None


@dataclass(frozen=True, slots=True)
class Batched:
    """A batch in figures, and how many signed for how much of it until when."""

    tally: BatchTally
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a release shows."""

    release: Release
    credits: list[Credit]
    pictures: list[ReleasePicture]
    specification: Specification | None
    tests: list[TestResult]
    stages: list[Stage]
    batches: list[Batched]
    after: list[Project]

    @property
    def withdrawn(self) -> list[str]:
        """Return the names that no text may show any more."""
        return [name for one in self.credits for name in one.hidden]


def release_at(slug: str) -> Release | None:
    """Return the release of an address with its project, whoever may see it."""
    return next(iter(_BY_SLUG.objects(slug=slug)), None)


def release_of(project: Project) -> Release | None:
    """Return the release of a project, if one was begun, with all of the project."""
    return next(iter(_OF_PROJECT.objects(project=project.pk)), None)


_OF_PROJECT: Final = Prepared(
    lambda: Release.objects.filter(project=Slot("project")).select_related("project").order_by()
)


def _with_project() -> QuerySet[Release]:
    """Return releases with what is told of their project.

    Only what is told is read: Django writes the SQL of a question anew each time, by column.
    """
    rows = Release.objects.select_related("project")
    return rows.only(
        *("slug", "state", "text_version", "published_on"),
        *("title_id", "title_en", "story_id", "story_en", "how_id", "how_en"),
        *(f"project__{name}" for name in (*_NAMED, "is_demo", "origin", "call", "follows")),
        *(f"project__{name}" for name in _ORIGIN),
    )


_BY_SLUG: Final = Prepared(lambda: _with_project().filter(slug=Slot("slug")).order_by())
_NAMED: Final = ("code", "state", "title_id", "title_en", "is_public", "created_at")
_ORIGIN: Final = ("origin_title", "origin_by", "origin_on")
#: What is told of the release of another project.
_TOLD: Final = ("slug", "state", "title_id", "title_en", "published_on")


def whole_of(release: Release, *, preview: bool = False) -> Whole:
    """Return all that a release shows; a preview names those who have not answered yet, too."""
    project = release.project
    specification = next(iter(_SPECIFIED.objects(project=project.pk)), None)
    return Whole(
        release,
        _credits(release, preview=preview),
        pictures_of(release),
        specification,
        _TESTS.objects(specification=specification.pk) if specification else [],
        _DONE.objects(project=project.pk),
        _batches(project),
        _AFTER.objects(project=project.pk),
    )


def pictures_of(release: Release) -> list[ReleasePicture]:
    """Return the pictures of a release in their order."""
    return _PICTURES.objects(release=release.pk)


_SPECIFIED: Final = Prepared(
    lambda: Specification.objects.filter(project=Slot("project")).order_by()
)
_PICTURES: Final = Prepared(
    lambda: ReleasePicture.objects.filter(release=Slot("release")).order_by("place", "pk")
)
_TESTS: Final = Prepared(
    lambda: TestResult.objects.filter(specification=Slot("specification")).order_by("on", "pk")
)
_DONE: Final = Prepared(
    lambda: (
        Stage.objects.filter(project=Slot("project"), state=Stage.State.DONE)
        .only("kind", "ended_on", "result")
        .order_by("place")
    )
)
_AFTER: Final = Prepared(
    lambda: (
        Project.objects.shown()
        .filter(follows=Slot("project"))
        .select_related("release")
        .only(*_NAMED, *(f"release__{name}" for name in _TOLD))
        .order_by("created_at", "pk")
    )
)


def _credits(release: Release, *, preview: bool) -> list[Credit]:
    states = {int(pk): str(state) for pk, state in _SAID.rows(release=release.pk)}
    named = {ReleaseConsent.State.AGREED} | (
        {ReleaseConsent.State.ASKED, None} if preview else set()
    )
    rows: list[tuple[Any, ...]] = _CREDITS.rows(project=release.project_id)
    return [
        _credit(row[:4], row[5:], is_named=states.get(row[0]) in named)
        for row in rows
        if row[4] == ProjectPartner.State.ACCEPTED or row[0] in states
    ]


#: Of a partner, then of its profile, then of the one that this was merged into.
_CREDITED: Final = (
    *("pk", "role", "does", "name", "state"),
    *(f"business__{name}" for name in ("name", "slug", "number", "status")),
    *(f"business__merged_into__{name}" for name in ("slug", "number", "status")),
)

_SAID: Final = Prepared(
    lambda: (
        ReleaseConsent.objects.filter(release=Slot("release"))
        .order_by()
        .values_list("partner", "state")
    )
)
_CREDITS: Final = Prepared(
    lambda: (
        ProjectPartner.objects.filter(project=Slot("project"), state__in=_SHOWN)
        .order_by("added_at", "pk")
        .values_list(*_CREDITED)
    )
)


def _credit(
    partner: tuple[int, str, str, str], profile: tuple[str | None, ...], *, is_named: bool
) -> Credit:
    key, role, does, name = partner
    called, *own = profile
    if not is_named:
        return Credit(key, role, "", None, "", tuple(filter(None, (name, called))))
    slug, number, status = own[3:] if own[2] == Business.Status.MERGED else own[:3]
    if status != Business.Status.LISTED or not slug or not number:
        return Credit(key, role, does, name, "")
    return Credit(key, role, does, name, address_with_slug("site:business", slug, number))


def _batches(project: Project) -> list[Batched]:
    tallies = _TALLIES.objects(project=project.pk)
    received = Receipt.objects.filter(
        allocation__batch__in=[one.pk for one in tallies if one.receipts]
    ).order_by()
    last = dict(received.values_list("allocation__batch").annotate(last=Max("on")))
    return [Batched(one, last.get(one.pk)) for one in tallies]


_TALLIES: Final = Prepared(
    lambda: (
        BatchTally.objects.filter(batch__project=Slot("project"))
        .select_related("batch")
        .defer("batch__rule_words", "batch__created_by", "batch__key", "batch__created_at")
        .order_by("batch__made_on", "pk")
    )
)


def consents_of(release: Release) -> list[tuple[ProjectPartner, ReleaseConsent | None]]:
    """Return every partner who takes part with what it said, nothing where it was not asked."""
    said = {one.partner_id: one for one in _CONSENTS.objects(release=release.pk)}
    partners = _ACCEPTED.objects(project=release.project_id)
    for partner in partners:
        if partner.pk in said:
            said[partner.pk].partner = partner
    return [(one, said.get(one.pk)) for one in partners]


_CONSENTS: Final = Prepared(lambda: ReleaseConsent.objects.filter(release=Slot("release")))
_ACCEPTED: Final = Prepared(
    lambda: ProjectPartner.objects.filter(
        project=Slot("project"), state=ProjectPartner.State.ACCEPTED
    ).order_by("added_at", "pk")
)


def with_people(project: Project) -> set[int]:
    """Return the firms that take part for which somebody with an account answers."""
    return set(_WITH_PEOPLE.column(project=project.pk))


def _with_people() -> QuerySet[Membership, Any]:
    partners = ProjectPartner.objects.filter(project=Slot("project"), business__isnull=False)
    people = Membership.objects.filter(business__in=partners.values("business"), role__in=SPEAKS)
    return people.order_by().values_list("business")


_WITH_PEOPLE: Final = Prepared(_with_people)


def consent_with(pk: int) -> ReleaseConsent | None:
    """Return what a partner says to a release, with both."""
    rows = ReleaseConsent.objects.select_related("partner", "release__project")
    return rows.filter(pk=pk).first()


def asked_of(user: User, most: int) -> list[ReleaseConsent]:
    """Return what the firms of a person are asked to agree to now, the longest waiting first."""
    firms = Membership.objects.filter(person=user, role__in=SPEAKS).values("business")
    rows = ReleaseConsent.objects.filter(
        state=ReleaseConsent.State.ASKED,
        release__state=Release.State.ASKING,
        partner__state=ProjectPartner.State.ACCEPTED,
        partner__business__in=firms,
    ).select_related("partner", "release__project")
    chosen = rows.only(
        "since",
        "partner__name",
        "release__title_id",
        "release__title_en",
        "release__project__code",
    )
    return list(chosen.order_by("since", "pk")[:most])
