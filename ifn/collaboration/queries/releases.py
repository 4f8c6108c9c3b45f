"""A release with what it shows: whom it credits, pictures, what was made, how it came about."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max, Prefetch, QuerySet

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
from ifn.collaboration.policies.circle import SPEAKS
from ifn.directory.models import Business, Membership
from ifn.directory.naming import only_named
from ifn.directory.queries import standing_for

#: Partners in the order in which they are credited.
_SHOWN: Final = (ProjectPartner.State.ACCEPTED, ProjectPartner.State.LEFT)


@dataclass(frozen=True, slots=True)
class Credit:
    """A partner as it is credited; without a name once it took its yes back."""

    partner: ProjectPartner
    #: None for one who is no longer named.
    name: str | None
    #: The profile that stands for it, where visitors may see one.
    business: Business | None

    @property
    def is_named(self) -> bool:
        """Say whether it is named."""
        return self.name is not None


@dataclass(frozen=True, slots=True)
class Batched:
    """A batch in figures, and how many signed for how much of it until when."""

    tally: BatchTally
    receipts: int
    last_on: object


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
        hidden = (one for one in self.credits if not one.is_named)
        return [
            name
            for one in hidden
            for name in (one.partner.name, getattr(one.partner.business, "name", ""))
            if name
        ]


def release_at(slug: str) -> Release | None:
    """Return the release of an address with its project, whoever may see it."""
    return _with_project().filter(slug=slug).first()


def release_of(project: Project) -> Release | None:
    """Return the release of a project, if one was begun."""
    found = Release.objects.filter(project=project).first()
    if found is not None:
        found.project = project
    return found


def _with_project() -> QuerySet[Release]:
    return Release.objects.select_related("project__call", "project__follows__release")


def whole_of(release: Release, *, preview: bool = False) -> Whole:
    """Return all that a release shows; a preview names those who have not answered yet, too."""
    project = release.project
    specification = (
        Specification.objects.filter(project=project).prefetch_related(_results()).first()
    )
    return Whole(
        release,
        _credits(release, preview=preview),
        list(release.pictures.order_by("place", "pk")),
        specification,
        list(specification.results.all()) if specification else [],
        list(project.stages.filter(state=Stage.State.DONE).order_by("place")),
        _batches(project),
        list(
            Project.objects.shown()
            .filter(follows=project)
            .select_related("release")
            .order_by("created_at", "pk")
        ),
    )


def _results() -> Prefetch[str, QuerySet[TestResult], str]:
    return Prefetch("results", TestResult.objects.order_by("on", "pk"))


def _credits(release: Release, *, preview: bool) -> list[Credit]:
    partners = ProjectPartner.objects.filter(project=release.project_id, state__in=_SHOWN)
    rows = only_named(
        partners.select_related("business", "business__merged_into"),
        "business",
        "business__merged_into",
    )
    states = dict(release.consents.values_list("partner", "state"))
    named = {ReleaseConsent.State.AGREED} | (
        {ReleaseConsent.State.ASKED, None} if preview else set()
    )
    return [
        _credit(one, is_named=states.get(one.pk) in named)
        for one in rows.order_by("added_at", "pk")
        if one.state == ProjectPartner.State.ACCEPTED or one.pk in states
    ]


def _credit(one: ProjectPartner, *, is_named: bool) -> Credit:
    if not is_named:
        return Credit(one, None, None)
    business = standing_for(one.business) if one.business else None
    is_shown = business is not None and business.status == Business.Status.LISTED
    return Credit(one, one.name, business if is_shown else None)


def _batches(project: Project) -> list[Batched]:
    tallies = list(
        BatchTally.objects.filter(batch__project=project)
        .select_related("batch__made_by")
        .order_by("batch__made_on", "pk")
    )
    received = Receipt.objects.filter(allocation__batch__project=project).order_by()
    days = {
        batch: (number, last)
        for batch, number, last in received.values_list("allocation__batch").annotate(
            number=Count("pk"), last=Max("on")
        )
    }
    return [Batched(one, *days.get(one.pk, (0, None))) for one in tallies]


def consents_of(release: Release) -> list[tuple[ProjectPartner, ReleaseConsent | None]]:
    """Return every partner who takes part with what it said, nothing where it was not asked."""
    partners = ProjectPartner.objects.filter(
        project=release.project_id, state=ProjectPartner.State.ACCEPTED
    ).order_by("added_at", "pk")
    said = {one.partner_id: one for one in release.consents.all()}
    return [(one, said.get(one.pk)) for one in partners]


def with_people(project: Project) -> set[int]:
    """Return the firms that take part for which somebody with an account answers."""
    partners = ProjectPartner.objects.filter(project=project, business__isnull=False)
    people = Membership.objects.filter(business__in=partners.values("business"), role__in=SPEAKS)
    return set(people.values_list("business", flat=True))


def consent_with(pk: int) -> ReleaseConsent | None:
    """Return what a partner says to a release, with both."""
    rows = ReleaseConsent.objects.select_related("partner", "release__project")
    return rows.filter(pk=pk).first()


def own_consents(release: Release, partners: Collection[int]) -> list[ReleaseConsent]:
    """Return what these partners say to a release."""
    rows = release.consents.filter(partner__in=partners).select_related("partner")
    return list(rows.order_by("pk"))
