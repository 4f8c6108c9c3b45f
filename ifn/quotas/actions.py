"""Draw from a quota, give back, and forget what no longer counts."""

from typing import Final

from django.db import connection
from django.db.models import F

from ifn.quotas.models import Drawn

#: A row whose time is over begins anew; one statement, so that processes need not wait.
_DRAW: Final = """
INSERT INTO quotas_drawn (bucket, until, number) VALUES (%s, %s, %s)
ON CONFLICT (bucket) DO UPDATE SET
  number = CASE WHEN quotas_drawn.until > %s
                THEN quotas_drawn.number + excluded.number ELSE excluded.number END,
  until = CASE WHEN quotas_drawn.until > %s THEN quotas_drawn.until ELSE excluded.until END
RETURNING number, until
"""


def draw(bucket: str, *, number: int, at: int, until: int) -> tuple[int, int]:
    """Draw from a quota that counts until a second; all moments are seconds since 1970.

    Return how much all processes have drawn with it, and until when that counts: where something
    was drawn already, its own second stands.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [bucket, until, number, at, at])
        drawn, counts_until = cursor.fetchone()
    return int(drawn), int(counts_until)


def give_back(bucket: str, *, number: int = 1) -> None:
    """Take something off what was drawn; where nothing is left, forget the quota."""
    mine = Drawn.objects.filter(bucket=bucket)
    if not mine.filter(number__gt=number).update(number=F("number") - number):
        mine.filter(number__lte=number).delete()


def forget(bucket: str) -> None:
    """Forget all that was drawn from a quota."""
    Drawn.objects.filter(bucket=bucket).delete()


def forget_old(*, at: int) -> int:
    """Remove what counts no longer at this second; return how many rows."""
    removed, _ = Drawn.objects.filter(until__lte=at).delete()
    return removed
