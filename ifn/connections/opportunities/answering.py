"""Where somebody goes who can answer an opportunity; the only place that knows that address."""

from django.urls import reverse

from ifn.connections.models import Opportunity


def way_to_answer(opportunity: Opportunity) -> str:
    """Return the address of the form that answers an opportunity; it does not tell whose it is."""
    return reverse("connections:answer", args=[opportunity.number])
