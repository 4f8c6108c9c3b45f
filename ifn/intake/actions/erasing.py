"""What lists say of a business is emptied, for whoever asked to be forgotten."""

from typing import Any, Final

from django.db import transaction

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
def erase_rows(business: Business) -> int:
    """Empty every row that became a profile or met it; return how many.

    Rows that were not applied yet are left out. The digests stay: by them the same row, coming
    again, is known and not entered anew.
    """
    found = Row.objects.filter(business=business).exclude(raw=[])
    number = found.count()
    found.exclude(state__in=[Row.State.APPLIED, Row.State.UNDONE]).update(
        state=Row.State.SKIPPED, reason="erased", decision=Row.Decision.SKIP
    )
    found.update(**SAID)
    return number
