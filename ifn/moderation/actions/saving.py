"""Filters of the work list kept under a name."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.moderation.models import SavedFilter

#: Names that one person may keep.
MOST = 30


class TooManyFilters(Exception):  # noqa: N818
    """This person keeps so many that one must go first."""


@transaction.atomic
def save_filter(
    name: str, *, query: str, is_shared: bool, person: User, at: datetime
) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces what it stood for.

    Raises:
        TooManyFilters: Thirty are kept already.

    """
    own = SavedFilter.objects.filter(person=person)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise TooManyFilters
    kept, _is_new = SavedFilter.objects.update_or_create(
        person=person,
        name=name,
        defaults={"query": query, "is_shared": is_shared, "saved_at": at},
    )
    return kept


@transaction.atomic
def forget_filter(pk: int, *, person: User) -> bool:
    """Remove a filter of one's own; say whether there was one."""
    gone, _rows = SavedFilter.objects.filter(pk=pk, person=person).delete()
    return bool(gone)
