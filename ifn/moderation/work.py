"""Everything that waits for the staff, as one list: each kind of work says what waits and where.

A kind is a question for rows and says where an ``Item`` finds its parts in them; ``KINDS`` is the
whole list, to which rooms above add theirs when the platform starts. The database puts the
questions one under the other, so a page costs the same however many rows there are. A new kind is
one entry here, a word for addresses in ``filters`` and what its detail means in ``views.writing``;
its pages live wherever its work is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import can_manage_directory, has_duty
from ifn.audit.models import Entry
from ifn.connections.nextsteps import REVIEW_DAYS
from ifn.connections.queries import desk
from ifn.connections.queries.opportunities import first_posts
from ifn.directory.models import Attribution, Business, Source, Twins, Verification
from ifn.directory.verified import TOLD_DAYS
from ifn.intake.models import List
from ifn.intake.models import Row as ListRow
from ifn.moderation.models import Assignment, Claim, Look, Report, Told
from ifn.moderation.scope import OF_PROFILE, has_work, in_scope, in_territory


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work: what waits, since when, and until when it should be done."""

    name: str
    label: Promise
    #: Days within which whoever waits may expect an answer.
    days: int
    waiting: Callable[[], QuerySet[Any]]
    #: The address of a piece of work, by its key.
    address: str
    #: Paths from a row to its profile's name, number and region, to what it says, and its date.
    title: str
    number: str
    region: str
    detail: str
    since: str
    #: Whose work it is, where regions do not say so.
    may: Callable[[User], bool] | None = None
    #: Paths to the regions of more profiles that a row is about.
    others: tuple[str, ...] = ()
    #: Leaves out what lies in a person's region and is yet not theirs to do.
    fit_for: Callable[[QuerySet[Any], User], QuerySet[Any]] | None = None

    @property
    def within(self) -> timedelta:
        """Return how long a piece of this work may wait."""
        return timedelta(days=self.days)


def _claims() -> QuerySet[Claim]:
    return Claim.objects.filter(state=Claim.State.WAITING)


def _reports() -> QuerySet[Report]:
    return Report.objects.filter(answered_at=None)


def _new_profiles() -> QuerySet[Business]:
    """Return profiles that members entered themselves and nobody of the staff looked at.

    They wait since they were published: many a maker takes weeks to fill a profile in.
    """
    named = Attribution.objects.filter(field="name", business=OuterRef("pk"))
    own = Attribution.objects.filter(
        field__in=["name", Attribution.WHOLE], source__kind=Source.Kind.SELF
    )
    looked = Look.objects.filter(business=OuterRef("pk"))
    published = Entry.objects.filter(
        subject=Concat(Value(f"{Business._meta.label}:"), Cast(OuterRef("pk"), CharField())),
        event="directory.business.listed",
    ).order_by("-happened_at", "-pk")
    return (
        Business.objects.listed()
        .filter(~Exists(looked), is_demo=False, pk__in=own.values("business"))
        .exclude(Exists(named.exclude(source__kind=Source.Kind.SELF)))
        .annotate(
            published_at=Coalesce(Subquery(published.values("happened_at")[:1]), "created_at")
        )
    )


def _list_rows() -> QuerySet[ListRow]:
    return ListRow.objects.undecided().filter(list__state=List.State.REVIEW)


def _lists_to_release() -> QuerySet[List]:
    """Return lists of others whose rows are all decided, so that an officer may release them."""
    waiting = ListRow.objects.undecided().filter(list=OuterRef("pk"))
    return List.objects.under_review().filter(
        ~Q(organisation=None, scope=[]), ~Exists(waiting), released_at=None
    )


def _twins() -> QuerySet[Twins]:
    merged = Q(left__merged_into__isnull=False) | Q(right__merged_into__isnull=False)
    return Twins.objects.filter(~merged, verdict=Twins.Verdict.WAITING)


def _expiring() -> QuerySet[Verification]:
    """Return verifications that end soon, until renewed, withdrawn, over, or told of by somebody.

    They wait since as many days before their end as this kind of work may take.
    """
    today, told = localdate(), Told.objects.filter(verification=OuterRef("pk"))
    return (
        Verification.objects.standing()
        .filter(~Exists(told), expires_on__range=(today, today + timedelta(days=TOLD_DAYS)))
        .filter(business__status=Business.Status.LISTED, business__is_demo=False)
        .annotate(
            ends_soon_since=ExpressionWrapper(
                Cast("expires_on", DateTimeField()) - timedelta(days=TOLD_DAYS), DateTimeField()
            )
        )
    )


