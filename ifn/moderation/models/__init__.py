"""Claims of profiles, reports about them, and who of the staff has which work."""

from ifn.moderation.models.claims import Claim, ClaimCode, ClaimLink, ClaimNote
from ifn.moderation.models.queue import Assignment, Look, SavedFilter, Told
from ifn.moderation.models.reports import Report

__all__ = [
    "Assignment",
    "Claim",
    "ClaimCode",
    "ClaimLink",
    "ClaimNote",
    "Look",
    "Report",
    "SavedFilter",
    "Told",
]
