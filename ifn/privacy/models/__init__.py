"""Requests about personal data with their clock, exports of one's own data, breaches."""

from ifn.privacy.models.breaches import Breach, BreachEntry
from ifn.privacy.models.exports import Export, Sweep
from ifn.privacy.models.requests import CLOCK, OPEN, DataRequest, Note, Step

__all__ = [
    "CLOCK",
    "OPEN",
    "Breach",
    "BreachEntry",
    "DataRequest",
    "Export",
    "Note",
    "Step",
    "Sweep",
]
