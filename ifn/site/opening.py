"""What a profile's page asks first, in one question instead of three."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from ifn.collaboration.queries.public import takes_part
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business
from ifn.prepared import Prepared, Slot
from ifn.textsearch.queries import state_columns


@dataclass(frozen=True, slots=True)
class Opened:
    """A profile as its page begins."""

    business: Business
    #: The state of the search index, of which the page must not be older.
    index: tuple[int, int]
    #: Whether it takes part in a collaboration, shown or not.
    takes_part: bool


def opened(number: str) -> Opened | None:
    """Return the profile of a public number, listed or not; one query."""
    for business in _OPENED.objects(number=number):
        said = vars(business)
        index = int(said["epoch"] or 0), int(said["token"] or 0)
        return Opened(business, index, bool(said["takes_part"]))
    return None


def _opened() -> QuerySet[Business, Any]:
    epoch, token = state_columns(COLLECTION)
    found = Business.objects.filter(number=Slot("number"))
    return found.annotate(epoch=epoch, token=token, takes_part=takes_part())


_OPENED: Final = Prepared(_opened)
