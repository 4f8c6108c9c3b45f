"""From a profile of the directory, and the tree of the vocabulary, to what is compared."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Final

from ifn.connections.matching.facts import Answering, Checked, Firm, Held
from ifn.connections.matching.texts import pieces
from ifn.directory.profile import Profile

#: The vocabularies of the directory, by their names here.
VOCABULARIES: Final = {
    "roles": "value_chain_role",
    "products": "product_type",
    "materials": "material",
    "constructions": "construction",
    "processes": "process",
    "machines": "machine",
    "certificates": "certification",
}


def firm_of(  # noqa: PLR0913  # what is known of a profile beside its own facts
    key: Hashable,
    profile: Profile,
    *,
    confirmed_on: date | None,
    verified: Iterable[Checked] = (),
    completeness: int | None = None,
    answering: Answering | None = None,
    leads: int = 0,
    blocked: frozenset[Hashable] = frozenset(),
) -> Firm:
    """Return a profile as it is matched; what a profile leaves empty stays unknown."""
    point = (profile.latitude, profile.longitude)
    return Firm(
        key=key,
        roles=_codes(profile, "roles"),
        products=_codes(profile, "products"),
        materials=_codes(profile, "materials"),
        constructions=_codes(profile, "constructions"),
        processes=_codes(profile, "processes"),
        machines=_codes(profile, "machines"),
        process_pairs=tuple(
            (fact.code, fact.monthly_pairs)
            for fact in profile.capabilities
            if fact.vocabulary == VOCABULARIES["processes"] and fact.monthly_pairs is not None
        ),
        monthly_capacity=profile.monthly_capacity,
        minimum_order=profile.minimum_order,
        lead_time_days=profile.lead_time_days,
        region=profile.region,
        point=None if point[0] is None or point[1] is None else (point[0], point[1]),
        certificates=tuple(Held(one.code, one.expires_on) for one in profile.certificates),
        verified=tuple(verified),
        confirmed_on=confirmed_on,
        completeness=completeness,
        exports=profile.exports or None,  # unticked says nothing
        languages=frozenset(profile.languages),
        takes_job_orders=profile.takes_job_orders,
        answering=answering,
        leads=leads,
        pieces=pieces(
            profile.summary_id,
            profile.summary_en,
            profile.services_id,
            profile.services_en,
            profile.story_id,
            profile.story_en,
        ),
        blocked=blocked,
    )


def _codes(profile: Profile, group: str) -> frozenset[str]:
    name = VOCABULARIES[group]
    return frozenset(fact.code for fact in profile.capabilities if fact.vocabulary == name)


def climbed(parents: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """Return for each term those above it, the nearest first, from the parent of each."""
    found: dict[str, tuple[str, ...]] = {}
    for term in parents:
        above: list[str] = []
        parent = parents[term]
        while parent and parent not in above:
            above.append(parent)
            parent = parents.get(parent)
        found[term] = tuple(above)
    return found
