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
REGISTRATIONS, MESSAGES = 40, 5
#: Reports about profiles from one place.
REPORTS = 20
#: Enquiries that visitors write from one place.
LETTERS = 20
#: Chains that visitors ask for from one place; each takes seconds of a processor.
BRIEFS = 20
#: Codes of a second factor, from wherever; only who knows the password can use these up.
CODES = 30


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


def _digest(text: str) -> str:
    return salted_hmac("ifn.accounts.tries", text, algorithm="sha256").hexdigest()


def _buckets(account: str, place: str) -> list[tuple[str, int]]:
    spelt = identifier(account) or account.strip().lower()
    return [
        (_digest(f"{place}\n{spelt}"), FOR_ONE_ACCOUNT),
        (_digest(place), FROM_ONE_PLACE),
    ]


def count_try(account: str, place: str, *, at: datetime) -> datetime | None:
    """Count a try before it is made; return when to come back if there were too many, else nothing.

    Counting first keeps many tries at once within the limit, and every step is one statement, so
    that processes need not wait for each other.
    """
    return _count(_buckets(account, place), at)


def count_code(person: int, place: str, *, at: datetime) -> datetime | None:
    """Count a code before it is looked at, for this place and, more widely, for all together."""
    buckets = [(_digest(f"code {person}\n{place}"), FOR_ONE_ACCOUNT)]
    return _count([*buckets, (_digest(f"code {person}"), CODES)], at)


def count_passkey(place: str, *, at: datetime) -> datetime | None:
    """Count a use of a passkey; there is nothing to guess, but checking costs."""
    return _count([(_digest(f"passkey\n{place}"), FROM_ONE_PLACE)], at)


def count_registration(place: str, *, at: datetime) -> datetime | None:
    """Count somebody who opens an account; a class of makers may do so from one hotspot."""
    return _count([(_digest(f"register\n{place}"), REGISTRATIONS)], at)


def count_report(place: str, *, at: datetime) -> datetime | None:
    """Count a report about a profile, which anybody may send without an account."""
    return _count([(_digest(f"report\n{place}"), REPORTS)], at)


def count_letter(place: str, *, at: datetime) -> datetime | None:
    """Count an enquiry of a visitor, which anybody may write without an account."""
    return _count([(_digest(f"letter\n{place}"), LETTERS)], at)


def count_brief(place: str, *, at: datetime) -> datetime | None:
    """Count a chain that a visitor asks for, which anybody may without an account."""
    return _count([(_digest(f"brief\n{place}"), BRIEFS)], at)


def count_message(address: str, *, at: datetime) -> datetime | None:
    """Count a message that anybody may have sent to an address, from wherever.

    Beyond the limit the last message stays the newest one, so its link goes on opening: whoever
    asks in somebody's name fills no mailbox and keeps nobody out.
    """
    spelt = identifier(address) or address.strip().lower()
    return _count([(_digest(f"message\n{spelt}"), MESSAGES)], at)


@transaction.atomic
def _count(buckets: list[tuple[str, int]], at: datetime) -> datetime | None:
    Tries.objects.filter(started_at__lte=at - WHILE).delete()
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
