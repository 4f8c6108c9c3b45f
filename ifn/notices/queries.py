"""What a person was told, how often they want messages, and whether these arrive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Value, When
from django.utils.timezone import get_default_timezone

from ifn.accounts.models import User
from ifn.mail.models import Refusal
from ifn.notices.kinds import KINDS, Said, said
from ifn.notices.models import Notice, NoticeQuerySet, Often, Wish
from ifn.notices.paths import path_in

#: More unread notices are not counted; the head of a page says "99+".
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its sentences, and the text and address of each thing it is about."""

    notice: Notice
    said: Said
    items: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Day:
    """The notices of one day, all of them read or none."""

    on: date
    is_read: bool
    told: list[Told]


def unread_count(person: User) -> int:
    """Return how many notices wait to be read, at most ``MOST_COUNTED``."""
    unread = Notice.objects.filter(person=person).unread().values_list("pk")
    return len(unread[:MOST_COUNTED])


def notices_of(person: User) -> NoticeQuerySet:
    """Return a person's notices: unread first, the newest before the others."""
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1))
    return Notice.objects.filter(person=person).order_by(is_read, "-made_at", "-pk")


def by_day(notices: Iterable[Notice], language: str) -> list[Day]:
    """Return notices, in order as given, with their sentences and grouped by their local day.

    Addresses are those of ``language``, which is the language in force.
    """
    days: list[Day] = []
    for notice in notices:
        on = notice.made_at.astimezone(get_default_timezone()).date()
        is_read = notice.read_at is not None
        if not days or (days[-1].on, days[-1].is_read) != (on, is_read):
            days.append(Day(on, is_read, []))
        items = [(item["text"], path_in(language, item["address"])) for item in notice.items]
        days[-1].told.append(Told(notice, said(notice.words, notice.values), items))
    return days


def wishes_of(person: User) -> dict[str, Often]:
    """Return how often a person wants messages about each kind."""
    stated = dict(Wish.objects.filter(person=person).values_list("kind", "often"))
    return {key: Often(stated.get(key, kind.usual)) for key, kind in KINDS.items()}


def refusal_of(person: User) -> Refusal | None:
    """Return that a mail server refused a person's address, where one did."""
    return Refusal.objects.filter(address=person.email).first() if person.email else None
