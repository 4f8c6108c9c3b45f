"""Participants are asked what changed when the day has come, and reminded once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.audit.actions import record
from ifn.directory.actions.confirming import language_of, own_addresses_of, people_of
from ifn.notices.actions import News, tell_many, write_to_address
from ifn.notices.kinds import PROGRAMMES
from ifn.notices.letters import Mail
from ifn.notices.values import day, in_each_language
from ifn.programmes.actions.outcomes import ASKS
from ifn.programmes.actions.telling import path_to_question, people_told
from ifn.programmes.measuring.waves import REMINDED_AFTER, Stage, Wave, window_of
from ifn.programmes.models import Batch, Outcome, OutcomeAsking, Registration
from ifn.programmes.tokens import for_participant

#: Participants written to in one piece of work.
PIECE: Final = 25


def ask_those_due(*, at: datetime, today: date, most: int = PIECE) -> int:
    """Ask the next participants whose wave is due, and return how many; nothing at the end.

    Each is asked in a transaction of their own: who was asked before a worker died is not asked
    again. Who has answered already is not asked.
    """
    asked = 0
    for batch, wave in _due(today):
        rows = _silent(batch, wave).filter(~_was_asked(wave))
        for one in rows.order_by("pk")[: most - asked]:
            asked += ask(one, batch, wave, at=at)
        if asked >= most:
            break
    return asked


def remind_those_silent(*, at: datetime, today: date, most: int = PIECE) -> int:
    """Remind the next who were asked two weeks ago and said nothing; return how many."""
    reminded = 0
    for batch, wave in _open(today):
        waiting = OutcomeAsking.objects.filter(
            registration__in=_silent(batch, wave),
            wave=wave,
            reminded_at=None,
            asked_at__lte=at - REMINDED_AFTER,
        ).exclude(messages=0)
        for asking in waiting.order_by("pk")[: most - reminded]:
            reminded += remind(asking, batch, at=at)
        if reminded >= most:
            break
    return reminded


@transaction.atomic
def ask(registration: Registration, batch: Batch, wave: Wave, *, at: datetime) -> bool:
    """Ask a participant in a wave, and say whether that is news; twice, they are asked once."""
    asking, is_new = OutcomeAsking.objects.get_or_create(
        registration=registration, wave=wave, defaults={"asked_at": at, "messages": 0}
    )
    if not is_new:
        return False
    asking.messages = _write(registration, batch, wave, is_reminder=False, at=at)
    asking.save(update_fields=["messages"])
    record(
        "programmes.outcome.asked",
        registration,
        actor=None,
        at=at,
        wave=str(wave),
        messages=asking.messages,
    )
    return True


@transaction.atomic
def remind(asking: OutcomeAsking, batch: Batch, *, at: datetime) -> bool:
    """Remind who was asked, and say whether that is news; twice, they are reminded once."""
    rows = OutcomeAsking.objects.filter(pk=asking.pk, reminded_at=None)
    if not rows.update(reminded_at=at):
        return False
    found = Registration.objects.select_related("business", "person").get(pk=asking.registration_id)
    sent = _write(found, batch, Wave(asking.wave), is_reminder=True, at=at)
    record("programmes.outcome.reminded", found, actor=None, at=at, wave=asking.wave, messages=sent)
    return True


def _open(today: date) -> list[tuple[Batch, Wave]]:
    """Return which waves of which batches take answers, also late ones, the oldest first."""
    rows = Batch.objects.filter(state__in=ASKS, is_demo=False, ends_on__gte=_oldest(today))
    taking = {Stage.OPEN, Stage.LATE}
    return [
        (batch, wave)
        for batch in rows.select_related("region").order_by("ends_on", "pk")
        for wave in Wave
        if window_of(wave, batch.starts_on, batch.ends_on).stage(today) in taking
    ]


def _oldest(today: date) -> date:
    return date(today.year - 3, 1, 1)


def _due(today: date) -> list[tuple[Batch, Wave]]:
    """Return which waves of which batches are due and in time."""
    found = []
    for batch, wave in _open(today):
        window = window_of(wave, batch.starts_on, batch.ends_on)
        if window.due_on <= today <= window.until:
            found.append((batch, wave))
    return found


def _silent(batch: Batch, wave: Wave) -> QuerySet[Registration]:
    """Return who has a seat in a batch and has not answered in a wave."""
    answers = Outcome.objects.filter(
        registration=OuterRef("pk"), wave=wave, finished_at__isnull=False
    )
    rows = Registration.objects.filter(
        ~Exists(answers), batch=batch, seat__isnull=False, business__is_demo=False
    )
    return rows.select_related("business", "person")


def _was_asked(wave: Wave) -> Q:
    return Q(Exists(OutcomeAsking.objects.filter(registration=OuterRef("pk"), wave=wave)))


def link_of(registration: Registration, wave: Wave, language: str, *, at: datetime) -> str:
    """Return the whole address under which a participant answers without an account."""
    with translation.override(language):
        token = for_participant(registration.pk, localdate(at))
        path = reverse("programmes:outcome-by-link", args=[token, wave])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _write(
    registration: Registration, batch: Batch, wave: Wave, *, is_reminder: bool, at: datetime
) -> int:
    """Tell the people of the firm and who came; return how many of them an e-mail can reach.

    Who has an account finds it among the notices, too. Where nobody has, the firm's own addresses
    are written to.
    """
    business = registration.business
    window = window_of(wave, batch.starts_on, batch.ends_on)

    def facts(language: str) -> Mapping[str, Any]:
        return {
            "title": batch.title,
            "firm": business.name,
            "wave": str(wave),
            "is_reminder": is_reminder,
            "until": window.until,
            "link": link_of(registration, wave, language, at=at),
        }

    mail = Mail("programmes/mail/outcome", "programmes.outcome", facts, is_secret=True)
    occasion = "reminder" if is_reminder else "asked"
    values = {
        "title": in_each_language(lambda: batch.title),
        "firm": business.name,
        "until": day(window.until),
    }
    news = News(f"programmes.{occasion}", path_to_question(registration, wave), values)
    key = f"programmes:outcome:{registration.pk}:{wave}:{occasion}"
    people = people_told(registration)
    tell_many(people, news, key=key, at=at, mail=mail)
    reached = {one.email for one in people if one.email}
    is_firm_reached = any(one.email for one in people_of(business))
    outside = [] if is_firm_reached else own_addresses_of(business)
    for place, to in enumerate(one for one in outside if one not in reached):
        write_to_address(
            to, mail, language_of(business), kind=PROGRAMMES, key=f"{key}:{place}", at=at
        )
    return len(reached | set(outside))
