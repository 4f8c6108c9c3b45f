"""What happens between people and businesses; the only place that writes it."""

from ifn.connections.actions.attaching import (
    MOST_ATTACHMENTS,
    TooManyAttachments,
    attach,
    detach,
)
from ifn.connections.actions.businesses import (
    close_those_of_hidden,
    erase_from_opportunities,
    erase_opportunities,
    follow_business,
    remove_demo_opportunities,
    withdraw_all,
)
from ifn.connections.actions.deciding import DecidedMeanwhile, refuse, release
from ifn.connections.actions.drafting import (
    Posted,
    begin,
    change_kind,
    discard_draft,
    save_answers,
)
from ifn.connections.actions.ending import (
    AskedAbout,
    DeadlineGone,
    NotOpen,
    ask_those_due,
    expire_due,
    fill,
    renew,
    withdraw,
)
from ifn.connections.actions.kinds import WrongWay
from ifn.connections.actions.loading import enter_demo
from ifn.connections.actions.matching import match_all, match_due
from ifn.connections.actions.posting import ChangedMeanwhile, NotListed, Over, UnknownTerm, post
from ifn.connections.actions.reindexing import reindex

__all__ = [
    "MOST_ATTACHMENTS",
    "AskedAbout",
    "ChangedMeanwhile",
    "DeadlineGone",
    "DecidedMeanwhile",
    "NotListed",
    "NotOpen",
    "Over",
    "Posted",
    "TooManyAttachments",
    "UnknownTerm",
    "WrongWay",
    "ask_those_due",
    "attach",
    "begin",
    "change_kind",
    "close_those_of_hidden",
    "detach",
    "discard_draft",
    "enter_demo",
    "erase_from_opportunities",
    "erase_opportunities",
    "expire_due",
    "fill",
    "follow_business",
    "match_all",
    "match_due",
    "post",
    "refuse",
    "reindex",
    "release",
    "remove_demo_opportunities",
    "renew",
    "save_answers",
    "withdraw",
    "withdraw_all",
]
