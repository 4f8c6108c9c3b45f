"""From one piece of work to the next: where somebody is in the list, and where they go after it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ifn.accounts.access import SignedInRequest
from ifn.moderation import filters, work
from ifn.moderation.kinds import KINDS
from ifn.moderation.work import Item, Place, Wanted
from ifn.regions.queries import all_regions


@dataclass(frozen=True, slots=True)
class Flow:
    """A piece of work in the list that somebody works through."""

    item: Item | None
    #: Addresses with the list's own filter: of the list, of the work behind and in front.
    back: str
    following: str
    preceding: str

    @property
    def onward(self) -> str:
        """Return where to go when this is done."""
        return self.following or self.back


def flow_of(request: SignedInRequest, kind: str, subject: int, *, at: datetime) -> Flow:
    """Return where a piece of work stands in the list that the address names."""
    wanted = filters.read(request.GET, all_regions())
    back = with_query(reverse("moderation:work"), filters.query(wanted))
    item = work.item_of(KINDS[kind], subject, request.user, at=at)
    if item is None:
        return Flow(None, back, "", "")
    after = work.after(request.user, wanted, item, at=at)
    before = work.before(request.user, wanted, item, at=at)
    return Flow(item, back, address_of(after, wanted), address_of(before, wanted))


def address_of(place: Place | None, wanted: Wanted) -> str:
    """Return the address of a piece of work within a filtered list, or nothing."""
    if place is None:
        return ""
    address = reverse(KINDS[place.kind].address, args=[place.subject])
    return with_query(address, filters.query(wanted))


def with_query(address: str, query: str) -> str:
    """Return an address with what stands behind its question mark."""
    return f"{address}?{query}" if query else address


def safe_back(request: HttpRequest) -> str:
    """Return the own page that a form says it was sent from, else the list."""
    back = request.POST.get("kembali", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("moderation:work")
