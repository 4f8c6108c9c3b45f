"""What connects people and businesses, as rows."""

from ifn.connections.models.chains import KEPT, Chain, ChainQuerySet, UnfilledLink
from ifn.connections.models.desk import DeskNote, Introduction
from ifn.connections.models.enquiries import Enquiry, EnquiryQuerySet, Question, Step, Worth
from ifn.connections.models.following import Follow
from ifn.connections.models.letters import Letter, LetterFile, Tally, Trace
from ifn.connections.models.matches import Match
from ifn.connections.models.opportunities import Opportunity, OpportunityQuerySet
from ifn.connections.models.opportunityparts import (
    Attachment,
    OpportunityDraft,
    OpportunityTerm,
    OpportunityVersion,
    StateChange,
)
from ifn.connections.models.trust import Block, Complaint, Habit

__all__ = [
    "KEPT",
    "Attachment",
    "Block",
    "Chain",
    "ChainQuerySet",
    "Complaint",
    "DeskNote",
    "Enquiry",
    "EnquiryQuerySet",
    "Follow",
    "Habit",
    "Introduction",
    "Letter",
    "LetterFile",
    "Match",
    "Opportunity",
    "OpportunityDraft",
    "OpportunityQuerySet",
    "OpportunityTerm",
    "OpportunityVersion",
    "Question",
    "StateChange",
    "Step",
    "Tally",
    "Trace",
    "UnfilledLink",
    "Worth",
]
