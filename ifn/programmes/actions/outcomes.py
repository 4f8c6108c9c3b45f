"""What participants say of their firms: kept as it is said, by themselves or through the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.notices.actions import settle
from ifn.programmes.actions.telling import path_to_question, people_told
from ifn.programmes.measuring.waves import Stage, Wave, earlier, window_of
from ifn.programmes.models import Batch, Outcome, Registration
from ifn.programmes.planning import states

#: States of a batch in which its participants are asked.
ASKS: Final = states.ASKS


class NotAsked(Exception):  # noqa: N818
    """They have no seat, or the batch is stopped or not confirmed yet."""


class NotYet(Exception):  # noqa: N818
    """The wave is not open on that day; ``opens_on`` says from when."""

    def __init__(self, opens_on: date) -> None:
        super().__init__(opens_on)
        self.opens_on = opens_on


class IsOver(Exception):  # noqa: N818
    """On that day the wave was over, and an answer would speak of another time."""

    def __init__(self, ended_on: date) -> None:
        super().__init__(ended_on)
        self.ended_on = ended_on


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else wrote into these answers since they were shown."""


class NothingBefore(Exception):  # noqa: N818
    """Nothing was said in an earlier wave that could be the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How an answer came: on which way, said on which day, seen in which version, on which page."""

    way: str
    said_on: date
    seen: int = 0
    page: str = ""


@transaction.atomic
def save_answers(  # noqa: PLR0913  # whose, what, how, by whom, when
    registration: Registration,
    wave: Wave,
    facts: Mapping[str, Any],
    entry: Entry,
    *,
    is_finished: bool,
    actor: User | None,
    at: datetime,
) -> Outcome:
    """Keep what was said in a wave; columns that are not given stay as they were.

    Sent twice, it is kept once. Once it was finished it stays so, and what was said on which day.

    Raises:
        ChangedMeanwhile: Somebody else wrote into it since ``entry.seen``.
        IsOver: The wave was over on that day.
        NotAsked: They are asked nothing.
        NotYet: The wave was not open on that day.

    """
    one = _locked(registration, wave, entry)
    is_own_page = bool(entry.page) and one.written_in == entry.page
    if one.version not in {0, entry.seen} and not is_own_page:
        raise ChangedMeanwhile
    given = {name: value for name, value in facts.items() if name in Outcome.ANSWERS}
    return _write(one, given, entry, is_finished=is_finished, actor=actor, at=at)


@transaction.atomic
def same_again(
    registration: Registration, wave: Wave, entry: Entry, *, actor: User | None, at: datetime
) -> Outcome:
    """Take over what was said in the last wave before, because nothing has changed since.

    New products and certificates are then none. Pressed twice, it is taken over once; what was
    finished before stays.

    Raises:
        IsOver: The wave was over on that day.
        NotAsked: They are asked nothing.
        NothingBefore: There is nothing that could be taken over.
        NotYet: The wave was not open on that day.

    """
    one = _locked(registration, wave, entry)
    if one.finished_at:
        return one
    source = last_said(registration, wave)
    if source is None:
        raise NothingBefore
    facts = source.said() | {
        "products": None if source.products is None else 0,
        "certificates": None if source.certificates is None else [],
        "note": "",
    }
    return _write(one, facts, entry, is_finished=True, actor=actor, at=at, same_as=source.wave)


def last_said(registration: Registration, wave: Wave) -> Outcome | None:
    """Return the answers of the nearest wave before that were finished, if any were."""
    rows = Outcome.objects.filter(registration=registration, finished_at__isnull=False)
    by_wave = {one.wave: one for one in rows}
    return next((by_wave[each] for each in earlier(wave) if each in by_wave), None)


def _locked(registration: Registration, wave: Wave, entry: Entry) -> Outcome:
    """Return the answers of a wave, new where there are none, which nobody else changes now."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("batch")
    fresh = rows.get(pk=registration.pk)
    check_open(fresh.batch, fresh, wave, entry.said_on)
    found = Outcome.objects.filter(registration=fresh, wave=wave).first()
    return found or Outcome(registration=fresh, wave=wave, version=0)


def check_open(batch: Batch, registration: Registration, wave: Wave, on: date) -> None:
    """Refuse a wave that takes no answers on a day.

    Raises:
        IsOver: It was over.
        NotAsked: The participant is asked nothing.
        NotYet: It was not open.

    """
    if registration.seat is None or batch.state not in ASKS:
        raise NotAsked
    window = window_of(wave, batch.starts_on, batch.ends_on)
    stage = window.stage(on)
    if stage == Stage.COMING:
        raise NotYet(window.opens_on)
    if stage == Stage.OVER:
        raise IsOver(window.ends_on)


def _write(  # noqa: PLR0913  # what, how, by whom, when
    one: Outcome,
    facts: Mapping[str, Any],
    entry: Entry,
    *,
    is_finished: bool,
    actor: User | None,
    at: datetime,
    same_as: str = "",
) -> Outcome:
    before = one.said()
    changed = {name: value for name, value in facts.items() if before[name] != value}
    finishes = is_finished and one.finished_at is None
    if not changed and not finishes:
        return one
    for name, value in changed.items():
        setattr(one, name, value)
    wave = Wave(one.wave)
    if one.finished_at is None:
        batch = one.registration.batch
        window = window_of(wave, batch.starts_on, batch.ends_on)
        one.said_on, one.is_late = entry.said_on, window.is_late(entry.said_on)
    one.same_as, one.way, one.person, one.written_in = same_as, entry.way, actor, entry.page
    one.changed_at, one.version = at, one.version + 1
    if finishes:
        one.finished_at = at
    one.save()
    if finishes:
        settle(people_told(one.registration), path_to_question(one.registration, wave), at=at)
    record(
        "programmes.outcome.answered" if finishes else "programmes.outcome.saved",
        one,
        actor=actor,
        at=at,
        before={name: before[name] for name in changed},
        after=changed,
        wave=one.wave,
        way=one.way,
        same_as=same_as,
    )
    return one
