"""What happens to lists and their rows; the only place that writes them."""

from ifn.intake.actions.applying import NotReleased, apply, apply_row
from ifn.intake.actions.columns import SameList, save_mapping
from ifn.intake.actions.decisions import (
    DecidedMeanwhile,
    NoProfile,
    NoReason,
    decide_row,
    decide_rows,
)
from ifn.intake.actions.erasing import erase_rows
from ifn.intake.actions.loading import Incoming, Outcome, load, propose
from ifn.intake.actions.receiving import Upload, choose_sheet, receive
from ifn.intake.actions.relearning import Known, known_decisions, relearn, relearn_when_due
from ifn.intake.actions.releasing import release, withdraw
from ifn.intake.actions.resuming import is_stuck, resume
from ifn.intake.actions.stages import NotNow
from ifn.intake.actions.undoing import LookedAfter, undo, undo_row

__all__ = [
    "DecidedMeanwhile",
    "Incoming",
    "Known",
    "LookedAfter",
    "NoProfile",
    "NoReason",
    "NotNow",
    "NotReleased",
    "Outcome",
    "SameList",
    "Upload",
    "apply",
    "apply_row",
    "choose_sheet",
    "decide_row",
    "decide_rows",
    "erase_rows",
    "is_stuck",
    "known_decisions",
    "load",
    "propose",
    "receive",
    "relearn",
    "relearn_when_due",
    "release",
    "resume",
    "save_mapping",
    "undo",
    "undo_row",
    "withdraw",
]
