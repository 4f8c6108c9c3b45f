"""Messages about an opportunity to the people of its business."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.connections.models import Opportunity
from ifn.connections.opportunities import stillopen
from ifn.directory.actions.confirming import addresses_of, language_of
from ifn.mail.actions import send_template


def tell(opportunity: Opportunity, what: str, *, on: date, at: datetime) -> int:
    """Write ``what`` (opened, refused, ending) to its people; return how many messages.

    Told twice of one thing, nothing is written the second time. Invented firms have nobody.
    """
    if opportunity.is_demo or opportunity.business.is_demo:
        return 0
    language = language_of(opportunity.business)
    with translation.override(language):
        own = reverse("connections:own", args=[opportunity.number])
        token = stillopen.token_for(opportunity, on)
        link = reverse("connections:still-open", args=[token])
        title = opportunity.title
    addresses = addresses_of(opportunity.business)
    for place, address in enumerate(addresses):
        send_template(
            f"connections/mail/{what}",
            {
                "title": title,
                "number": opportunity.public_number,
                "business": opportunity.business.name,
                "reason": opportunity.reason,
                "until": opportunity.expires_on,
                "page": f"{settings.PUBLIC_ADDRESS}{own}",
                "link": f"{settings.PUBLIC_ADDRESS}{link}",
            },
            language,
            to=address,
            kind=f"connections.{what}",
            at=at,
            key=f"opportunity-{what}:{opportunity.pk}:{opportunity.since.isoformat()}"
            f":{opportunity.expires_on}:{place}",
        )
    return len(addresses)
