"""What waits at the broker desk: old requests, late enquiries, silent ones."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from ifn.connections.models import Enquiry, Opportunity
from tests.factories import enquiries
from tests.factories import opportunities as posts
from tests.factories.accounts import UserFactory
from tests.factories.directory import MOJOKERTO


def old_request(days: int = 15, *, region: str = MOJOKERTO, **changes: Any) -> Opportunity:
    """Return a request that has been open for some days."""
    made = posts.opened_today(*posts.owned(region=region), **changes)
    Opportunity.objects.filter(pk=made.pk).update(opened_at=now() - timedelta(days=days))
    made.refresh_from_db()
    return made


def late_enquiry(days_left: int = 3, *, region: str = MOJOKERTO, **owner: Any) -> Enquiry:
    """Return an enquiry that nobody answered and that ends in some days."""
    firm = enquiries.firm(owner=UserFactory(**owner), region=region)
    made = enquiries.enquiry(firm, at=now())
    Enquiry.objects.filter(pk=made.pk).update(answer_by=now() + timedelta(days=days_left))
    made.refresh_from_db()
    return made


def silent_enquiry(*, region: str = MOJOKERTO) -> Enquiry:
    """Return an accepted enquiry of which nobody said what came of it."""
    made = enquiries.accepted(enquiries.firm(owner=UserFactory(), region=region), at=now())
    Enquiry.objects.filter(pk=made.pk).update(met_at=now() - timedelta(days=38))
    made.refresh_from_db()
    return made
