"""What came of a brief as plain JSON, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Final

from ifn.connections.chaining.facts import (
    Alternative,
    Brief,
    Choice,
    Costs,
    Emphasis,
    Link,
    Nearest,
    Offer,
    Outcome,
    Proposal,
    Unfilled,
)
from ifn.connections.matching.facts import Exclusion, Reason, Value

Json = dict[str, Any]
#: Fields of a link that are sets of codes.
_SETS: Final = frozenset(
    {"roles", "products", "materials", "constructions", "processes", "certificates"}
)


def brief_to_json(brief: Brief) -> Json:
    """Return a brief as it is kept."""
    return asdict(brief) | {"certificates": sorted(brief.certificates), "place": list(brief.place)}


def brief_from_json(kept: Mapping[str, Any]) -> Brief:
    """Return a brief that was kept."""
    latitude, longitude = kept["place"]
    return Brief(
        **{
            **kept,
            "place": (latitude, longitude),
            "certificates": frozenset(kept["certificates"]),
            "emphasis": Emphasis(**kept["emphasis"]),
        }
    )


def outcome_to_json(outcome: Outcome) -> Json:
    """Return an outcome as it is kept."""
    return {
        "links": [_link(one) for one in outcome.links],
        "proposals": [_proposal(one) for one in outcome.proposals],
        "unfilled": [_unfilled(one) for one in outcome.unfilled],
        "fitting": dict(outcome.fitting),
        "fastest_days": outcome.fastest_days,
    }


def outcome_from_json(kept: Mapping[str, Any]) -> Outcome:
    """Return an outcome that was kept."""
    return Outcome(
        links=tuple(_to_link(one) for one in kept["links"]),
        proposals=tuple(_to_proposal(one) for one in kept["proposals"]),
        unfilled=tuple(_to_unfilled(one) for one in kept["unfilled"]),
        fitting=kept["fitting"],
        fastest_days=kept["fastest_days"],
    )


def _link(link: Link) -> Json:
    values = {one.name: getattr(link, one.name) for one in fields(link)}
    return {name: sorted(value) if name in _SETS else value for name, value in values.items()}


def _to_link(kept: Mapping[str, Any]) -> Link:
    values: Json = {
        name: frozenset(value) if name in _SETS else value for name, value in kept.items()
    }
    return Link(**{**values, "after": tuple(kept["after"])})


def _proposal(one: Proposal) -> Json:
    return {
        "choices": {code: _choice(choice) for code, choice in one.choices.items()},
        "costs": asdict(one.costs),
        "km": one.km,
        "days": one.days,
        "bound": one.bound,
        "rest_bound": one.rest_bound,
        "ends": dict(one.ends),
        "alternatives": {
            code: [
                {
                    "choice": _choice(other.choice),
                    "more": [other.more_cost, other.more_km, other.more_days],
                }
                for other in several
            ]
            for code, several in one.alternatives.items()
        },
    }


def _to_proposal(kept: Mapping[str, Any]) -> Proposal:
    return Proposal(
        choices={code: _to_choice(choice) for code, choice in kept["choices"].items()},
        costs=Costs(**kept["costs"]),
        km=kept["km"],
        days=kept["days"],
        bound=kept["bound"],
        rest_bound=kept["rest_bound"],
        ends=kept["ends"],
        alternatives={
            code: tuple(
                Alternative(_to_choice(other["choice"]), *other["more"]) for other in several
            )
            for code, several in kept["alternatives"].items()
        },
    )


def _choice(choice: Choice) -> Json:
    return {
        "link": choice.link,
        "offers": [_offer(one) for one in choice.offers],
        "pairs": list(choice.pairs),
        "days": choice.days,
    }


def _to_choice(kept: Mapping[str, Any]) -> Choice:
    offers = tuple(_to_offer(one) for one in kept["offers"])
    return Choice(kept["link"], offers, tuple(kept["pairs"]), kept["days"])


def _offer(offer: Offer) -> Json:
    values = {one.name: getattr(offer, one.name) for one in fields(offer)}
    return values | {
        "point": list(offer.point) if offer.point else None,
        "reasons": [
            [one.code, one.share, round(one.weight, 2), _values(one.values)]
            for one in offer.reasons
        ],
    }


def _to_offer(kept: Mapping[str, Any]) -> Offer:
    reasons = tuple(
        Reason(code, share, weight, _to_values(values))
        for code, share, weight, values in kept["reasons"]
    )
    point = (kept["point"][0], kept["point"][1]) if kept["point"] else None
    return Offer(**{**kept, "point": point, "reasons": reasons})


def _unfilled(one: Unfilled) -> Json:
    nearest = one.nearest
    return {
        "link": one.link,
        "nearest": nearest
        and {
            "firm": nearest.firm,
            "km": nearest.km,
            "exclusions": [[each.code, _values(each.values)] for each in nearest.exclusions],
        },
    }


def _to_unfilled(kept: Mapping[str, Any]) -> Unfilled:
    near = kept["nearest"]
    if near is None:
        return Unfilled(kept["link"], None)
    against = tuple(Exclusion(code, _to_values(values)) for code, values in near["exclusions"])
    return Unfilled(kept["link"], Nearest(near["firm"], near["km"], against))


def _values(values: tuple[Value, ...]) -> list[Any]:
    return [{"day": one.isoformat()} if isinstance(one, date) else one for one in values]


def _to_values(kept: list[Any]) -> tuple[Value, ...]:
    return tuple(date.fromisoformat(one["day"]) if isinstance(one, dict) else one for one in kept)
