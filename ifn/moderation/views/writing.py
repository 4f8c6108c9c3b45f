"""What the work list shows of its rows and filters, in words and addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.assessments.models import Assessment
from ifn.connections.enquiring.reasons import Complaint
from ifn.connections.enquiring.states import State as EnquiryState
from ifn.connections.models import Opportunity
from ifn.directory.models import Business, Verification
from ifn.moderation import filters
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Claim, Report
from ifn.moderation.views.flow import address_of, with_query
from ifn.moderation.work import Item, Wanted
from ifn.programmes.models import Batch, Outcome
from ifn.regions.queries import Regions

#: What the detail of a row means, by kind of work; others say it in words.
DETAILS = {
    "claim": dict(Claim.Way.choices),
    "report": dict(Report.Kind.choices),
    "profile": dict(Business.Kind.choices),
    "expiring": dict(Verification.Topic.choices),
    "opportunity": dict(Opportunity.Direction.choices),
    "unanswered": dict(EnquiryState.choices),
    "outcome": dict(EnquiryState.choices),
    "complaint": dict(Complaint.choices),
    "assessment": dict(Assessment.Mode.choices),
    "batch": dict(Batch.State.choices),
    "call": dict(Outcome.When.choices),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    value: str
    href: str
    kind: str
    title: str
    detail: str
    place: str
    age: int
    due: str
    is_overdue: bool
    person: str
    is_mine: bool


def row(item: Item, wanted: Wanted, regions: Regions, person: User, *, at: datetime) -> Row:
    return Row(
        value=f"{item.kind}:{item.subject}",
        href=address_of(item, wanted),
        kind=str(KINDS[item.kind].label),
        title=item.title,
        detail=_detail(item),
        place=regions.full_name(item.in_region),
        age=(at - item.waits_since).days,
        due=day_of(item.due_at, at=at),
        is_overdue=item.due_at < at,
        person=item.person_name or "",
        is_mine=item.person_id == person.pk,
    )


def day_of(due: datetime, *, at: datetime) -> str:
    """Return the day of a time limit in words, with its year where that is not the present one."""
    day, today = localtime(due), localtime(at)
    return date_format(day, "j M" if day.year == today.year else "j M Y")


def _detail(item: Item) -> str:
    """Return what a piece of work says of itself: a word of ours, or a name as it stands."""
    if item.kind not in DETAILS:
        return item.detail
    return str(DETAILS[item.kind].get(item.detail, ""))


@dataclass(frozen=True, slots=True)
class Option:
    """A filter as a link: what it says, how many it finds, whether it is on."""

    href: str
    label: str
    count: int | None
    current: bool


def _list(wanted: Wanted) -> str:
    return with_query(reverse("moderation:work"), filters.query(wanted))


def kinds(wanted: Wanted, counts: Mapping[str, int]) -> list[Option]:
    every = Option(
        _list(replace(wanted, kinds=frozenset())),
        _("Everything"),
        sum(counts.values()),
        not wanted.kinds,
    )
    return [
        every,
        *(
            Option(
                _list(replace(wanted, kinds=frozenset({name}))),
                str(kind.label),
                counts[name],
                wanted.kinds == {name},
            )
            for name, kind in KINDS.items()
        ),
    ]


def whose(wanted: Wanted) -> list[Option]:
    names = {"": _("Everybody’s"), "mine": _("Mine"), "nobody": _("Nobody’s")}
    return [
        Option(_list(replace(wanted, whose=value)), name, None, wanted.whose == value)
        for value, name in names.items()
    ] + [
        Option(
            _list(replace(wanted, is_overdue=not wanted.is_overdue)),
            _("Overdue"),
            None,
            wanted.is_overdue,
        )
    ]


def region_choices(person: User, regions: Regions) -> list[tuple[str, str]]:
    """Return the regions to choose from: all provinces, or a regional officer's own."""
    if person.is_office:
        return [(place.code, place.short_name) for place in regions.provinces]
    return [(code, regions.full_name(code)) for code in sorted(person.territory)]


def pills(wanted: Wanted, regions: Regions) -> list[tuple[str, str]]:
    """Return the filters in force, each with the address without it."""
    found = [
        (str(KINDS[kind].label), _list(replace(wanted, kinds=wanted.kinds - {kind})))
        for kind in KINDS
        if kind in wanted.kinds
    ]
    if wanted.region:
        name = regions.full_name(wanted.region)
        found.append((name, _list(replace(wanted, region=""))))
    if wanted.whose:
        name = _("Mine") if wanted.whose == "mine" else _("Nobody’s")
        found.append((name, _list(replace(wanted, whose=""))))
    if wanted.is_overdue:
        found.append((_("Overdue"), _list(replace(wanted, is_overdue=False))))
    return found
