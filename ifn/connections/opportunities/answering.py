"""Where somebody goes who can answer an opportunity; the only place that knows that address."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from ifn.connections.models import Opportunity


def way_to_answer(opportunity: Opportunity) -> str:
    """Return the address of the form that writes to the business, begun with what it is about.

    Nothing where the business is not named: the form would name it.
    """
    if not opportunity.is_named:
        return ""
    form = reverse("connections:write", args=[opportunity.business.number])
    words = gettext("About %(number)s, “%(title)s”:") % {
        "number": opportunity.public_number,
        "title": opportunity.title,
    }
    return f"{form}?{urlencode({'pesan': f'{words} '})}"
