"""What businesses offer and ask for, and who fits: facts, constraints and filters."""

from ifn.connections.models.matches import Match
from ifn.connections.models.opportunities import (
    Attachment,
    Opportunity,
    OpportunityDraft,
    OpportunityQuerySet,
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
