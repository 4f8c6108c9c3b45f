"""Look for those who fit what is open, and keep them with their reasons."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from ifn.connections.matches.fields import Ready, ready
from ifn.connections.matches.needs import need_of
from ifn.connections.matching.batch import all_matches
from ifn.connections.matching.facts import Exclusion, Match, Need, Reason
from ifn.connections.matching.field import Nearly
from ifn.connections.matching.scoring import match
from ifn.connections.models import Match as StoredMatch
from ifn.connections.models import Opportunity
from ifn.connections.opportunities.saying import kept
from ifn.connections.queries.enquiries import blocked_by_firm
from ifn.connections.queries.opportunities import due_for_matching, particulars_of_all
from ifn.directory.models import Business
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: So many opportunities in one piece of work.
BATCH: Final = 20


def match_due(*, at: datetime, today: date) -> int:
    """Look for those who fit what was opened or changed lately; return how many there were."""
    due = due_for_matching(today, BATCH)
    needs = _needs(due, today)
    for one in due:
        field = ready(is_demo=one.business.is_demo, today=today, at=at)
        need = needs[one.pk]
        fitting = field.matches(need)
        if _store(one, fitting, field.nearly(need), at=at):
            field.field.led(found.firm for found in fitting)
    return len(due)


def match_all(*, at: datetime, today: date) -> int:
    """Look for those who fit everything that is open; return how many there were.

    Each lead counts for the opportunities after it. What is stored for one is stored by itself, so
    that nobody waits long for the database; done again after a fall, it comes to the same.
    """
    every = list(Opportunity.objects.open_on(today).select_related("business").order_by("pk"))
    needs = _needs(every, today)
    for is_demo in (False, True):
        several = {one.pk: one for one in every if one.business.is_demo == is_demo}
        if several:
            field = ready(is_demo=is_demo, today=today, at=at, whole=True)
            _match_several(several, needs, field, at=at)
    return len(every)


def _match_several(
    several: dict[int, Opportunity], needs: dict[int, Need], field: Ready, *, at: datetime
) -> None:
    firms = {firm.key: firm for firm in field.field.firms}
    ground = field.field.ground
    for key, found in all_matches(field.field, (needs[pk] for pk in several)):
        one = several[int(str(key))]
        need = needs[one.pk]
        pairs = (match(need, firms[firm], ground) for firm, _score in found)
        _store(one, [pair for pair in pairs if pair], field.nearly(need), at=at)


def _needs(several: Iterable[Opportunity], today: date) -> dict[int, Need]:
    words, regions, blocked = lexicon(), all_regions(), blocked_by_firm()
    every = list(several)
    said = particulars_of_all(every)
    return {
        one.pk: need_of(
            one,
            said[one.pk],
            words=words,
            regions=regions,
            today=today,
            blocked=blocked.get(one.business_id, frozenset()),
        )
        for one in every
    }


@transaction.atomic
def _store(
    opportunity: Opportunity, fitting: Sequence[Match], nearly: Sequence[Nearly], *, at: datetime
) -> bool:
    """Keep who fits and who nearly does; a pair found again keeps the day of its first finding.

    Return whether it was kept: what changed while it was looked for is looked for again.
    """
    updated = Opportunity.objects.filter(pk=opportunity.pk, version=opportunity.version).update(
        matched_version=opportunity.version
    )
    if not updated:
        return False
    rows = [
        *(_row(opportunity, one.firm, one.score, place, at, reasons=one.reasons)
          for place, one in enumerate(fitting)),
        *(_row(opportunity, one.firm, one.score, place, at, hindrance=one.exclusion)
          for place, one in enumerate(nearly)),
    ]  # fmt: skip
    shown = _shown(row.business_id for row in rows)
    there = {row.business_id: row for row in rows if row.business_id in shown}
    before = StoredMatch.objects.filter(opportunity=opportunity)
    gone = [
        old.pk
        for old in before.only("business_id", "hindrance")
        if (new := there.get(old.business_id)) is None
        or (old.hindrance is None) != (new.hindrance is None)
    ]
    if gone:
        StoredMatch.objects.filter(pk__in=gone).delete()
    StoredMatch.objects.bulk_create(
        there.values(),
        update_conflicts=True,
        unique_fields=["opportunity", "business"],
        update_fields=["score", "position", "reasons", "hindrance"],
    )
    return True


def _shown(keys: Iterable[int]) -> set[int]:
    """Return those of some businesses that visitors may see.

    Looked up by key alone: asked for those that are listed, SQLite reads all that are.
    """
    found = Business.objects.filter(pk__in=list(keys)).values_list("pk", "status")
    return {key for key, status in found if status == Business.Status.LISTED}


def _row(  # noqa: PLR0913  # a pair, its place, and why
    opportunity: Opportunity,
    firm: object,
    score: float,
    place: int,
    at: datetime,
    *,
    reasons: Sequence[Reason] = (),
    hindrance: Exclusion | None = None,
) -> StoredMatch:
    return StoredMatch(
        opportunity=opportunity,
        business_id=int(str(firm)),
        score=score,
        position=place,
        reasons=[[one.code, one.share, one.weight, kept(one.values)] for one in reasons],
        hindrance=[hindrance.code, kept(hindrance.values)] if hindrance else None,
        made_at=at,
    )
