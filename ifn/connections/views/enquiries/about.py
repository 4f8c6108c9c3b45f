"""The opportunity that an enquiry answers, as each of its sides reads it."""

from dataclasses import dataclass

from django.urls import reverse

from ifn.connections.enquiring.states import Side
from ifn.connections.models import Enquiry, Opportunity
from ifn.connections.opportunities.presenting import price_in_words
from ifn.connections.policies.opportunities import SHOWN
from ifn.connections.queries.opportunities import particulars_of
from ifn.directory.models import Business


@dataclass(frozen=True, slots=True)
class About:
    """What an enquiry answers; ``href`` and ``price`` are empty where a side does not see them."""

    opportunity: Opportunity
    href: str
    #: Where the asker answers it again.
    again: str
    price: str

    @property
    def is_request(self) -> bool:
        """Say whether its business seeks something, so that whoever answers offers it."""
        return self.opportunity.direction == Opportunity.Direction.REQUEST


def about_of(enquiry: Enquiry, side: Side, *, is_member: bool) -> About | None:
    """Return what an enquiry answers, or nothing; one query.

    The price that is for those whom the business answers is shown to the asker once it said yes.
    """
    one = enquiry.letter.opportunity
    if one is None:
        return None
    is_firm = side == Side.FIRM
    is_for_all = one.visibility in {
        Opportunity.Visibility.EVERYONE,
        Opportunity.Visibility.UNNAMED,
    }
    is_seen = one.state in SHOWN and enquiry.firm.status == Business.Status.LISTED
    href = one.get_absolute_url() if is_seen and (is_for_all or is_member) else ""
    if is_firm and is_member:
        href = reverse("connections:own", args=[one.number])
    may_again = bool(href) and not is_firm and one.state == Opportunity.State.OPEN
    again = reverse("connections:answer", args=[one.number]) if may_again else ""
    is_open_price = one.price_shown == Opportunity.PriceShown.ALL
    sees_price = is_firm or enquiry.is_accepted or is_open_price
    return About(one, href, again, price_in_words(particulars_of(one)) if sees_price else "")
