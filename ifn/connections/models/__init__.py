"""What businesses offer and ask for, and who fits: facts, constraints and filters."""

from ifn.connections.models.matches import Match
from ifn.connections.models.opportunities import Opportunity, OpportunityQuerySet
from ifn.connections.models.opportunityparts import (
    Attachment,
    OpportunityDraft,
    OpportunityTerm,
    OpportunityVersion,
    StateChange,
)

__all__ = [
    "Attachment",
    "Match",
    "Opportunity",
    "OpportunityDraft",
    "OpportunityQuerySet",
    "OpportunityTerm",
    "OpportunityVersion",
    "StateChange",
]
