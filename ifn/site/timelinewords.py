"""A firm's timeline as a page and as a file have it: months, icons, details, ways to the things."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.accounts.models import User
from ifn.accounts.policies import works_in
from ifn.collaboration.models import Project
from ifn.collaboration.policies.projects import is_office
from ifn.connections.models import Enquiry, Opportunity
from ifn.directory.models import Business
from ifn.directory.spreadsheets import Value
from ifn.directory.timeline import Audience, Kind, Moment
from ifn.intake.models import Row
from ifn.intake.policies import can_see as can_see_list
from ifn.moderation.models import Claim, Report
from ifn.programmes.models import Batch, Registration
from ifn.programmes.policies import can_plan
from ifn.site.timeline import Reader

ICONS: Final = {
    Kind.PROFILE: "shop",
    Kind.LIST: "table",
    Kind.CLAIM: "user",
    Kind.REPORT: "alert",
    Kind.VERIFICATION: "shield-check",
    Kind.OPPORTUNITY: "tag",
    Kind.ENQUIRY: "mail",
    Kind.INTRODUCTION: "people",
    Kind.OUTCOME: "check",
    Kind.DESK: "file",
    Kind.MENTORING: "calendar",
    Kind.COLLABORATION: "people",
}
#: What stands out: what the network vouches for, and what came of it.
TONES: Final = {Kind.VERIFICATION: "good", Kind.OUTCOME: "brand"}
#: Of many changed facts so many are named.
MOST_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes moments for one reader; ``user`` is whoever of the staff or the firm reads."""

    reader: Reader
    business: Business
    user: User | None = None

    def months(self, moments: Iterable[Moment]) -> list[dict[str, object]]:
        """Return moments as ``{% timeline %}`` takes them, by month."""
        return [
            {"title": title, "rows": [self._item(one) for one in several]}
            for title, several in groupby(moments, lambda one: date_format(_day(one), "F Y"))
        ]

    def _item(self, one: Moment) -> dict[str, object]:
        title = one.title
        if one.count > 1:
            times = ngettext("%(count)d time", "%(count)d times", one.count)
            title = f"{title} · {times % {'count': one.count}}"
        return {
            "at": _day(one),
            "title": title,
            "href": self.address(one),
            "kind": one.kind.label,
            "icon": ICONS[one.kind],
            "tone": TONES.get(one.kind, ""),
            "detail": detail(one),
            "note": one.note,
            "who": one.who,
        }

    def rows(self, moments: Iterable[Moment]) -> Iterator[Sequence[Value]]:
        """Return moments as rows of a file; headings are ``headings()``."""
        for one in moments:
            address = self.address(one)
            yield (
                one.at,
                str(one.kind.label),
                one.title,
                one.count,
                detail(one, most=len(one.parts)),
                one.note,
                one.who,
                f"{settings.PUBLIC_ADDRESS}{address}" if address else "",
            )

    def address(self, one: Moment) -> str:
        """Return where this reader finds what a moment is about; nothing where they may not."""
        if one.kind == Kind.VERIFICATION:
            return self._verification()
        match one.thing:
            case Opportunity():
                return self._opportunity(one.thing)
            case Enquiry():
                return self._enquiry(one.thing)
            case Business():
                return self._business(one.thing)
            case Registration() | Batch() | Project():
                return self._taking_part(one.thing)
        return self._of_work(one.thing)

    def _taking_part(self, thing: Registration | Batch | Project) -> str:
        return self._project(thing) if isinstance(thing, Project) else self._mentoring(thing)

    def _project(self, thing: Project) -> str:
        """Return the workspace to the firm and the office, to others the page visitors see."""
        is_firm = self.reader.audience == Audience.FIRM
        if is_firm or (self.user is not None and is_office(self.user)):
            return reverse("collaboration:own-project", args=[thing.code])
        return thing.get_absolute_url() if thing.is_shown else ""

    def _of_work(self, thing: object) -> str:
        """Return a page of the staff's own work; rooms name these things to the staff alone."""
        match thing:
            case Claim():
                return reverse("moderation:judge", args=[thing.pk])
            case Report():
                return reverse("moderation:answer", args=[thing.pk])
            case Row() if self.user is not None and can_see_list(self.user, thing.list):
                return reverse("intake:row", args=[thing.list_id, thing.position])
        return ""

    def _verification(self) -> str:
        if self.reader.audience == Audience.STAFF and self.reader.sees_work:
            return reverse("directory:verification", args=[self.business.number])
        return reverse("site:verification")

    def _opportunity(self, thing: Opportunity) -> str:
        if self.reader.audience == Audience.FIRM:
            return reverse("connections:own", args=[thing.number])
        is_public = thing.visibility == Opportunity.Visibility.EVERYONE
        return thing.get_absolute_url() if self.reader.sees_work or is_public else ""

    def _enquiry(self, thing: Enquiry) -> str:
        if self.reader.audience == Audience.FIRM:
            return reverse("connections:enquiry", args=[thing.code])
        if not self.reader.sees_work:
            return reverse("connections:letter", args=[thing.letter_id])
        return reverse("moderation:broke-enquiry", args=[thing.pk])

    def _mentoring(self, thing: Registration | Batch) -> str:
        if isinstance(thing, Batch):
            return thing.get_absolute_url()
        if self.reader.audience == Audience.FIRM:
            return reverse("programmes:own", args=[thing.pk])
        user = self.user
        if user and (can_plan(user) or works_in(user, self.business.region_id)):
            return reverse("programmes:registration", args=[thing.batch.code, thing.pk])
        return ""

    def _business(self, thing: Business) -> str:
        if thing.pk == self.business.pk:
            return ""
        return thing.get_absolute_url() if thing.status == Business.Status.LISTED else ""


def detail(one: Moment, *, most: int = MOST_PARTS) -> str:
    """Return in one line what a moment is about, and to which profile it happened if not this."""
    parts = list(one.parts[:most])
    if more := len(one.parts) - len(parts):
        parts.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    text = ", ".join(filter(None, parts))
    if one.via:
        via = _("to the profile %(name)s, since merged into this one") % {"name": one.via}
        return f"{text} ({via})" if text else via
    return text


def headings() -> list[str]:
    """Return what the columns of the file are called."""
    return [
        _("When"),
        _("Kind"),
        _("What happened"),
        _("How often"),
        _("About"),
        _("Note"),
        _("Who"),
        _("Address"),
    ]


def _day(one: Moment) -> datetime:
    return localtime(one.at)
