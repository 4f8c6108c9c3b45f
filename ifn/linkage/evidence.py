"""What speaks for and against two records being one: named signals and their weights; pure.

A signal has a value from 0 to 1 and a weight in log-odds. The weights shipped in
``data/weights.json`` were fitted on invented records by ``benchmarks/linkage_fit.py``.
"""

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ifn.linkage.calibrating import NONE, Calibration

#: Signals on a scale: what is said when there is no likeness at all, and the steps upwards from it.
SCALES: Final = {
    "name": (0.4, 0.6, 0.8, 0.92, 1.0),
    "street": (0.2, 0.5, 0.8, 1.0),
    "extra": (0.2, 0.6, 1.0),
}
#: Signals that only speak for one record, and those that only speak against it.
FOR: Final = (
    *("name_within", "name_rare", "same_form", "same_plant", "street_within", "same_house"),
    *("near_house", "same_part", "same_postcode", "same_place", "near_place", "same_phone"),
    *("shared_contact", "same_email", "same_site", "same_instagram", "same_nib"),
    *("nobody_better", "address_elsewhere", "near_phone"),
)
AGAINST: Final = (
    *(
        "name_own",
        "name_strangers",
        "other_addition",
        "street_own",
        "other_form",
        "other_plant",
        "one_plant",
        "other_house",
    ),
    *("other_part", "other_postcode", "other_place", "other_regency", "other_kind"),
    *("other_province", "other_phone", "other_email", "other_site", "other_instagram", "other_nib"),
)
#: Exact keys and the signal that says that both records have one.
EXACT: Final = {
    "same_phone": "phone",
    "same_email": "email",
    "same_site": "site",
    "same_instagram": "instagram",
    "same_nib": "nib",
}


def terms(code: str, value: float) -> Iterator[tuple[str, float]]:
    """Yield the weighted terms of a signal: itself, or the steps of its scale up to the value."""
    steps = SCALES.get(code)
    if steps is None:
        yield code, value
        return
    yield f"{code}_0", 1.0
    for place, (low, high) in enumerate(itertools.pairwise(steps), start=1):
        if value <= low:
            break
        yield f"{code}_{place}", min(1.0, (value - low) / (high - low))


def log_odds_of(code: str, value: float, weights: Mapping[str, float]) -> float:
    """Return the log-odds of a signal."""
    if code not in SCALES:
        return weights[code] * value
    return sum([weights[term] * amount for term, amount in terms(code, value)])


#: Terms whose weights may not be negative, and those whose weights may not be positive.
RISING: Final = (
    *FOR,
    *(f"{code}_{place}" for code, steps in SCALES.items() for place in range(1, len(steps))),
)
FALLING: Final = (*AGAINST, *(f"{code}_0" for code in SCALES))
#: Everything that may be found of two records.
CODES: Final = frozenset((*FOR, *AGAINST, *SCALES))
EDITION_LENGTH: Final = 16
TERMS: Final = (*RISING, *FALLING)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that counts: what it is called, what was found (0 to 1), and its log-odds."""

    code: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The log-odds of a candidate before anything is known of it, and what each term adds.

    What they add up to is corrected before it is said as a probability.
    """

    start: float
    terms: Mapping[str, float]
    calibration: Calibration = NONE

    @property
    def edition(self) -> str:
        """Return what tells these weights from others, whatever correction they have."""
        written = json.dumps([self.start, sorted(self.terms.items())])
        return hashlib.sha256(written.encode()).hexdigest()[:EDITION_LENGTH]


@cache
def shipped() -> Weights:
    """Return the weights that come with the program."""
    folder = Path(__file__).parent / "data"
    content = json.loads((folder / "weights.json").read_text("utf-8"))
    steps = json.loads((folder / "calibration.json").read_text("utf-8"))
    return Weights(
        float(content["start"]),
        {name: float(content[name]) for name in TERMS},
        Calibration(tuple((float(said), float(worth)) for said, worth in steps)),
    )
