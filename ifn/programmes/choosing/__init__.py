"""Who is proposed for a batch and why: facts and weights in, an order with points out. Pure.

The rule is stated in ``docs/develop/choosing.md`` and shown to everybody who registers.
"""

from ifn.programmes.choosing.facts import (
    CRITERIA,
    Benefit,
    Candidate,
    Criterion,
    Point,
    Ranked,
    Same,
    Unmet,
    Verdict,
    Weights,
)
from ifn.programmes.choosing.ordering import propose

__all__ = [
    "CRITERIA",
    "Benefit",
    "Candidate",
    "Criterion",
    "Point",
    "Ranked",
    "Same",
    "Unmet",
    "Verdict",
    "Weights",
    "propose",
]
