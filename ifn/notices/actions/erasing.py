"""Remove what a person was told, and what names something that is erased."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.notices.models import Digest, Notice, Wish


@transaction.atomic
def erase_notices(person: User, *, actor: User | None, at: datetime) -> int:
    """Remove all that a person was told and what they wished; return how many rows."""
    gone = Notice.objects.filter(person=person).delete()[0]
    gone += Digest.objects.filter(person=person).delete()[0]
    gone += Wish.objects.filter(person=person).delete()[0]
    if gone:
        record("notices.erased", person, actor=actor, at=at, rows=gone)
    return gone


@transaction.atomic
def erase_mentions(address: str) -> int:
    """Take what leads to an address of the site, or below it, out of all notices.

    Returns how many notices named it; one that led there itself is removed.
    """
    gone = Notice.objects.filter(address=address).delete()[0]
    named = Notice.objects.filter(items__icontains=f'"{address}"')
    for notice in named:
        notice.items = [item for item in notice.items if item["address"] != address]
        notice.save(update_fields=["items"])
        gone += 1
    return gone


@transaction.atomic
def erase_told_of(addresses: Collection[str]) -> int:
    """Remove all notices that lead to one of these paths; return how many."""
    return Notice.objects.filter(address__in=addresses).delete()[0]
