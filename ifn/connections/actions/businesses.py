"""What becomes of opportunities when something happens to their business or their people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.actions.attaching import remove_files
from ifn.connections.actions.moving import lock, move
from ifn.connections.actions.telling import path_to
from ifn.connections.models import (
    Attachment,
    Match,
    Opportunity,
    OpportunityDraft,
    OpportunityVersion,
    StateChange,
)
from ifn.connections.opportunities.indexing import put_in_list, take_off_list
from ifn.connections.queries.opportunities import particulars_of_all
from ifn.directory.models import Business
from ifn.notices.actions import erase_mentions, erase_told_of
from ifn.notices.paths import path_of

#: So many in one piece of work.
BATCH: Final = 50
#: States in which others see it or the office has to look at it.
_LIVE: Final = (Opportunity.State.REVIEW, Opportunity.State.OPEN)


@transaction.atomic
def withdraw_all(business: Business, *, reason: str, actor: User | None, at: datetime) -> int:
    """Take back what a business has open or waiting, and say why; return how many there were."""
    return _withdraw(Opportunity.objects.filter(business=business), reason, actor, at)


def close_those_of_hidden(*, reason: str, at: datetime) -> int:
    """Take back the next opportunities of profiles that are no longer shown; return how many."""
    hidden = Opportunity.objects.filter(business__status=Business.Status.HIDDEN)
    with transaction.atomic():
        return _withdraw(hidden, reason, None, at)


def _withdraw(found: QuerySet[Opportunity], reason: str, actor: User | None, at: datetime) -> int:
    live = list(found.filter(state__in=_LIVE).order_by("pk")[:BATCH])
    for one in live:
        opportunity = lock(one)
        if opportunity.state in _LIVE:
            move(opportunity, Opportunity.State.WITHDRAWN, actor=actor, at=at, reason=reason)
    return len(live)


@transaction.atomic
def follow_business(pks: Iterable[int], business: Business) -> None:
    """Put opportunities under another profile of the same business, as when two are merged."""
    found = Opportunity.objects.filter(pk__in=list(pks))
    found.update(business=business)
    Match.objects.filter(opportunity__in=found, business=business).delete()
    moved = list(found.select_related("business"))
    said = particulars_of_all(moved)
    for one in moved:
        put_in_list(one, said[one.pk])


@transaction.atomic
def erase_opportunities(business: Business, *, actor: User | None, at: datetime) -> int:
    """Remove everything a business offered and asked for, with its files; return how many."""
    found = Opportunity.objects.filter(business=business)
    pks = list(found.values_list("pk", flat=True))
    if pks:
        _forget_told(found)
        _remove(pks)
        record("connections.opportunities.erased", business, actor=actor, at=at, number=len(pks))
    return len(pks)


@transaction.atomic
def erase_from_opportunities(person: User, *, actor: User | None, at: datetime) -> int:
    """Take a person out of all opportunities: their drafts, and their name beside what happened."""
    drafts = OpportunityDraft.objects.filter(person=person)
    unposted = list(
        drafts.filter(opportunity__state=Opportunity.State.DRAFT).values_list(
            "opportunity", flat=True
        )
    )
    gone = drafts.delete()[0]
    others = OpportunityDraft.objects.filter(opportunity__in=unposted).values("opportunity")
    _remove(
        Opportunity.objects.filter(pk__in=unposted)
        .exclude(pk__in=others)
        .values_list("pk", flat=True)
    )
    gone += Opportunity.objects.filter(created_by=person).update(created_by=None)
    gone += StateChange.objects.filter(person=person).update(person=None)
    gone += OpportunityVersion.objects.filter(replaced_by=person).update(replaced_by=None)
    if gone:
        record("connections.person.erased", person, actor=actor, at=at)
    return gone


@transaction.atomic
def remove_demo_opportunities() -> int:
    """Remove every invented opportunity, before the profiles it belongs to; return how many."""
    demo = Opportunity.objects.filter(is_demo=True) | Opportunity.objects.filter(
        business__is_demo=True
    )
    pks = list(demo.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), 500):
        _remove(pks[start : start + 500])
    return len(pks)


def _forget_told(found: QuerySet[Opportunity]) -> None:
    """Remove what people were told of opportunities: those who look after them, and who fits."""
    paths = [path_to(one) for one in found]
    paths += [path_of("connections:opportunity", one.number) for one in found]
    erase_told_of(paths)
    for path in paths:
        erase_mentions(path)


def _remove(pks: Iterable[int]) -> None:
    keys = list(pks)
    remove_files(list(Attachment.objects.filter(opportunity__in=keys)))
    take_off_list(keys)
    Opportunity.objects.filter(pk__in=keys).delete()
