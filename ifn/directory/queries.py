"""Questions about profiles that need more than one table."""

from collections.abc import Iterable
from dataclasses import dataclass

from ifn.directory.models import (
    Attribution,
    Brand,
    Business,
    Capability,
    Certificate,
    Contact,
    Picture,
    SpokenLanguage,
)
from ifn.directory.profile import (
    COLUMNS,
    CapabilityFact,
    CertificateFact,
    ContactFact,
    Profile,
)


def profile_of(business: Business) -> Profile:
    """Return everything stated about a business as plain values; five queries."""
    columns = {name: getattr(business, name) for name in COLUMNS if name != "region"}
    return Profile(
        **columns,
        region=business.region_id or "",
        brands=tuple(
            Brand.objects.filter(business=business).order_by("pk").values_list("name", flat=True)
        ),
        capabilities=tuple(
            CapabilityFact(*row)
            for row in Capability.objects.filter(business=business)
            .order_by("term__vocabulary", "term__position")
            .values_list("term__vocabulary", "term__code", "monthly_pairs", "units")
        ),
        certificates=tuple(
            CertificateFact(*row)
            for row in Certificate.objects.filter(business=business)
            .order_by("pk")
            .values_list("term__code", "number", "issuer", "issued_on", "expires_on")
        ),
        languages=tuple(
            SpokenLanguage.objects.filter(business=business)
            .order_by("pk")
            .values_list("code", flat=True)
        ),
        contacts=tuple(
            ContactFact(*row)
            for row in Contact.objects.filter(business=business)
            .order_by("position", "pk")
            .values_list("kind", "value", "visibility")
        ),
    )


def pictures_of(business: Business) -> list[Picture]:
    """Return the pictures of a business in the order its owner gave them."""
    return list(Picture.objects.filter(business=business).order_by("position", "pk"))


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who stated one field, and when."""

    field: str
    kind: str
    label: str
    stated_on: str


def provenance_of(business: Business) -> dict[str, Attribution]:
    """Return for each stated field its attribution, with the source loaded."""
    rows = Attribution.objects.filter(business=business).select_related("source")
    return {row.field: row for row in rows}


def in_order(pks: Iterable[int], found: Iterable[Business]) -> list[Business]:
    """Return the found businesses in the order of the keys; missing ones are left out."""
    by_pk = {business.pk: business for business in found}
    return [by_pk[pk] for pk in pks if pk in by_pk]
