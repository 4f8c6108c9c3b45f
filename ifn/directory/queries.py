"""Questions about profiles that need more than one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from ifn.directory.listings import COLLECTION
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
from ifn.directory.search.finding import Row, rows
from ifn.regions.queries import all_regions
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import BY_DISTANCE, Near, Query, Sort
from ifn.vocabulary.queries import lexicon


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


def provenance_of(business: Business) -> dict[str, Attribution]:
    """Return for each stated field its attribution, with the source loaded."""
    rows = Attribution.objects.filter(business=business).select_related("source")
    return {row.field: row for row in rows}


@dataclass(frozen=True, slots=True)
class Overview:
    """How much the directory holds: profiles, by link of the chain, and provinces with any."""

    total: int
    links: Mapping[str, int]
    provinces: int


def overview() -> Overview:
    """Return what the directory holds, from the index."""
    found = textsearch.search(COLLECTION, Query(limit=0, counts=("link", "province")))
    return Overview(found.total, found.counts["link"], len(found.counts["province"]))


def newest(limit: int) -> list[Row]:
    """Return the profiles confirmed last."""
    sort = Sort("confirmed", descending=True)
    return rows(textsearch.search(COLLECTION, Query(sort=sort, limit=limit)).keys)


def similar(profile: Profile, pk: int, limit: int) -> list[int]:
    """Return the keys of profiles with a role in common, those that make the same things first."""
    roles = _codes_of(profile, "value_chain_role")
    if not roles:
        return []
    words = lexicon()
    wanted = [
        word.name_id
        for vocabulary in ("product_type", "construction", "process")
        for code in _codes_of(profile, vocabulary)[:2]
        if (word := words.get(vocabulary, code))
    ]
    found = textsearch.search(
        COLLECTION,
        Query(
            text=" ".join(wanted),
            facets={"role": frozenset(roles)},
            enough=limit + 1,
            limit=limit + 1,
            correct=False,
        ),
    )
    return [key for key in found.keys if key != pk][:limit]


def nearby(profile: Profile, pk: int, limit: int) -> list[int]:
    """Return the keys of the nearest profiles in the same regency or city, else province."""
    place = all_regions().get(profile.region)
    if place is None:
        return []
    latitude, longitude = place.latitude, place.longitude
    if profile.latitude is not None and profile.longitude is not None:
        latitude, longitude = profile.latitude, profile.longitude
    keys: list[int] = []
    for facets in ({"regency": profile.region}, {"province": profile.region[:2]}):
        query = Query(
            facets={group: frozenset({code}) for group, code in facets.items()},
            near=Near(latitude, longitude),
            sort=BY_DISTANCE,
            limit=limit + 1,
        )
        keys = [key for key in textsearch.search(COLLECTION, query).keys if key != pk][:limit]
        if len(keys) == limit:
            break
    return keys


def _codes_of(profile: Profile, vocabulary: str) -> list[str]:
    return [fact.code for fact in profile.capabilities if fact.vocabulary == vocabulary]
