"""What the work list shows of its rows and filters, in words and addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
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
from ifn.moderation.views.flow import with_query
from ifn.moderation.work import Item, Line, Wanted
from ifn.programmes.models import Batch, Outcome
from ifn.regions.queries import Regions
from ifn.ui import fragments

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


def lines(
    items: Iterable[Item], wanted: Wanted, regions: Regions, person: User, *, at: datetime
) -> SafeString:
    """Write the lines of the list; what they have in common is put into words once."""
    query, choose = filters.query(wanted), _("Choose %(title)s")
    labels = {name: str(kind.label) for name, kind in KINDS.items()}
    address, age, yours = cache(_address), cache(_age), _("yours")
    due = cache(partial(_due, today=localtime(at).date()))

    def about(item: Item) -> str:
        said = (labels[item.kind], _detail(item), regions.full_name(item.in_region))
        return " · ".join(filter(None, said))

    def taker(item: Item) -> str:
        name = yours if item.person_id == person.pk else item.person_name
        return f" · {name}" if name else ""

    return fragments.fill_each(
        "moderation/fragments/work_line.html",
        (
            {
                "state": _OVERDUE if item.due_at < at else "",
                "work": f"{item.kind}:{item.subject}",
                "choose": choose % {"title": item.title},
                "href": with_query(address(item.kind).replace(_HERE, str(item.subject)), query),
                "title": item.title,
                "about": about(item),
                "age": age((at - item.waits_since).days),
                "due": due(localtime(item.due_at).date(), is_overdue=item.due_at < at),
                "taker": taker(item),
            }
            for item in items
        ),
    )


_OVERDUE: Final = mark_safe(' data-state="overdue"')
#: Stands in addresses for the key of a piece of work: no key is so long.
_HERE: Final = "9" * 17


def _address(kind: str) -> str:
    return reverse(KINDS[kind].address, args=[int(_HERE)])


def _age(days: int) -> str:
    if not days:
        return _("today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _due(due: date, *, is_overdue: bool, today: date) -> str:
    day = {"day": _day(due, today)}
    if is_overdue:
        return format_html("<b>{}</b>", _("overdue since %(day)s") % day)
    return _("due on %(day)s") % day


def day_of(due: datetime, *, at: datetime) -> str:
    """Return the day of a time limit in words, with its year where that is not the present one."""
    return _day(localtime(due).date(), localtime(at).date())


def _day(day: date, today: date) -> str:
    return _written_day(day, get_language(), with_year=day.year != today.year)


@lru_cache(maxsize=1024)
def _written_day(day: date, _language: str | None, *, with_year: bool) -> str:
    return date_format(day, "j M Y" if with_year else "j M")


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
    count: str
    current: bool


def _list(wanted: Wanted) -> str:
    return with_query(reverse("moderation:work"), filters.query(wanted))


def kinds(wanted: Wanted, line: Line) -> list[Option]:
    """Return the kinds of work as filters, each with how much of it waits: "25+" where more do."""
    numbers = [f"{sum(line.counts.values())}{'+' if line.more else ''}"]
    numbers += [f"{line.counts[name]}{'+' if name in line.more else ''}" for name in KINDS]
    return [
        Option(href, label, number, current)
        for (href, label, current), number in zip(
            _kinds(wanted, get_language()), numbers, strict=True
        )
    ]


@lru_cache(maxsize=256)
def _kinds(wanted: Wanted, _language: str | None) -> tuple[tuple[str, str, bool], ...]:
    """Return everything, then each kind: its address, its name, whether it alone is shown."""
    one_each = ((frozenset({name}), str(kind.label)) for name, kind in KINDS.items())
    return tuple(
        (_list(replace(wanted, kinds=kinds)), label, wanted.kinds == kinds)
        for kinds, label in ((frozenset[str](), _("Everything")), *one_each)
    )


def tabs(options: Iterable[Option]) -> SafeString:
    """Write filters as tabs, each with its number."""
    return fragments.fill_each(
        "moderation/fragments/tab.html",
        (
            {
                "href": one.href,
                "current": _CURRENT if one.current else "",
                "label": one.label,
                "count": one.count,
            }
            for one in options
        ),
    )


_CURRENT: Final = mark_safe(' aria-current="page"')


def whose(wanted: Wanted) -> list[Option]:
    names = {"": _("Everybody’s"), "mine": _("Mine"), "nobody": _("Nobody’s")}
    return [
        Option(_list(replace(wanted, whose=value)), name, "", wanted.whose == value)
        for value, name in names.items()
    ] + [
        Option(
            _list(replace(wanted, is_overdue=not wanted.is_overdue)),
            _("Overdue"),
            "",
            wanted.is_overdue,
        )
    ]


def region_options(person: User, regions: Regions, chosen: str) -> SafeString:
    """Write the regions to choose from: all provinces, or a regional officer's own."""
    if person.is_office:
        return _options(tuple((one.code, one.short_name) for one in regions.provinces), chosen)
    own = sorted(person.territory)
    return _options(tuple((code, regions.full_name(code)) for code in own), chosen)


@lru_cache(maxsize=128)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SafeString(" selected" * (code == chosen)), name) for code, name in choices),
    )


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
