"""What a draft says becomes what others see: opened, put before the office, or changed."""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.actions.kinds import kind_going
from ifn.connections.actions.moving import end_of, lock, move
from ifn.connections.models import (
    Opportunity,
    OpportunityDraft,
    OpportunityTerm,
    OpportunityVersion,
)
from ifn.connections.opportunities.indexing import put_in_list
from ifn.connections.opportunities.particulars import COLUMNS, Particulars, changed, to_json
from ifn.connections.policies.opportunities import can_release
from ifn.connections.queries.opportunities import is_trusted, particulars_of
from ifn.directory.models import Business
from ifn.vocabulary.queries import lexicon

_NEW: Final = frozenset({Opportunity.State.DRAFT, Opportunity.State.REFUSED})


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed the opportunity since the draft was begun; nothing was written."""


class Over(Exception):  # noqa: N818
    """It is filled, expired or withdrawn; it is renewed or written anew."""


class NotListed(Exception):  # noqa: N818
    """The business is shown to nobody, so what it posts would be, too."""


class UnknownTerm(ValueError):  # noqa: N818
    """A term is in no vocabulary."""


@transaction.atomic
def post(  # what, as seen when, by whom, on which day
    opportunity: Opportunity,
    particulars: Particulars,
    *,
    version: int,
    actor: User,
    at: datetime,
    today: date,
) -> Opportunity:
    """Post a draft, or change what is posted; sent twice, it is done once.

    The first posts of a business that the network knows nothing of wait for the office. A change of
    what is open keeps how it stood before and what was agreed about how long it stays open.

    Raises:
        ChangedMeanwhile: ``version`` is not the newest and the facts differ.
        DeadlineGone: The deadline is before today.
        NotListed: The business is not in the directory, or no longer.
        Over: It came to its end.
        UnknownTerm: A term is in no vocabulary.
        WrongWay: Its kind cannot go the way it goes.

    """
    opportunity = lock(opportunity)
    before = particulars_of(opportunity)
    names = changed(before, particulars)
    if opportunity.is_over:
        raise Over
    if opportunity.version != version:
        if names:
            raise ChangedMeanwhile
        return opportunity
    if opportunity.state in _NEW:
        kind_going(opportunity.direction, opportunity.kind.code)
        write_facts(opportunity, particulars, at=at)
        _open_or_ask(opportunity, particulars, actor=actor, at=at, today=today)
    elif names:
        _revise(opportunity, before, particulars, names, actor=actor, at=at, today=today)
    OpportunityDraft.objects.filter(opportunity=opportunity, person=actor).delete()
    return opportunity


def _open_or_ask(
    opportunity: Opportunity, particulars: Particulars, *, actor: User, at: datetime, today: date
) -> None:
    if opportunity.business.status != Business.Status.LISTED:
        raise NotListed
    end = end_of(particulars.deadline, today)
    by_office = can_release(actor, opportunity.business.region_id)
    opportunity.version += 1
    if not by_office and not is_trusted(opportunity.business, today):
        move(
            opportunity,
            Opportunity.State.REVIEW,
            actor=actor,
            at=at,
            particulars=particulars,
            event="connections.opportunity.posted",
        )
        return
    open_now(opportunity, particulars, end=end, actor=actor, at=at)


def open_now(
    opportunity: Opportunity,
    particulars: Particulars,
    *,
    end: date,
    actor: User | None,
    at: datetime,
) -> None:
    """Open a locked opportunity until a day."""
    opportunity.opened_at, opportunity.expires_on, opportunity.asked_for = at, end, None
    move(
        opportunity,
        Opportunity.State.OPEN,
        actor=actor,
        at=at,
        particulars=particulars,
        event="connections.opportunity.opened",
        until=end,
    )


def _revise(  # noqa: PLR0913  # before, after, and the circumstances
    opportunity: Opportunity,
    before: Particulars,
    after: Particulars,
    names: list[str],
    *,
    actor: User,
    at: datetime,
    today: date,
) -> None:
    OpportunityVersion.objects.create(
        opportunity=opportunity,
        version=opportunity.version,
        particulars=to_json(before),
        replaced_at=at,
        replaced_by=actor,
    )
    if "deadline" in names:
        end = end_of(after.deadline, today)
        if opportunity.expires_on and (end < opportunity.expires_on or before.deadline):
            opportunity.expires_on = end
    write_facts(opportunity, after, at=at)
    opportunity.version += 1
    opportunity.save()
    put_in_list(opportunity, after)
    record(
        "connections.opportunity.revised",
        opportunity,
        actor=actor,
        at=at,
        before={name: getattr(before, name) for name in names},
        after={name: getattr(after, name) for name in names},
    )


def write_facts(opportunity: Opportunity, particulars: Particulars, *, at: datetime) -> None:
    """Put facts into the columns of a locked opportunity, and its terms beside it."""
    for name in COLUMNS:
        setattr(opportunity, name, getattr(particulars, name))
    opportunity.region_id = particulars.region or None
    opportunity.unit_id = _unit(particulars.unit)
    opportunity.price_unit_id = _unit(particulars.price_unit)
    opportunity.changed_at = at
    opportunity.save()
    keys = [_key(vocabulary, code) for vocabulary, code in particulars.terms]
    OpportunityTerm.objects.filter(opportunity=opportunity).exclude(term__in=keys).delete()
    OpportunityTerm.objects.bulk_create(
        [OpportunityTerm(opportunity=opportunity, term_id=key) for key in keys],
        ignore_conflicts=True,
    )


def _unit(code: str) -> int | None:
    return _key("unit", code) if code else None


def _key(vocabulary: str, code: str) -> int:
    word = lexicon().get(vocabulary, code)
    if word is None:
        raise UnknownTerm(f"{vocabulary}:{code}")
    return word.pk
