"""A firm's timeline: what a room answers with, and which stretch of it, for whom, was asked for.

Every room that knows something of a firm has a module ``happenings`` with functions that take a
``Window`` and return ``Moment`` rows, the newest first: one statement each, bounded by its limit.
``site.timeline`` puts them together. What is in no moment nobody sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.accounts.models import User
from ifn.directory.models import Business

Row = TypeVar("Row", bound=models.Model)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
#: No timeline reaches farther, whatever an address says.
_FARTHEST: Final = 4_102_444_800_000_000


class Kind(models.TextChoices):
    """What a moment is about."""

    PROFILE = "profile", gettext_lazy("Profile")
    LIST = "list", gettext_lazy("List")
    CLAIM = "claim", gettext_lazy("Claim")
    REPORT = "report", gettext_lazy("Report")
    VERIFICATION = "verification", gettext_lazy("Verification")
    OPPORTUNITY = "opportunity", gettext_lazy("Opportunity")
    ENQUIRY = "enquiry", gettext_lazy("Enquiry")
    INTRODUCTION = "introduction", gettext_lazy("Introduction")
    OUTCOME = "outcome", gettext_lazy("Outcome")
    MENTORING = "mentoring", gettext_lazy("Mentoring")
    COLLABORATION = "collaboration", gettext_lazy("Collaboration")
    DESK = "desk", gettext_lazy("Broker desk")


class Audience(models.TextChoices):
    """For whom a timeline is told."""

    STAFF = "staff", gettext_lazy("Staff")
    FIRM = "firm", gettext_lazy("Business")
    PUBLIC = "public", gettext_lazy("Everyone")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a moment stands: a later one first, then by source and key, so that none is twice."""

    at: datetime
    source: str
    pk: int

    @property
    def key(self) -> tuple[datetime, str, int]:
        """Return what places are ordered by, the newest being the largest."""
        return self.at, self.source, self.pk

    def written(self) -> str:
        """Return it as it stands in an address."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.pk}-{self.source}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the place that an address names; nothing where it names none."""
        at, _dash, rest = text.partition("-")
        pk, _dash, source = rest.partition("-")
        # Longer numbers are none of ours, and Python would take its time to read them.
        if not (at.isascii() and at.isdigit() and pk.isascii() and pk.isdigit()):
            return None
        if max(len(at), len(pk)) > len(str(_FARTHEST)) or int(at) > _FARTHEST:
            return None
        return cls(_EPOCH + int(at) * _MICROSECOND, source[:40], int(pk))


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a firm, or that it did, in the reader's words.

    ``thing`` is the row that a page may be linked to, ``via`` the name of a profile that was merged
    into this one and to which it happened. Moments of one day and person with the same ``group``
    that stand together are told as one.
    """

    place: Place
    kind: Kind
    title: str
    who: str = ""
    parts: tuple[str, ...] = ()
    note: str = ""
    thing: models.Model | None = None
    via: str = ""
    group: str = ""
    count: int = 1

    @property
    def at(self) -> datetime:
        """Return when it happened."""
        return self.place.at


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one firm's timeline: the next ``limit`` moments before a place, for a reader.

    ``gone`` are the profiles merged into the business, whose history is its own. With ``kind`` only
    moments of that kind are asked for; a source that has several leaves out the others.
    """

    business: Business
    gone: tuple[Business, ...]
    audience: Audience
    today: date
    limit: int
    before: Place | None = None
    kind: Kind | None = None

    @property
    def keys(self) -> list[int]:
        """Return the keys of the business and of what was merged into it."""
        return [self.business.pk, *(one.pk for one in self.gone)]

    @property
    def is_staff(self) -> bool:
        """Say whether it is told for the staff."""
        return self.audience == Audience.STAFF

    @property
    def is_public(self) -> bool:
        """Say whether anybody may read it."""
        return self.audience == Audience.PUBLIC

    def wants(self, kind: Kind) -> bool:
        """Say whether moments of this kind are asked for."""
        return self.kind is None or self.kind == kind

    def via(self, pk: int) -> str:
        """Return the name of a profile that is gone; nothing for the business itself."""
        return next((one.name for one in self.gone if one.pk == pk), "")

    def holds(self, place: Place) -> bool:
        """Say whether a place lies before the end of the window."""
        return self.before is None or place.key < self.before.key

    def cut(self, found: models.QuerySet[Row], source: str, at: str = "at") -> models.QuerySet[Row]:
        """Return the rows of a source that may be in the window, the newest first."""
        if self.before is not None:
            found = found.filter(self._earlier(source, at, self.before))
        return found.order_by(f"-{at}", "-pk")[: self.limit]

    @staticmethod
    def _earlier(source: str, at: str, before: Place) -> Q:
        until = Q(**{f"{at}__lte": before.at})
        if source < before.source:
            return until
        if source > before.source:
            return Q(**{f"{at}__lt": before.at})
        return until & (Q(**{f"{at}__lt": before.at}) | Q(pk__lt=before.pk))


def actor_name(person: User | None, window: Window) -> str:
    """Return who did something, as far as the reader may know: a firm reads no officer's name."""
    if person is None:
        return _("The platform")
    if person.is_erased:
        return _("a person whose account was erased")
    if window.is_staff or not person.is_staff:
        return person.name
    return _("The network's office") if person.is_office else _("The regional office")


def told_together(moments: Iterable[Moment]) -> list[Moment]:
    """Return moments in their order, those of one group that stand together as one."""
    told: list[Moment] = []
    for one in moments:
        last = told[-1] if told else None
        if last is None or not one.group or _group(last) != _group(one):
            told.append(one)
            continue
        told[-1] = replace(
            last,
            parts=tuple(dict.fromkeys((*last.parts, *one.parts))),
            note=last.note or one.note,
            count=last.count + one.count,
        )
    return told


def _group(one: Moment) -> tuple[str, str, str, date]:
    return one.group, one.who, one.via, localdate(one.at)
