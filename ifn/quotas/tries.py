"""Count every single try of something that costs or could be guessed, exactly.

The time of a count begins with its first try, so whoever made one too many is told when to come
back. Counting comes before the try itself and is one statement for each bound: many at once stay
within the limit, and processes need not wait for each other.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from ifn.quotas.actions import draw, forget, give_back

WHILE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Bound:
    """At most so many tries within ``WHILE``: of what, by whom or from where."""

    quota: str
    asker: str
    most: int

    @property
    def bucket(self) -> str:
        """Return the row that counts it: a keyed digest, which tells nobody who tried what."""
        text = f"{self.quota}\n{self.asker}"
        return salted_hmac("ifn.quotas.tries", text, algorithm="sha256").hexdigest()


@transaction.atomic
def count(*bounds: Bound, at: datetime) -> datetime | None:
    """Count a try before it is made; return when to come back if there were too many, else nothing.

    What one bound refuses is not counted against it, nor against those behind it.
    """
    second = int(at.timestamp())
    until = math.ceil(at.timestamp()) + int(WHILE.total_seconds())
    for bound in bounds:
        drawn, counts_until = draw(bound.bucket, number=1, at=second, until=until)
        if drawn > bound.most:
            give_back(bound.bucket)
            return datetime.fromtimestamp(counts_until, tz=UTC)
    return None


@transaction.atomic
def take_back(bound: Bound) -> None:
    """Take one try back: it was no guess."""
    give_back(bound.bucket)


@transaction.atomic
def take_all_back(bound: Bound) -> None:
    """Forget all tries of a bound: what they led to shows that they were none."""
    forget(bound.bucket)
