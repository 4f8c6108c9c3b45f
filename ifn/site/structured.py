"""The profile as schema.org describes organisations, for search engines."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from ifn.directory.models import Business
from ifn.directory.profile import Profile
from ifn.regions.queries import Regions
from ifn.ui.addresses import address_with_slug

if TYPE_CHECKING:
    from ifn.site.sheet import Reach


def json_ld(
    business: Business,
    profile: Profile,
    regions: Regions,
    pictures: Sequence[str],
    contacts: Sequence["Reach"],
    *,
    shows_where: bool,
) -> SafeString:
    """Return the description as JSON that is safe inside a script element.

    It holds what the page shows this reader, and nothing else.
    """
    described = _described(business, profile, regions, pictures, contacts)
    if shows_where:
        _locate(described, profile)
    text = json.dumps(described, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308  # nothing in it can close the script element


def _described(
    business: Business,
    profile: Profile,
    regions: Regions,
    pictures: Sequence[str],
    contacts: Sequence["Reach"],
) -> dict[str, Any]:
    province, region = regions.province_of(profile.region), regions.get(profile.region)
    labels = {one.kind: one.label for one in contacts}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": business.name,
        "identifier": business.public_number,
        "url": settings.PUBLIC_ADDRESS
        + address_with_slug("site:business", business.slug, business.number),
        "description": business.summary or business.story[:300],
        "foundingDate": str(profile.founded_year or ""),
        "image": [f"{settings.PUBLIC_ADDRESS}{picture}" for picture in pictures],
        "brand": [{"@type": "Brand", "name": name} for name in profile.brands],
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "ID",
            "addressRegion": province.name if province else "",
            "addressLocality": region.name if region and region is not province else "",
        },
        "telephone": labels.get("phone", ""),
        "email": labels.get("email", ""),
        "sameAs": [
            one.href for one in contacts if one.kind in {"website", "instagram", "marketplace"}
        ],
    }
    return {key: value for key, value in data.items() if value}


def _locate(data: dict[str, Any], profile: Profile) -> None:
    """Add the street and the point."""
    street = {"streetAddress": profile.address, "postalCode": profile.postcode}
    data["address"] |= {name: value for name, value in street.items() if value}
    if profile.latitude is not None:
        data["location"] = {
            "@type": "Place",
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": profile.latitude,
                "longitude": profile.longitude,
            },
        }
