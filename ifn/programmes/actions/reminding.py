"""Remind of what is overdue: firms, mentors and partners, each at most once a week.

What everybody is told is put together anew each time and written in one transaction with the note
that they were told: a run that is killed and a run that comes twice remind nobody twice.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from ifn.accounts.models import User
from ifn.directory.actions.confirming import language_of, own_addresses_of
from ifn.directory.models import Business, Membership
from ifn.notices.actions import News, tell, write_to_address
from ifn.notices.kinds import PROGRAMMES
from ifn.notices.letters import Mail
from ifn.notices.paths import path_of
from ifn.notices.tokens import digest_of
from ifn.notices.values import in_each_language
from ifn.programmes.actions.linking import LANGUAGE, lasting, link_of
from ifn.programmes.models import Batch, Commitment, Mentor, Partner, Registration, Reminder, Side
from ifn.programmes.queries.following import overdue_of, promises_overdue
from ifn.programmes.tokens import for_participant

WEEK: Final = timedelta(days=7)
#: So many people are reminded in one piece of work.
PIECE: Final = 50
#: Of what is overdue so much is named in one message.
MOST_NAMED: Final = 10
MOST_ITEMS: Final = 5
#: Reminders older than this tell nothing any more.
FORGOTTEN: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Overdue:
    """One thing that should have been done: what, and until when."""

    what: str
    due_on: date


@dataclass(slots=True)
class Reader:
    """Somebody to be reminded: by their account, or at an address."""

    account: User | None = None
    address: str = ""
    language: str = LANGUAGE
    #: What they owe as a firm, as a mentor, as a partner.
    firms: dict[int, list[Overdue]] = field(default_factory=lambda: defaultdict(list))
    helps: list[tuple[Mentor | Partner, list[Overdue]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a message is about one firm, or one batch: its page, what is overdue."""

    batch: Batch
    path: str
    lines: Sequence[Overdue]
    firm: str = ""

    @property
    def title(self) -> str:
        """Return what it is about in the language in force."""
        return f"{self.firm}: {self.batch.title}" if self.firm else self.batch.title


def remind_next(after: str, *, today: date, at: datetime) -> str | None:
    """Remind the next people after this one; return the last of them, nothing when none is left."""
    readers = _readers(today)
    chosen = sorted(key for key in readers if key > after)[:PIECE]
    for key in chosen:
        remind(key, readers[key], today=today, at=at)
    return chosen[-1] if chosen else None


@transaction.atomic
def remind(key: str, reader: Reader, *, today: date, at: datetime) -> bool:
    """Remind one person of everything, unless that was done within a week; say whether it was."""
    row, is_new = Reminder.objects.get_or_create(reader=key, defaults={"told_on": today})
    due = Reminder.objects.filter(pk=row.pk, told_on__lte=today - WEEK)
    if not is_new and not due.update(told_on=today):
        return False
    parts = [*_firm_parts(reader, today), *_help_parts(reader, today=today, at=at)]
    if reader.account is not None:
        _tell(reader.account, parts, today=today, at=at)
    elif reader.address:
        mail = _mail(parts)
        name = f"programmes.overdue:{key}:{today.isoformat()}"
        write_to_address(reader.address, mail, reader.language, kind=PROGRAMMES, key=name, at=at)
    return True


def _tell(person: User, parts: Sequence[Part], *, today: date, at: datetime) -> None:
    lines = [(line, part.path) for part in parts for line in part.lines]
    news = News(
        "programmes.overdue",
        parts[0].path,
        {
            "count": len(lines),
            "name": in_each_language(lambda: parts[0].title),
        },
        items=[(line.what, path) for line, path in lines[:MOST_ITEMS]],
        more=max(0, len(lines) - MOST_ITEMS),
    )
    key = f"programmes.overdue:{today.isoformat()}"
    tell(person, news, key=key, at=at, mail=_mail(parts))


def _mail(parts: Sequence[Part]) -> Mail:
    def facts(language: str) -> Mapping[str, Any]:
        from_language = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        return {
            "count": sum(len(part.lines) for part in parts),
            "parts": [
                {
                    "title": part.title,
                    "lines": part.lines[:MOST_NAMED],
                    "more": max(0, len(part.lines) - MOST_NAMED),
                    "link": f"{settings.PUBLIC_ADDRESS}{from_language}{part.path}",
                }
                for part in parts
            ],
        }

    return Mail("programmes/mail/overdue", "programmes.overdue", facts, is_secret=True)


def _firm_parts(reader: Reader, today: date) -> list[Part]:
    rows = Registration.objects.filter(pk__in=reader.firms).select_related("batch", "business")
    parts = []
    for one in rows.order_by("pk"):
        if reader.account is not None:
            path = path_of("programmes:own", str(one.pk))
        else:
            path = path_of("programmes:participant", for_participant(one.pk, today))
        parts.append(Part(one.batch, path, reader.firms[one.pk], one.business.name))
    return parts


