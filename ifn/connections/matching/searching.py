"""One need against all firms at once: the same conditions and parts as ``scoring``, in columns."""

from collections.abc import Callable, Iterator

import numpy as np

from ifn.connections.matching.columns import DEGREES, Bools, Columns, Floats, Ints
from ifn.connections.matching.facts import ENOUGH_ANSWERS, Need
from ifn.connections.matching.measures import (
    EARTH_KM,
    FRESH_DAYS,
    HALF_ANSWER_DAYS,
    HALF_KM,
    LONGEST_DAYS,
    OLD_DAYS,
    ROOM,
    USUAL_DAYS,
    inside,
    months,
)
from ifn.connections.matching.scoring import NOT_STATED, weights

Places = Ints
Test = Callable[[Places], Bools]


def candidates(need: Need, columns: Columns) -> Places:
    """Return the places of all firms against which no condition stands."""
    at = apart_from(need, columns)
    for _code, fails in failing(need, columns):
        at = at[~fails(at)]
    return at


def apart_from(need: Need, columns: Columns) -> Places:
    """Return the places of all firms that may meet the asker at all."""
    may = np.ones(columns.size, dtype=bool)
    for key in (*need.blocked, need.asker):
        if key in columns.at:
            may[columns.at[key]] = False
    if need.asker is not None:
        may[columns.holders("blocked", need.asker)] = False
    return np.flatnonzero(may)


def failing(need: Need, columns: Columns) -> Iterator[tuple[str, Test]]:
    """Yield each condition of a need with what says at which places it fails; cheap ones first."""
    if need.sought:
        yield "role", _lacking(columns, "roles", need.sought)
    for group in need.essential:
        if asked := getattr(need, group):
            yield group, _lacking(columns, group, asked)
    limit = columns.ground.dormant_before.toordinal()
    yield "dormant", lambda at: columns.confirmed[at] < limit
    if need.is_job_order:
        yield "job_order", lambda at: columns.job[at] == 0
    asked_pairs = need.pairs
    if asked_pairs is not None:
        yield "minimum_order", lambda at: columns.minimum[at] > asked_pairs
        capacity, time = columns.capacity(need.processes), months(need, LONGEST_DAYS)
        yield "capacity", lambda at: capacity[at] * time < asked_pairs
    if need.certificates:
        yield "certificate", _uncertified(need, columns)
    if need.reach.region or need.reach.km is not None:
        yield "outside", _outside(need, columns)


def _lacking(columns: Columns, group: str, asked: frozenset[str]) -> Test:
    def fails(at: Places) -> Bools:
        some = np.zeros(len(at), dtype=bool)
        for one in asked:
            some |= columns.degrees(group, one)[at] > 0
        return columns.stated[group][at] & ~some

    return fails


def _uncertified(need: Need, columns: Columns) -> Test:
    today = columns.ground.today.toordinal()

    def fails(at: Places) -> Bools:
        missing = np.zeros(len(at), dtype=bool)
        for code in need.certificates:
            missing |= columns.last_day(code)[at] < today
        return columns.has_certificates[at] & missing

    return fails


def _outside(need: Need, columns: Columns) -> Test:
    reach = need.reach
    if reach.region:
        codes = columns.region_codes
        out = np.array([inside(reach, code, None) is False for code in codes], dtype=bool)
        return lambda at: out[columns.region[at]]
    point, km = reach.point, reach.km
    if point is None or km is None:
        return lambda at: np.zeros(len(at), dtype=bool)
    return lambda at: kilometres(columns, at, point) > km


def kilometres(columns: Columns, at: Places, point: tuple[float, float]) -> Floats:
    """Return the way from a point to each of these firms; nan where one has no point."""
    south, east = np.radians(columns.latitude[at]), np.radians(columns.longitude[at])
    north, west = np.radians(point[0]), np.radians(point[1])
    half = (
        np.sin((south - north) / 2) ** 2
        + np.cos(north) * np.cos(south) * np.sin((east - west) / 2) ** 2
    )
    found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return found


def scores(need: Need, columns: Columns, at: Places) -> Floats:
    """Return the points of these firms without those for their text."""
    points = weights(need)
    total = np.zeros(len(at))
    for code, share in _shares(need, columns, at):
        if code in points:
            known = np.where(np.isnan(share), NOT_STATED.get(code, 0.0), share)
            total += points[code] * known
    return total


def _shares(need: Need, columns: Columns, at: Places) -> Iterator[tuple[str, Floats]]:
    yield from _capabilities(need, columns, at)
    yield from _amounts(need, columns, at)
    yield from _place_and_market(need, columns, at)
    yield from _standing(columns, at)


def _capabilities(need: Need, columns: Columns, at: Places) -> Iterator[tuple[str, Floats]]:
    if need.sought:
        best = np.zeros(len(at), dtype=np.uint8)
        for one in need.sought:
            best = np.maximum(best, columns.degrees("roles", one)[at])
        yield "role", np.where(columns.stated["roles"][at], DEGREES[best], np.nan)
    for group, asked in need.asked().items():
        total = np.zeros(len(at))
        for one in asked:
            total += DEGREES[columns.degrees(group, one)[at]]
        yield group, np.where(columns.stated[group][at], total / len(asked), np.nan)
    if need.certificates:
        yield "certificates", np.where(columns.has_certificates[at], 1.0, np.nan)


def _amounts(need: Need, columns: Columns, at: Places) -> Iterator[tuple[str, Floats]]:
    asked = need.pairs
    if asked is not None:
        least = columns.minimum[at]
        yield "minimum_order", np.where(np.isnan(least), np.nan, least <= asked)
        possible = columns.capacity(need.processes)[at] * months(need, USUAL_DAYS)
        enough = 0.5 + 0.5 * np.minimum((possible / asked - 1) / (ROOM - 1), 1.0)
        yield "capacity", np.where(possible < asked, 0.2 * possible / asked, enough)
    deadline = need.deadline_days
    if deadline is not None:
        lead = columns.lead[at]
        spare = 2 * (1 - lead / deadline) if deadline else np.where(np.isnan(lead), np.nan, 0.0)
        early = 0.5 + 0.5 * np.minimum(spare, 1.0)
        yield "lead_time", np.where(lead > deadline, 0.0, early)


def _place_and_market(need: Need, columns: Columns, at: Places) -> Iterator[tuple[str, Floats]]:
    if need.place:
        yield "distance", 1 / (1 + kilometres(columns, at, need.place) / HALF_KM)
    yield "job_order", columns.job[at]
    yield "exports", columns.exports[at]
    if need.languages:
        spoken = np.zeros(columns.size)
        for one in need.languages:
            spoken[columns.holders("languages", one)] += 1
        share = spoken[at] / len(need.languages)
        yield "languages", np.where(columns.has_languages[at], share, np.nan)


def _standing(columns: Columns, at: Places) -> Iterator[tuple[str, Floats]]:
    days = columns.ground.today.toordinal() - columns.confirmed[at]
    yield "fresh", np.clip((OLD_DAYS - days) / (OLD_DAYS - FRESH_DAYS), 0.0, 1.0)
    yield "verified", columns.verified[at]
    soon = 0.6 + 0.4 / (1 + np.maximum(columns.answer_days[at], 0.0) / HALF_ANSWER_DAYS)
    enough = columns.answer_count[at] >= ENOUGH_ANSWERS
    yield "answers", np.where(enough, columns.answer_share[at] * soon, np.nan)
    yield "complete", columns.complete[at] / 100
