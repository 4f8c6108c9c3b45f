"""A breach is entered, what is known and done is added, and it is closed; nothing is taken back."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import Duty, User
from ifn.audit.actions import record
from ifn.mail.actions import send_template
from ifn.privacy.models import CLOCK, Breach, BreachEntry

#: Data officers are reminded when so much of the clock is left.
REMIND_BEFORE: Final = timedelta(hours=24)
Kind = BreachEntry.Kind


class Closed(Exception):  # noqa: N818
    """The breach is closed; a new one is entered for what comes to light later."""


class NotToldYet(Exception):  # noqa: N818
    """A breach is closed once the authority and the people were told, or it was said why not."""


class WordsMissing(Exception):  # noqa: N818
    """An entry says something."""


@transaction.atomic
def enter_breach(
    title: str, text: str, *, noticed_at: datetime, actor: User, at: datetime
) -> Breach:
    """Enter a breach; its 72 hours run from when it was noticed, not from when it is entered."""
    breach = Breach.objects.create(
        title=title,
        noticed_at=noticed_at,
        due_at=noticed_at + CLOCK,
        entered_by=actor,
        entered_at=at,
    )
    BreachEntry.objects.create(
        breach=breach, kind=Kind.HAPPENED, text=text, author=actor, written_at=at
    )
    record("privacy.breach.entered", breach, actor=actor, at=at, noticed_at=noticed_at)
    return breach


@transaction.atomic
def add_entry(  # what, about what, how many people, by whom, when
    breach: Breach, kind: str, text: str, *, people: int | None = None, actor: User, at: datetime
) -> BreachEntry:
    """Add what became known or was done; telling the authority and the people is dated by it.

    Raises:
        Closed: It is closed.
        NotToldYet: It cannot be closed before it was told.
        WordsMissing: There is nothing in it.

    """
    breach = Breach.objects.select_for_update().get(pk=breach.pk)
    if breach.closed_at:
        raise Closed
    if not text.strip():
        raise WordsMissing
    if kind == Kind.AUTHORITY:
        breach.authority_told_at = breach.authority_told_at or at
    elif kind == Kind.PEOPLE:
        breach.people_told_at = breach.people_told_at or at
    elif kind == Kind.CLOSED:
        if not (breach.authority_told_at and breach.people_told_at):
            raise NotToldYet
        breach.closed_at = at
    breach.save(update_fields=["authority_told_at", "people_told_at", "closed_at"])
    entry = BreachEntry.objects.create(
        breach=breach, kind=kind, text=text, people=people, author=actor, written_at=at
    )
    record("privacy.breach.added", breach, actor=actor, at=at, kind=kind)
    return entry


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Remind data officers once of each breach not told yet whose clock runs out within a day."""
    untold = Q(authority_told_at=None) | Q(people_told_at=None)
    due = Breach.objects.select_for_update().filter(
        untold, closed_at=None, reminded_at=None, due_at__lte=at + REMIND_BEFORE
    )
    sent = 0
    for breach in due.order_by("pk"):
        for person in _those_on_duty():
            sent += _remind(breach, person, at=at)
        breach.reminded_at = at
        breach.save(update_fields=["reminded_at"])
    return sent


def _those_on_duty() -> list[User]:
    officers = Duty.objects.filter(kind=Duty.Kind.DATA).values("person")
    found = User.objects.filter(
        Q(role=User.Role.ADMINISTRATOR) | Q(role=User.Role.OFFICER, pk__in=officers)
    )
    return list(found.filter(is_active=True, email__isnull=False).order_by("pk"))


def _remind(breach: Breach, person: User, *, at: datetime) -> int:
    with translation.override(person.language):
        path = reverse("privacy:breach", args=[breach.pk])
    send_template(
        "privacy/mail/breach",
        {"breach": breach, "address": f"{settings.PUBLIC_ADDRESS}{path}"},
        person.language,
        to=person.email or "",
        kind="privacy.breach",
        at=at,
        key=f"privacy:breach:{breach.pk}:{person.pk}",
    )
    return 1
