"""Draw from a quota, and forget what was drawn long ago."""

from typing import Final

from django.db import connection

from ifn.quotas.models import Drawn

#: A row of an earlier minute begins anew; one statement, so that processes need not wait.
_DRAW: Final = """
INSERT INTO quotas_drawn (bucket, minute, number) VALUES (%s, %s, %s)
ON CONFLICT (bucket) DO UPDATE SET
  number = CASE WHEN quotas_drawn.minute = excluded.minute
                THEN quotas_drawn.number + excluded.number ELSE excluded.number END,
  minute = excluded.minute
RETURNING number
"""
#: Minutes after which nobody asks for a row any more.
KEPT_MINUTES: Final = 60


def draw(bucket: str, *, minute: int, number: int) -> int:
    """Draw from the quota of a minute; return how much all processes have drawn with it."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [bucket, minute, number])
        return int(cursor.fetchone()[0])


def forget_old(*, minute: int) -> int:
    """Remove what was drawn more than an hour before this minute; return how many rows."""
    removed, _ = Drawn.objects.filter(minute__lt=minute - KEPT_MINUTES).delete()
    return removed
