"""Everything that happens to letters and enquiries."""

from ifn.connections.actions.enquiries.asking import answer, ask_those_due
from ifn.connections.actions.enquiries.clock import (
    close_for_hidden,
    count_habits,
    expire,
    forget_what_is_old,
)
from ifn.connections.actions.enquiries.delivering import deny_number, prove, release
from ifn.connections.actions.enquiries.erasing import erase_enquiries, erase_told_of_firm
from ifn.connections.actions.enquiries.guarding import (
    block,
    complain,
    find_harmless,
    mark_spam,
    unblock,
)
from ifn.connections.actions.enquiries.moving import (
    Amount,
    By,
    accept,
    decline,
    note_outcome,
    report_contact,
    see,
    state_worth,
    withdraw,
)
from ifn.connections.actions.enquiries.problems import (
    NoFirm,
    NoSuchContact,
    NotNow,
    NotShown,
    OpportunityOver,
    OwnFirm,
    ReasonMissing,
    TooManyFirms,
    TooManyLetters,
)
from ifn.connections.actions.enquiries.sending import (
    MOST_FILES,
    Written,
    answer_opportunity,
    send,
)

__all__ = [
    "MOST_FILES",
    "Amount",
    "By",
    "NoFirm",
    "NoSuchContact",
    "NotNow",
    "NotShown",
    "OpportunityOver",
    "OwnFirm",
    "ReasonMissing",
    "TooManyFirms",
    "TooManyLetters",
    "Written",
    "accept",
    "answer",
    "answer_opportunity",
    "ask_those_due",
    "block",
    "close_for_hidden",
    "complain",
    "count_habits",
    "decline",
    "deny_number",
    "erase_enquiries",
    "erase_told_of_firm",
    "expire",
    "find_harmless",
    "forget_what_is_old",
    "mark_spam",
    "note_outcome",
    "prove",
    "release",
    "report_contact",
    "see",
    "send",
    "state_worth",
    "unblock",
    "withdraw",
]
