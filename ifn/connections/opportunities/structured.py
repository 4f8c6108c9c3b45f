"""An opportunity as schema.org describes demands and offers, for search engines."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from ifn.connections.models import Opportunity
from ifn.connections.opportunities.particulars import Particulars
from ifn.regions.queries import Regions


def json_ld(
    opportunity: Opportunity, said: Particulars, regions: Regions, *, sees_price: bool
) -> SafeString:
    """Return the description as JSON that is safe inside a script element.

    It holds what the page shows this reader, and nothing else.
    """
    is_request = opportunity.direction == Opportunity.Direction.REQUEST
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Demand" if is_request else "Offer",
        "identifier": opportunity.public_number,
        "name": opportunity.title,
        "description": opportunity.text[:500],
        "url": f"{settings.PUBLIC_ADDRESS}{opportunity.get_absolute_url()}",
        "validThrough": opportunity.expires_on.isoformat() if opportunity.expires_on else "",
        "areaServed": regions.full_name(said.region),
    }
    if opportunity.is_named:
        business = opportunity.business
        data["seller" if not is_request else "offeredBy"] = {
            "@type": "Organization",
            "name": business.name,
            "url": f"{settings.PUBLIC_ADDRESS}{business.get_absolute_url()}",
        }
    if said.has_price() and sees_price:
        prices = {"minPrice": said.price_from, "maxPrice": said.price_to}
        data["priceSpecification"] = {
            "@type": "PriceSpecification",
            "priceCurrency": said.currency,
            **{name: str(price) for name, price in prices.items() if price is not None},
        }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308  # nothing in it can close the script element
