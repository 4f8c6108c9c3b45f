"""Look what is new in the searches that people follow, and tell them."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from pyroaring import BitMap

from ifn.connections.actions.following import pause
from ifn.connections.following import PAGES, Broken, address_of, packed, unpacked
from ifn.connections.models import Follow
from ifn.connections.queries.following import matching
from ifn.notices.actions import News, tell

#: Searches that one call looks into.
BATCH = 20
#: New things that are named; the others are counted.
MOST_NAMED: Final = 5


@transaction.atomic
def look(after: int, *, on: date, at: datetime) -> int | None:
    """Look into some searches; return the key of the last, or nothing when all were looked into.

    ``after`` is where the call before ended, 0 at first. What a person was told is known from then
    on, in the same transaction.
    """
    some = Follow.objects.running().filter(pk__gt=after).order_by("pk")
    batch = list(some.select_related("person").select_for_update(of=["self"])[:BATCH])
    for following in batch:
        try:
            found = matching(following.page, following.query, on)
        except Broken:
            _give_up(following, at)
        else:
            _tell_what_is_new(following, found, on, at)
    return batch[-1].pk if batch else None


def _tell_what_is_new(following: Follow, found: BitMap, on: date, at: datetime) -> None:
    known = unpacked(following.known)
    new = found - known
    following.looked_at = at
    if new:
        page = PAGES[following.page]
        following.known, following.news_at = packed(known | new), at
        # The highest keys came in last.
        items = page.describe(list(reversed(new))[:MOST_NAMED])
        tell(
            following.person,
            News(
                page.words,
                address_of(following.page, following.query),
                {"count": len(new), "name": following.name},
                items=items,
                more=len(new) - len(items),
            ),
            key=f"follow:{following.pk}:{on.isoformat()}",
            at=at,
        )
    following.save(update_fields=["known", "looked_at", "news_at"])


def _give_up(following: Follow, at: datetime) -> None:
    """Pause a search that can no longer be asked as it was: without a filter all would be new."""
    pause(following, actor=None, at=at)
    tell(
        following.person,
        News(
            "following.broken",
            address_of(following.page, following.query),
            {"name": following.name},
        ),
        key=f"follow:{following.pk}:broken:{at.date().isoformat()}",
        at=at,
    )
