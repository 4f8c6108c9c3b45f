"""How complete a profile is, in percent, and what would help most. Pure."""

from ifn.directory.profile import Profile

#: Weight of each part, chosen by what buyers ask first; the parts of a kind add up to 100.
BUSINESS_PARTS = {
    "pictures": 16,
    "summary": 8,
    "story": 8,
    "roles": 10,
    "products": 8,
    "materials": 6,
    "constructions": 6,
    "minimum_order": 8,
    "lead_time_days": 5,
    "sample_policy": 4,
    "region": 8,
    "address": 3,
    "contacts": 10,
}
ORGANISATION_PARTS = {
    "pictures": 15,
    "summary": 15,
    "story": 15,
    "roles": 15,
    "services": 15,
    "region": 10,
    "contacts": 15,
}
#: Parts that have a place of their own in the vocabulary.
VOCABULARIES = {
    "roles": "value_chain_role",
    "products": "product_type",
    "materials": "material",
    "constructions": "construction",
}
#: Roles that make finished footwear; only they are asked for constructions and minimum order.
_MAKES_FOOTWEAR = ("PR", "DN_BRAND")


def parts_of(profile: Profile) -> dict[str, int]:
    """Return the parts asked of such a profile with their weights."""
    if profile.kind == "organisation":
        return ORGANISATION_PARTS
    roles = [fact.code for fact in profile.capabilities if fact.vocabulary == "value_chain_role"]
    if roles and not any(code.startswith(_MAKES_FOOTWEAR) for code in roles):
        return {part: weight for part, weight in BUSINESS_PARTS.items() if part != "constructions"}
    return BUSINESS_PARTS


def missing(profile: Profile, *, pictures: int) -> list[str]:
    """Return the parts that are not there, the weightiest first."""
    parts = parts_of(profile)
    return sorted(
        (part for part in parts if not _is_there(profile, part, pictures)),
        key=lambda part: -parts[part],
    )


def percent(profile: Profile, *, pictures: int) -> int:
    """Return the completeness from 0 to 100."""
    parts = parts_of(profile)
    there = sum(weight for part, weight in parts.items() if _is_there(profile, part, pictures))
    return round(100 * there / sum(parts.values()))


def _is_there(profile: Profile, part: str, pictures: int) -> bool:
    if part == "pictures":
        return pictures > 0
    if part in VOCABULARIES:
        return any(fact.vocabulary == VOCABULARIES[part] for fact in profile.capabilities)
    if part == "contacts":
        return any(contact.visibility != "nobody" for contact in profile.contacts)
    if part in {"summary", "story", "services"}:
        return bool(getattr(profile, f"{part}_id") or getattr(profile, f"{part}_en"))
    return getattr(profile, part) not in {None, ""}
