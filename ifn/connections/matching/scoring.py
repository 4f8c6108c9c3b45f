"""How well a firm fits a need: a sum of named parts, each with its share and its weight.

The weights of the parts a need asks for are scaled to 100, so that scores of different needs can be
set side by side. This is the definition; ``searching`` computes the same for many firms at once.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ifn.connections.matching.conditions import exclusions, is_apart
from ifn.connections.matching.facts import (
    ENOUGH_ANSWERS,
    Firm,
    Ground,
    Match,
    Need,
    Reason,
    Value,
)
from ifn.connections.matching.measures import (
    USUAL_DAYS,
    best_degree,
    capacity_for,
    freshness,
    in_time,
    kilometres,
    months,
    nearness,
    responsiveness,
    role_degree,
    room,
    verification,
)
from ifn.connections.matching.texts import likeness

#: What each part weighs before the parts a need does not ask for are left out.
WEIGHTS: Final = {
    "role": 10.0,
    "products": 20.0,
    "materials": 12.0,
    "constructions": 10.0,
    "processes": 12.0,
    "machines": 8.0,
    "certificates": 10.0,
    "minimum_order": 4.0,
    "capacity": 8.0,
    "lead_time": 8.0,
    "distance": 8.0,
    "job_order": 4.0,
    "exports": 6.0,
    "languages": 4.0,
    "text": 14.0,
    "fresh": 5.0,
    "verified": 5.0,
    "answers": 5.0,
    "complete": 2.0,
}
#: What is not stated counts less than anything that answers the need, and more than a plain no.
NOT_STATED: Final = {
    "role": 0.1,
    "products": 0.2,
    "materials": 0.2,
    "constructions": 0.2,
    "processes": 0.2,
    "machines": 0.2,
    "minimum_order": 0.25,
    "capacity": 0.25,
    "lead_time": 0.25,
    "distance": 0.25,
    "job_order": 0.25,
    "exports": 0.2,
    "languages": 0.2,
    "answers": 0.4,
}
ALWAYS: Final = ("fresh", "verified", "answers", "complete")
#: Digits of a score; differences beyond are the order of additions.
DIGITS: Final = 6


class Part(NamedTuple):
    """A part of a score: its share, or nothing where it is not stated; and where it comes from."""

    code: str
    share: float | None
    values: tuple[Value, ...] = ()


def weights(need: Need) -> dict[str, float]:
    """Return the points each part of a need can give; together 100."""
    asked = (*_asked(need), *ALWAYS)
    total = sum(WEIGHTS[code] for code in asked)
    return {code: 100 * WEIGHTS[code] / total for code in WEIGHTS if code in asked}


def _asked(need: Need) -> Iterator[str]:
    yield from need.asked()
    offered = {
        "role": need.sought,
        "certificates": need.certificates,
        "minimum_order": need.pairs,
        "capacity": need.pairs,
        "lead_time": need.deadline_days is not None,
        "distance": need.place,
        "job_order": need.is_job_order,
        "exports": need.is_export,
        "languages": need.languages,
        "text": need.text.strip(),
    }
    yield from (code for code, asked in offered.items() if asked)


def match(need: Need, firm: Firm, ground: Ground) -> Match | None:
    """Return how a firm fits a need, or nothing where it cannot answer it."""
    if is_apart(need, firm) or exclusions(need, firm, ground):
        return None
    return scored(need, firm, ground)


def scored(need: Need, firm: Firm, ground: Ground) -> Match:
    """Return the score with its reasons, whether or not a condition stands against the pair."""
    points = weights(need)
    parts = [part for part in _parts(need, firm, ground) if part.code in points]
    reasons = [
        Reason(
            part.code,
            part.share,
            points[part.code]
            * (NOT_STATED.get(part.code, 0.0) if part.share is None else part.share),
            part.values,
        )
        for part in parts
    ]
    score = round(sum(reason.weight for reason in reasons), DIGITS)
    reasons.sort(key=lambda reason: (-reason.weight, reason.code))
    return Match(need.key, firm.key, score, tuple(reasons))


def _parts(need: Need, firm: Firm, ground: Ground) -> Iterator[Part]:
    yield from _capabilities(need, firm, ground)
    yield from _amounts(need, firm)
    yield from _place_and_market(need, firm)
    yield from _standing(firm, ground)
    yield Part("text", likeness(need.text, firm.pieces, ground.rarity))


def _capabilities(need: Need, firm: Firm, ground: Ground) -> Iterator[Part]:
    degrees = {one: role_degree(one, firm, ground) for one in need.sought}
    if degrees:
        best = max(sorted(degrees), key=lambda one: degrees[one])
        yield Part("role", degrees[best] if firm.roles else None, (best,))
    for group, asked in need.asked().items():
        stated = getattr(firm, group)
        found = {one: best_degree(one, stated, group, ground) for one in asked}
        share = sum(found.values()) / len(asked) if stated else None
        yield Part(group, share, tuple(sorted(one for one in asked if found[one])))
    held = {one.code: one.expires_on for one in firm.certificates}
    share = 1.0 if held else None  # whoever states some and lacks one is excluded
    yield Part("certificates", share, tuple(sorted(need.certificates)))


def _amounts(need: Need, firm: Firm) -> Iterator[Part]:
    asked, least, monthly = need.pairs, firm.minimum_order, capacity_for(need, firm)
    if asked is not None:
        share = None if least is None else float(least <= asked)
        yield Part("minimum_order", share, () if least is None else (least, asked))
        possible = None if monthly is None else monthly * months(need, USUAL_DAYS)
        share = None if possible is None else room(possible, asked)
        yield Part("capacity", share, () if possible is None else (round(possible), asked))
    if need.deadline_days is not None:
        lead = firm.lead_time_days
        share = None if lead is None else in_time(lead, need.deadline_days)
        yield Part("lead_time", share, () if lead is None else (lead, need.deadline_days))


def _place_and_market(need: Need, firm: Firm) -> Iterator[Part]:
    if need.place:
        away = None if firm.point is None else kilometres(need.place, firm.point)
        share = None if away is None else nearness(away)
        yield Part("distance", share, () if away is None else (round(away),))
    takes = firm.takes_job_orders
    yield Part("job_order", None if takes is None else float(takes))
    yield Part("exports", None if firm.exports is None else float(firm.exports))
    spoken = need.languages & firm.languages
    share = len(spoken) / len(need.languages) if firm.languages and need.languages else None
    yield Part("languages", share, tuple(sorted(spoken)))


def _standing(firm: Firm, ground: Ground) -> Iterator[Part]:
    confirmed, answering = firm.confirmed_on, firm.answering
    days = None if confirmed is None else (ground.today - confirmed).days
    share = None if days is None else freshness(days)
    yield Part("fresh", share, () if confirmed is None else (confirmed,))
    holding = sorted({one.topic for one in firm.verified if one.expires_on >= ground.today})
    yield Part("verified", verification(firm.verified, ground), tuple(holding))
    if answering is None or answering.count < ENOUGH_ANSWERS:
        yield Part("answers", None)
    else:
        share = responsiveness(answering.share, answering.days)
        yield Part("answers", share, (round(answering.share * 100), round(answering.days)))
    complete = firm.completeness
    share = None if complete is None else complete / 100
    yield Part("complete", share, () if complete is None else (complete,))
