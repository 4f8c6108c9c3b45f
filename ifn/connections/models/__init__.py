"""Enquiries between firms and those who look for them, and what comes of each."""

from ifn.connections.models.enquiries import Enquiry, EnquiryQuerySet, Question, Step, Worth
from ifn.connections.models.letters import Letter, LetterFile, Tally
from ifn.connections.models.trust import Block, Complaint, Habit

__all__ = [
    "Block",
    "Complaint",
    "Enquiry",
    "EnquiryQuerySet",
    "Habit",
    "Letter",
    "LetterFile",
    "Question",
    "Step",
    "Tally",
    "Worth",
]