def _for_verifiers(found: QuerySet[Verification], person: User) -> QuerySet[Verification]:
    """Leave what this person may renew: a Dinas vouches for places only, as the policy says."""
    if has_duty(person, Duty.Kind.VERIFIER):
        return found
    place = Q(topic=Verification.Topic.PLACE)
    return in_territory(found.filter(place), person)


#: Every kind of work. Days: a claimant and a reporter wait for an answer, a new profile is public
#: meanwhile.
KINDS: Final[dict[str, Kind]] = {
    one.name: one
    for one in (
        Kind(
            name="claim",
            label=_("Claims"),
            days=3,
            waiting=_claims,
            address="moderation:judge",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="way",
            since="since",
        ),
        Kind(
            name="report",
            label=_("Reports"),
            days=5,
            waiting=_reports,
            address="moderation:answer",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="kind",
            since="made_at",
        ),
        Kind(
            name="profile",
            label=_("New profiles"),
            days=14,
            waiting=_new_profiles,
            address="moderation:look",
            title="name",
            number="number",
            region="region",
            detail="kind",
            since="published_at",
        ),
        Kind(
            name="row",
            label=_("Rows of lists"),
            days=14,
            waiting=_list_rows,
            address="intake:row-by-key",
            title="name",
            number="business__number",
            region="region",
            detail="list__file_name",
            since="list__linked_at",
        ),
        Kind(
            name="list",
            label=_("Lists to release"),
            days=7,
            waiting=_lists_to_release,
            address="intake:list",
            title="file_name",
            number="organisation__number",
            region="organisation__region",
            detail="source__label",
            since="linked_at",
            may=can_manage_directory,
        ),
        Kind(
            name="twins",
            label=_("Duplicates"),
            days=30,
            waiting=_twins,
            address="moderation:twins",
            title="left__name",
            number="left__number",
            region="left__region",
            others=("right__region",),
            detail="right__name",
            since="found_at",
        ),
        Kind(
            name="expiring",
            label=_("Ending verifications"),
            days=TOLD_DAYS,
            waiting=_expiring,
            address="moderation:expiring",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="topic",
            since="ends_soon_since",
            fit_for=_for_verifiers,
        ),
        Kind(
            name="opportunity",
            label=_("Opportunities"),
            days=REVIEW_DAYS,
            waiting=first_posts,
            address="moderation:opportunity",
            title="any_title",
            number="business__number",
            region=OF_PROFILE,
            detail="direction",
            since="since",
        ),
        Kind(
            name="unmatched",
            label=_("Requests that nobody fits"),
            days=7,
            waiting=lambda: desk.unmatched(at=now()),
            address="moderation:broke-request",
            title="any_title",
            number="business__number",
            region=OF_PROFILE,
            detail="business__name",
            since="opened_at",
        ),
        Kind(
            name="unanswered",
            label=_("Enquiries that nobody answers"),
            days=desk.BEFORE_END.days,
            waiting=lambda: desk.unanswered(at=now()),
            address="moderation:broke-enquiry",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="state",
            since="waits_since",
        ),
        Kind(
            name="outcome",
            label=_("Outcomes overdue"),
            days=44,
            waiting=lambda: desk.without_outcome(at=now()),
            address="moderation:broke-enquiry",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="state",
            since="met_at",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work that waits."""

    kind: str
    subject: int
    title: str
    number: str
    detail: str
    in_region: str | None
    waits_since: datetime
    due_at: datetime
    person_id: int | None
    person_name: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is asked for."""

    kinds: frozenset[str] = frozenset()
    region: str = ""
    #: "mine", "nobody" or everybody's.
    whose: str = ""
    is_overdue: bool = False


def waiting(kind: Kind, person: User, wanted: Wanted, *, at: datetime) -> QuerySet[Any]:
    """Return what waits of one kind for this person, as they asked; the only way to the rows."""
    found = _theirs(kind, person)
    if wanted.region:
        inside = Q()
        for path in (kind.region, *kind.others):
            inside |= Q(**{path: wanted.region})
            inside |= Q(**{f"{path}__code__startswith": f"{wanted.region}."})
        found = found.filter(inside)
    if wanted.is_overdue:
        found = found.filter(**{f"{kind.since}__lt": at - kind.within})
    taken = Assignment.objects.filter(kind=kind.name, subject=OuterRef("pk"))
    if wanted.whose == "mine":
        found = found.filter(Exists(taken.filter(person=person)))
    elif wanted.whose == "nobody":
        found = found.filter(~Exists(taken))
    return found


def _theirs(kind: Kind, person: User) -> QuerySet[Any]:
    """Return what waits of one kind and is this person's to do."""
    found: QuerySet[Any] = kind.waiting()
    if kind.may is None:
        found = in_scope(found, person, kind.region, *kind.others)
    elif not kind.may(person):
        found = found.filter(pk__in=[])
    return kind.fit_for(found, person) if kind.fit_for else found


def _rows(kind: Kind, found: QuerySet[Any]) -> QuerySet[Any]:
    taken = Assignment.objects.filter(kind=kind.name, subject=OuterRef("pk"))
    # The names of the columns are none of any table's: a value may not hide a column.
    rows: QuerySet[Any] = found.annotate(
        w_kind=Value(kind.name, CharField()),
        w_due=ExpressionWrapper(F(kind.since) + kind.within, DateTimeField()),
        w_person=Subquery(taken.values("person")[:1]),
        w_name=Subquery(taken.values("person__name")[:1]),
    ).values_list(
        *("w_kind", "pk", kind.title, kind.number, kind.detail, kind.region),
        *(kind.since, "w_due", "w_person", "w_name"),
    )
    return rows


def counted(person: User, wanted: Wanted, *, at: datetime) -> dict[str, int]:
    """Return how much waits of each kind, whichever kinds were asked for; one query."""
    none = dict.fromkeys(KINDS, 0)
    if not has_work(person):
        return none
    first, *rest = (
        waiting(kind, person, wanted, at=at)
        .order_by()
        .annotate(w_kind=Value(name, CharField()))
        .values("w_kind")
        .annotate(w_number=Count("pk"))
        .values_list("w_kind", "w_number")
        for name, kind in KINDS.items()
    )
    return none | dict(first.union(*rest, all=True))


def listed(
    person: User, wanted: Wanted, *, at: datetime, start: int = 0, stop: int = 50
) -> list[Item]:
    """Return a part of what waits, due first first; one query."""
    found = [_rows(kind, waiting(kind, person, wanted, at=at)) for kind in _asked(person, wanted)]
    return _in_line(found, start, stop)


def after(person: User, wanted: Wanted, here: Item, *, at: datetime) -> Item | None:
    """Return the next piece of work behind this one."""
    return next(iter(_beside(person, wanted, here, at=at, forward=True)), None)


def before(person: User, wanted: Wanted, here: Item, *, at: datetime) -> Item | None:
    """Return the piece of work in front of this one."""
    return next(iter(_beside(person, wanted, here, at=at, forward=False)), None)


def item_of(kind: Kind, subject: int, person: User, *, at: datetime) -> Item | None:
    """Return a piece of work if it still waits and is this person's to do."""
    found = waiting(kind, person, Wanted(), at=at).filter(pk=subject)
    return next(iter(_in_line([_rows(kind, found)], 0, 1)), None)


def _beside(person: User, wanted: Wanted, here: Item, *, at: datetime, forward: bool) -> list[Item]:
    found = []
    way = "gt" if forward else "lt"
    for kind in _asked(person, wanted):
        # Due later than here means: waiting since later than here less this kind's days.
        since = here.due_at - kind.within
        beside = Q(**{f"{kind.since}__{way}": since})
        is_beyond = kind.name > here.kind if forward else kind.name < here.kind
        if kind.name == here.kind:
            beside |= Q(**{kind.since: since, f"pk__{way}": here.subject})
        elif is_beyond:
            beside |= Q(**{kind.since: since})
        found.append(_rows(kind, waiting(kind, person, wanted, at=at).filter(beside)))
    return _in_line(found, 0, 1, forward=forward)


def _asked(person: User, wanted: Wanted) -> list[Kind]:
    if not has_work(person):
        return []
    return [kind for name, kind in KINDS.items() if not wanted.kinds or name in wanted.kinds]


def _in_line(
    found: Sequence[QuerySet[Any]], start: int, stop: int, *, forward: bool = True
) -> list[Item]:
    if not found:
        return []
    first, *rest = found
    together = first.union(*rest, all=True) if rest else first
    order = ("w_due", "w_kind", "pk") if forward else ("-w_due", "-w_kind", "-pk")
    return [Item(*row) for row in together.order_by(*order)[start:stop]]
