"""What happens to notices; the only place that writes them. Other rooms call ``tell``."""

from ifn.notices.actions.erasing import erase_mentions, erase_notices, erase_told_of
from ifn.notices.actions.reaching import ask_whether_reached, note_reached
from ifn.notices.actions.reading import mark_all_read, mark_read
from ifn.notices.actions.telling import LeadsAway, News, settle, tell, tell_many, write_to_address
from ifn.notices.actions.wishing import NotOffered, stop, stop_address, wish

__all__ = [
    "LeadsAway",
    "News",
    "NotOffered",
    "ask_whether_reached",
    "erase_mentions",
    "erase_notices",
    "erase_told_of",
    "mark_all_read",
    "mark_read",
    "note_reached",
    "settle",
    "stop",
    "stop_address",
    "tell",
    "tell_many",
    "wish",
    "write_to_address",
]
