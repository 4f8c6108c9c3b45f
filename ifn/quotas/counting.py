"""Count requests against a limit a minute without a write for each.

A process draws a tenth of the limit at once from the row that all processes share, and answers so
many requests from that share without asking the database. All processes together never allow more
than the limit; where there are several, what one of them has drawn and not used is lost with the
minute, so a busy asker may be stopped up to a tenth per process early.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import OperationalError
from django.utils.crypto import salted_hmac

from ifn.quotas.actions import draw

SECONDS: Final = 60
#: A share is this part of the limit.
SHARES: Final = 10
#: Askers remembered at once in one process; those of earlier minutes make room first.
MOST: Final = 10_000


@dataclass(slots=True)
class _Share:
    """What this process may still allow in a minute, and what is left for all others."""

    minute: int
    left: int = 0
    elsewhere: int = -1
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether a request may be answered, and how the quota stands after it."""

    is_allowed: bool
    limit: int
    remaining: int
    #: Seconds until the next minute begins.
    seconds: int


_shares: dict[str, _Share] = {}
_lock = threading.Lock()


def minute_of(at: datetime) -> int:
    """Return the number of the minute a moment lies in."""
    return int(at.timestamp()) // SECONDS


def take(quota: str, asker: str, *, limit: int, at: datetime) -> Allowance:
    """Count one request of an asker against a quota with this limit a minute."""
    bucket = salted_hmac("ifn.quotas", f"{quota}\n{asker}", algorithm="sha256").hexdigest()
    minute = minute_of(at)
    with _lock:
        share = _share(bucket, minute)
    with share.lock:  # its own, for the database may let an asker wait
        if not share.left and share.elsewhere:
            _draw_share(share, bucket, limit)
        is_allowed = share.left > 0
        share.left -= is_allowed
        remaining = share.left + max(0, share.elsewhere)
    return Allowance(is_allowed, limit, remaining, (minute + 1) * SECONDS - int(at.timestamp()))


def _share(bucket: str, minute: int) -> _Share:
    share = _shares.get(bucket)
    if share is None or share.minute != minute:
        if len(_shares) >= MOST:
            for old in [key for key, one in _shares.items() if one.minute != minute]:
                del _shares[old]
            if len(_shares) >= MOST:
                del _shares[next(iter(_shares))]
        share = _shares[bucket] = _Share(minute)
    return share


def _draw_share(share: _Share, bucket: str, limit: int) -> None:
    part, begins = max(1, limit // SHARES), share.minute * SECONDS
    try:
        drawn, _until = draw(bucket, number=part, at=begins, until=begins + SECONDS)
    except OperationalError:  # a long write holds the database: reading goes on, a share at most
        share.left, share.elsewhere = part, 0
        return
    share.left = max(0, min(part, limit - (drawn - part)))
    share.elsewhere = max(0, limit - drawn)
