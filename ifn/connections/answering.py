"""Where somebody goes who can answer an opportunity; the only place that knows that address."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from ifn.connections.models import Opportunity


def way_to_answer(opportunity: Opportunity) -> str:
    """Return the address of the form that writes to the business; its page where there is none.

    Nothing where the business is not named and no form hides its name.
    """
    try:
        form = reverse("enquiry:new")
    except NoReverseMatch:
        return opportunity.business.get_absolute_url() if opportunity.is_named else ""
    return f"{form}?{urlencode({'peluang': opportunity.number})}"
