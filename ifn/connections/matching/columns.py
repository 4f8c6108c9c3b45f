"""Many firms as columns of numbers, so that one need is held against all of them at once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ifn.connections.matching.facts import GROUPS, JOB_ORDERS, Firm, Ground
from ifn.connections.matching.fairness import mark
from ifn.connections.matching.measures import (
    BROADER,
    BROADEST,
    EQUAL,
    IMPLIED,
    NARROWER,
    TOPICS,
    degree,
)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
#: Degrees are kept as small numbers.
DEGREES: Final = np.array([0.0, BROADEST, BROADER, IMPLIED, NARROWER, EQUAL])
RANK: Final = {float(value): place for place, value in enumerate(DEGREES)}
#: A certificate without a last day holds on every day.
ENDLESS: Final = 10_000_000
TREES: Final = ("roles", *GROUPS)


class Columns:
    """What is known of firms, one place each; what is not stated is not a number."""

    def __init__(self, firms: Sequence[Firm], ground: Ground) -> None:
        """Lay the firms out."""
        self.ground = ground
        self.size = len(firms)
        self.at: dict[Hashable, int] = {firm.key: place for place, firm in enumerate(firms)}
        self.marks = np.array([mark(firm.key) for firm in firms], dtype=np.uint64)
        self.leads = np.array([firm.leads for firm in firms], dtype=np.int64)
        self._quantities(firms)
        self._standing(firms)
        self._regions(firms)
        self.stated = {name: _any(firms, name) for name in TREES}
        self._holders = {name: _holders(firms, name) for name in (*TREES, "languages", "blocked")}
        self._degrees: dict[tuple[str, str], NDArray[np.uint8]] = {}
        self._process_pairs = _process_pairs(firms)
        self._last_days = self._certificates(firms)
        self.has_certificates = np.array([bool(firm.certificates) for firm in firms], dtype=bool)
        self.has_languages = np.array([bool(firm.languages) for firm in firms], dtype=bool)

    def _quantities(self, firms: Sequence[Firm]) -> None:
        self.monthly = _numbers(firms, lambda firm: firm.monthly_capacity)
        self.minimum = _numbers(firms, lambda firm: firm.minimum_order)
        self.lead = _numbers(firms, lambda firm: firm.lead_time_days)
        self.job = _numbers(firms, lambda firm: firm.takes_job_orders)
        self.exports = _numbers(firms, lambda firm: firm.exports)
        self.implies_job_orders = np.array([firm.implies_job_orders for firm in firms], dtype=bool)

    def _standing(self, firms: Sequence[Firm]) -> None:
        today = self.ground.today
        self.confirmed = _numbers(
            firms, lambda firm: firm.confirmed_on and firm.confirmed_on.toordinal()
        )
        self.complete = _numbers(firms, lambda firm: firm.completeness)
        self.answer_share = _numbers(firms, lambda firm: firm.answering and firm.answering.share)
        self.answer_days = _numbers(firms, lambda firm: firm.answering and firm.answering.days)
        self.answer_count = _numbers(firms, lambda firm: firm.answering and firm.answering.count)
        self.verified = np.zeros(len(firms))
        for topic, share in TOPICS.items():
            holds = (
                any(one.topic == topic and one.expires_on >= today for one in firm.verified)
                for firm in firms
            )
            self.verified += share * np.fromiter(holds, dtype=bool, count=len(firms))

    def _regions(self, firms: Sequence[Firm]) -> None:
        self.region_codes = sorted({firm.region for firm in firms})
        number = {code: place for place, code in enumerate(self.region_codes)}
        self.region = np.array([number[firm.region] for firm in firms], dtype=np.int32)
        self.latitude = _numbers(firms, lambda firm: firm.point and firm.point[0])
        self.longitude = _numbers(firms, lambda firm: firm.point and firm.point[1])

    def _certificates(self, firms: Sequence[Firm]) -> dict[str, NDArray[np.int32]]:
        found: dict[str, NDArray[np.int32]] = {}
        for place, firm in enumerate(firms):
            for one in firm.certificates:
                last = one.expires_on.toordinal() if one.expires_on else ENDLESS
                for code in (one.code, *self.ground.above("certificates", one.code)):
                    if code not in found:
                        found[code] = np.zeros(len(firms), dtype=np.int32)
                    found[code][place] = max(found[code][place], last)
        return found

    def degrees(self, group: str, asked: str) -> NDArray[np.uint8]:
        """Return for every firm the rank of how far it answers a term."""
        kept = self._degrees.get((group, asked))
        if kept is None:
            kept = self._degrees[(group, asked)] = self._ranked(group, asked)
        return kept

    def _ranked(self, group: str, asked: str) -> NDArray[np.uint8]:
        ranks = np.zeros(self.size, dtype=np.uint8)
        for stated, places in self._holders[group].items():
            if rank := RANK[degree(asked, str(stated), group, self.ground)]:
                ranks[places] = np.maximum(ranks[places], rank)
        if group == "roles" and asked == JOB_ORDERS:
            ranks[self.implies_job_orders] = np.maximum(
                ranks[self.implies_job_orders], RANK[IMPLIED]
            )
        return ranks

    def holders(self, group: str, term: Hashable) -> Ints:
        """Return the places of the firms that name a term."""
        return self._holders[group].get(term, np.zeros(0, dtype=np.int64))

    def capacity(self, processes: Iterable[str]) -> Floats:
        """Return the pairs a month of the narrowest stated step of these; nan where none is."""
        narrowest = self.monthly
        for code in processes:
            if code in self._process_pairs:
                narrowest = np.fmin(narrowest, self._process_pairs[code])
        return narrowest

    def last_day(self, certificate: str) -> NDArray[np.int32]:
        """Return the last day of a certificate for every firm; 0 for those without."""
        found = self._last_days.get(certificate)
        return np.zeros(self.size, dtype=np.int32) if found is None else found


def _numbers(firms: Sequence[Firm], of: Callable[[Firm], Any]) -> Floats:
    values = (of(firm) for firm in firms)
    return np.array([np.nan if value is None else float(value) for value in values])


def _any(firms: Sequence[Firm], name: str) -> Bools:
    return np.array([bool(getattr(firm, name)) for firm in firms], dtype=bool)


def _holders(firms: Sequence[Firm], name: str) -> dict[Hashable, Ints]:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, firm in enumerate(firms):
        for term in getattr(firm, name):
            found[term].append(place)
    return {term: np.array(places, dtype=np.int64) for term, places in found.items()}


def _process_pairs(firms: Sequence[Firm]) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for place, firm in enumerate(firms):
        for code, pairs in firm.process_pairs:
            if code not in found:
                found[code] = np.full(len(firms), np.nan)
            found[code][place] = np.fmin(found[code][place], pairs)
    return found
