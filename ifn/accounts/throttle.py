"""Slow down guessing of passwords, together for all processes, without locking anybody else out.

Tries are counted per account and place, so that a stranger's failures never close a person's own
way in. A second, much wider count per place alone stops trying one password on many accounts; it is
wide because a whole neighbourhood may share one address in a mobile network.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from ifn.accounts.identifiers import identifier
from ifn.accounts.models import Tries

WHILE = timedelta(minutes=15)
FOR_ONE_ACCOUNT, FROM_ONE_PLACE = 5, 200


def place_of(request: HttpRequest) -> str:
    """Return the network address a request comes from; of IPv6 the part a household shares."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:  # set only where our own proxy writes the last entry
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def _buckets(account: str, place: str) -> list[tuple[str, int]]:
    spelt = identifier(account) or account.strip().lower()
    return [
        (salted_hmac("ifn.accounts.tries", text, algorithm="sha256").hexdigest(), limit)
        for text, limit in (
            (f"{place}\n{spelt}", FOR_ONE_ACCOUNT),
            (place, FROM_ONE_PLACE),
        )
    ]


@transaction.atomic
def count_try(account: str, place: str, *, at: datetime) -> datetime | None:
    """Count a try before it is made; return when to come back if there were too many, else nothing.

    Counting first keeps many tries at once within the limit, and every step is one statement, so
    that processes need not wait for each other.
    """
    Tries.objects.filter(started_at__lte=at - WHILE).delete()
    buckets = _buckets(account, place)
    Tries.objects.bulk_create(
        [Tries(bucket=bucket, started_at=at) for bucket, _limit in buckets], ignore_conflicts=True
    )
    for bucket, limit in buckets:
        mine = Tries.objects.filter(bucket=bucket)
        if not mine.filter(number__lt=limit).update(number=F("number") + 1):
            started = mine.values_list("started_at", flat=True).first()
            return started + WHILE if started else None
    return None


@transaction.atomic
def forget_tries(account: str, place: str) -> None:
    """Take back what led to a sign-in: it was no guess."""
    (own, _limit), (shared, _wide) = _buckets(account, place)
    Tries.objects.filter(bucket=own).delete()
    Tries.objects.filter(bucket=shared, number__gt=0).update(number=F("number") - 1)
