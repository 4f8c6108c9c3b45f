"""What lists say of a business is emptied, for whoever asked to be forgotten."""

from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from ifn.directory.models import Business
from ifn.intake.models import Row

#: What a row says in the words of its list; digests stay, by which it is known again.
SAID: Final[dict[str, Any]] = {
    "raw": [],
    "details": {},
    "facts": {},
    "name": "",
    "candidates": [],
    "written": {},
    "chosen": {},
}


@transaction.atomic
def erase_rows(business: Business | None, addresses: Collection[str]) -> int:
    """Empty every row about a business, or with one of these addresses; return how many.

    Rows of profiles merged into the business are among them, and rows that nobody decided or
    applied yet when they state one of the e-mail addresses or numbers (E.164). Rows not applied are
    left out. The digests stay: by them the same row, coming again, is known and not entered anew.
    """
    theirs = Q(pk__in=_stating(addresses))
    if business:
        theirs |= Q(business=business) | Q(business__merged_into=business)
    found = Row.objects.filter(pk__in=list(_kept().filter(theirs).values_list("pk", flat=True)))
    number = found.count()
    found.exclude(state__in=[Row.State.APPLIED, Row.State.UNDONE]).update(
        state=Row.State.SKIPPED, reason="erased", decision=Row.Decision.SKIP
    )
    found.update(**SAID)
    return number


def _kept() -> QuerySet[Row]:
    return Row.objects.exclude(state=Row.State.ABOVE).exclude(raw=[])


def _stating(addresses: Collection[str]) -> list[int]:
    """Return the rows that state one of the addresses: in their clean facts, or in a cell."""
    found: set[int] = set()
    for address in addresses:
        said = Q(facts__icontains=f'"{address}"') | Q(raw__icontains=address)
        found.update(_kept().filter(said).values_list("pk", flat=True))
    return sorted(found)
