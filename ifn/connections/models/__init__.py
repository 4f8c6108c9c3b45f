"""What connects people and businesses, as rows."""

from ifn.connections.models.enquiries import Enquiry, EnquiryQuerySet, Question, Step, Worth
from ifn.connections.models.following import Follow
from ifn.connections.models.letters import Letter, LetterFile, Tally
from ifn.connections.models.trust import Block, Complaint, Habit

__all__ = [
    "Block",
    "Complaint",
    "Enquiry",
    "EnquiryQuerySet",
    "Follow",
    "Habit",
    "Letter",
    "LetterFile",
    "Question",
    "Step",
    "Tally",
    "Worth",
]
