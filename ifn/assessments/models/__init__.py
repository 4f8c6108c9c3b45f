"""Questionnaires, what firms answered to them, and the levels that came of it."""

from ifn.assessments.models.assessments import (
    Answer,
    Assessment,
    AssessmentQuerySet,
    Photo,
    Score,
    ScoreQuerySet,
    Side,
)
from ifn.assessments.models.instruments import Instrument, InstrumentVersion
from ifn.assessments.models.packages import Conflict, Package
from ifn.assessments.models.standings import Assessed, Standing

__all__ = [
    "Answer",
    "Assessed",
    "Assessment",
    "AssessmentQuerySet",
    "Conflict",
    "Instrument",
    "InstrumentVersion",
    "Package",
    "Photo",
    "Score",
    "ScoreQuerySet",
    "Side",
    "Standing",
]
