"""Which assessment of a firm counts, and its levels; also when two profiles become one."""

from collections.abc import Iterable

from django.db import transaction

from ifn.assessments import scoring
from ifn.assessments.models import Assessment, Score, Side
from ifn.directory.models import Business


@transaction.atomic
def count(business: int, instrument: int) -> None:
    """Let the latest approved assessment of a firm stand for it, by day and then by order.

    The caller holds the firm.
    """
    of_firm = Assessment.objects.filter(business=business, instrument=instrument)
    latest = of_firm.approved().order_by("-assessed_on", "-pk").first()
    key = latest.pk if latest else 0
    of_firm.filter(is_latest=True).exclude(pk=key).update(is_latest=False)
    Score.objects.current().filter(business=business, instrument=instrument).exclude(
        assessment=key
    ).update(is_current=False)
    if latest is None or latest.is_latest:
        return
    counting = counting_scores(list(Score.objects.filter(assessment=latest).order_by("pk")))
    Score.objects.filter(pk__in=[row.pk for row in counting]).update(is_current=True)
    latest.is_latest = True
    latest.need = scoring.total_need(
        scoring.Level(row.dimension, row.level, row.answered, row.weight) for row in counting
    )
    latest.save(update_fields=["is_latest", "need"])


def counting_scores(scores: list[Score]) -> list[Score]:
    """Return of each dimension the level that counts: the assessor's, else the firm's own."""
    found: dict[str, Score] = {}
    for row in scores:
        if row.side == Side.ASSESSOR or row.dimension not in found:
            found[row.dimension] = row
    return list(found.values())


@transaction.atomic
def follow_business(pks: Iterable[int], business: Business) -> None:
    """Put assessments under another profile of the same firm, as when two are merged.

    Of each questionnaire the latest of both counts from then on. The caller holds both profiles.
    """
    found = Assessment.objects.filter(pk__in=list(pks))
    firms = set(found.values_list("business", "instrument"))
    firms |= {(business.pk, instrument) for _firm, instrument in firms}
    # The rows first: whoever hands one of them in at this moment is waited for.
    found.update(business=business, is_latest=False)
    Score.objects.filter(assessment__in=found).update(business=business, is_current=False)
    for firm, instrument in sorted(firms):
        count(firm, instrument)
