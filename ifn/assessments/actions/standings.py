"""The sums by region counted anew: after a database was mended by hand, or to be sure."""

from django.db import connection, transaction

from ifn.assessments.models import Assessed, Standing
from ifn.assessments.summing import add_up


@transaction.atomic
def count_anew() -> int:
    """Add every sum up from scratch; return how many had been something else."""
    before = _sums()
    with connection.cursor() as cursor:
        add_up(cursor)
    return len(before ^ _sums())


def _sums() -> set[tuple[object, ...]]:
    standings = Standing.objects.filter(firms__gt=0)
    assessed = Assessed.objects.filter(firms__gt=0)
    return {
        *standings.values_list(
            *("instrument", "region", "dimension", "line", "firms", "levels", "weights", "low")
        ),
        *assessed.values_list("instrument", "region", "firms", "needs"),
    }