def _help_parts(reader: Reader, *, today: date, at: datetime) -> list[Part]:
    parts = []
    for helper, lines in reader.helps:
        whole = link_of(lasting(helper, today=today, at=at), settings.LANGUAGE_CODE)
        parts.append(Part(helper.batch, whole.removeprefix(settings.PUBLIC_ADDRESS), lines))
    return parts


def _readers(today: date) -> dict[str, Reader]:
    """Return everybody whom something overdue waits for, by what they are called here."""
    readers: dict[str, Reader] = {}
    _add_firms(readers, today)
    _add_helpers(readers, today)
    return readers


def _add_firms(readers: dict[str, Reader], today: date) -> None:
    rows = overdue_of(Side.FIRM, today).filter(
        registration__batch__is_demo=False, registration__business__is_demo=False
    )
    by_registration: dict[int, list[Overdue]] = defaultdict(list)
    registrations: dict[int, Registration] = {}
    found = rows.select_related("registration__business", "registration__person")
    for action in found.order_by("due_on", "pk"):
        registrations[action.registration_id] = action.registration
        by_registration[action.registration_id].append(Overdue(action.what, action.due_on))
    people = _people_of({one.business_id for one in registrations.values()})
    for key, one in registrations.items():
        known = {each.pk: each for each in people.get(one.business_id, [])}
        if one.person and one.person.is_active:
            known[one.person.pk] = one.person
        for reader in _of_firm(readers, one.business, list(known.values())):
            reader.firms[key] = by_registration[key]


def _people_of(businesses: Collection[int]) -> dict[int, list[User]]:
    """Return the owners and editors of businesses; one query."""
    roles = [Membership.Role.OWNER, Membership.Role.EDITOR]
    rows = Membership.objects.filter(
        business__in=businesses, role__in=roles, person__is_active=True
    )
    found: dict[int, list[User]] = defaultdict(list)
    for one in rows.select_related("person").order_by("pk"):
        found[one.business_id].append(one.person)
    return found


def _of_firm(
    readers: dict[str, Reader], business: Business, people: Sequence[User]
) -> list[Reader]:
    """Return whom to remind for a firm: its people, else its own addresses."""
    if people:
        return [_reader_of(readers, person) for person in people]
    addresses = own_addresses_of(business)
    language = language_of(business) if addresses else LANGUAGE
    return [_reader_at(readers, one, language) for one in addresses]


def _reader_of(readers: dict[str, Reader], person: User) -> Reader:
    key = digest_of(person.email or f"account:{person.pk}")
    reader = readers.setdefault(key, Reader())
    reader.account = person
    return reader


def _reader_at(readers: dict[str, Reader], address: str, language: str = LANGUAGE) -> Reader:
    return readers.setdefault(digest_of(address), Reader(address=address, language=language))


def _add_helpers(readers: dict[str, Reader], today: date) -> None:
    owed: dict[tuple[str, int], list[Overdue]] = defaultdict(list)
    helpers: dict[tuple[str, int], Mentor | Partner] = {}
    for helper, one in _owed(today):
        key = (helper._meta.model_name or "", helper.pk)
        helpers[key] = helper
        owed[key].append(one)
    for key, helper in helpers.items():
        reader = _reader_at(readers, helper.email)
        reader.helps.append((helper, owed[key]))


def _owed(today: date) -> Iterable[tuple[Mentor | Partner, Overdue]]:
    """Yield what mentors and partners owe who are reached by e-mail and whose link holds.

    Whose link the office withdrew is not written to; where none was ever made, one is.
    """
    for action in _of_helpers(Side.MENTOR, today).select_related("mentor__batch"):
        if action.mentor and _is_reached(action.mentor):
            yield action.mentor, Overdue(action.what, action.due_on)
    for action in _of_helpers(Side.PARTNER, today).select_related("partner__batch"):
        if action.partner and _is_reached(action.partner):
            yield action.partner, Overdue(action.what, action.due_on)
    promises: Iterable[Commitment] = promises_overdue(today).select_related("partner__batch")
    for promise in promises:
        if promise.due_on and _is_reached(promise.partner):
            yield promise.partner, Overdue(promise.what, promise.due_on)


def _of_helpers(side: str, today: date) -> Any:
    return overdue_of(side, today).order_by("due_on", "pk")


def _is_reached(helper: Mentor | Partner) -> bool:
    is_withdrawn = helper.link_on is None and helper.link > 0
    return bool(helper.email) and not is_withdrawn and not helper.batch.is_demo


def forget_reminders(*, today: date) -> int:
    """Remove notes of reminders that no longer matter; return how many."""
    return Reminder.objects.filter(told_on__lt=today - FORGOTTEN).delete()[0]
