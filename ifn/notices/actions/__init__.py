"""What happens to notices; the only place that writes them. Other rooms call ``tell``."""

from ifn.notices.actions.erasing import erase_mentions, erase_notices
from ifn.notices.actions.reaching import ask_whether_reached, note_reached
from ifn.notices.actions.reading import mark_all_read, mark_read
from ifn.notices.actions.telling import LeadsAway, News, tell, tell_many
from ifn.notices.actions.wishing import NotOffered, stop, wish

__all__ = [
    "LeadsAway",
    "News",
    "NotOffered",
    "ask_whether_reached",
    "erase_mentions",
    "erase_notices",
    "mark_all_read",
    "mark_read",
    "note_reached",
    "stop",
    "tell",
    "tell_many",
    "wish",
]
