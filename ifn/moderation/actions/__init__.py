"""Things that happen to claims, reports and waiting work; the only place that writes them."""

from ifn.moderation.actions.claims import (
    ClaimOver,
    CodeOver,
    LinkOver,
    NoSuchContact,
    TooManyClaims,
    TooManyCodes,
    TooManyFiles,
    WrongCode,
    answer_question,
    claim_by_code,
    claim_by_evidence,
    enter_code,
    open_claim_link,
    withdraw_claim,
)
from ifn.moderation.actions.deciding import (
    DecidedMeanwhile,
    ask_for_more,
    expire_claims,
    grant,
    note,
    note_reading,
    refuse,
    revoke,
)
from ifn.moderation.actions.erasing import erase_from_claims, erase_from_reports
from ifn.moderation.actions.handing import (
    TooManyLinks,
    make_claim_link,
    make_phone_code,
    withdraw_claim_link,
)
from ifn.moderation.actions.looking import LookedAtMeanwhile, look_at
from ifn.moderation.actions.merging import keep_apart, mark_told, merge_businesses, undo_merge
from ifn.moderation.actions.opportunities import refuse_opportunity, release_opportunity
from ifn.moderation.actions.reports import (
    AnsweredMeanwhile,
    EnoughReports,
    NotShown,
    Reporter,
    address_of,
    answer_report,
    report,
)
from ifn.moderation.actions.saving import TooManyFilters, forget_filter, save_filter
from ifn.moderation.actions.taking import TakenByAnother, give_back, take
from ifn.moderation.actions.tidying import forget_what_is_old
from ifn.moderation.problems import HasOwner, NotClaimable, ReasonMissing

__all__ = [
    "AnsweredMeanwhile",
    "ClaimOver",
    "CodeOver",
    "DecidedMeanwhile",
    "EnoughReports",
    "HasOwner",
    "LinkOver",
    "LookedAtMeanwhile",
    "NoSuchContact",
    "NotClaimable",
    "NotShown",
    "ReasonMissing",
    "Reporter",
    "TakenByAnother",
    "TooManyClaims",
    "TooManyCodes",
    "TooManyFiles",
    "TooManyFilters",
    "TooManyLinks",
    "WrongCode",
    "address_of",
    "answer_question",
    "answer_report",
    "ask_for_more",
    "claim_by_code",
    "claim_by_evidence",
    "enter_code",
    "erase_from_claims",
    "erase_from_reports",
    "expire_claims",
    "forget_filter",
    "forget_what_is_old",
    "give_back",
    "grant",
    "keep_apart",
    "look_at",
    "make_claim_link",
    "make_phone_code",
    "mark_told",
    "merge_businesses",
    "note",
    "note_reading",
    "open_claim_link",
    "refuse",
    "refuse_opportunity",
    "release_opportunity",
    "report",
    "revoke",
    "save_filter",
    "take",
    "undo_merge",
    "withdraw_claim",
    "withdraw_claim_link",
]
