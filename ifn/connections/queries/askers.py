"""What is known of whoever asks: how far they are trusted, what else they sent, who blocks them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Q

from ifn.connections.enquiring.suspicion import WHILE_DAYS, Spread
from ifn.connections.models import Block, Letter
from ifn.connections.policies.enquiries import ANSWERS
from ifn.directory.models import Membership, Verification

VISITOR, MEMBER, VERIFIED = "visitor", "member", "verified"
LEVELS: Final = (VISITOR, MEMBER, VERIFIED)


def level_of(person: int | None, today: date) -> str:
    """Return how far an asker is trusted; one query for a member, none for a visitor."""
    if person is None:
        return VISITOR
    looked_after = Membership.objects.filter(person=person, role__in=ANSWERS)
    checked = Verification.objects.filter(
        business__in=looked_after.values("business"),
        withdrawn_at=None,
        replaced_at=None,
        expires_on__gte=today,
    )
    return VERIFIED if checked.exists() else MEMBER


def letters_a_day(level: str) -> int:
    """Return how many letters an asker of this level may write a day."""
    return int(settings.LETTERS_A_DAY[level])


def spread_of(letter: Letter, *, at: datetime) -> Spread:
    """Return how widely the words of a letter went out lately, itself included."""
    since = at - timedelta(days=WHILE_DAYS)
    same = Letter.objects.filter(fingerprint=letter.fingerprint, written_at__gte=since)
    found = same.aggregate(
        # Not different firms: that would show which firm is behind an opportunity without a name.
        firms=Count("enquiries", filter=Q(asker=letter.asker), distinct=True),
        senders=Count("asker", distinct=True),
    )
    return Spread(found["firms"], found["senders"])


def firms_that_block(asker: str, firms: Collection[int]) -> set[int]:
    """Return which of these firms want no enquiries of an asker."""
    return set(
        Block.objects.filter(asker=asker, business__in=firms).values_list("business", flat=True)
    )
