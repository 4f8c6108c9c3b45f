"""Background work of this room."""

from ifn.connections.tasks.chains import compose, tidy_chains
from ifn.connections.tasks.enquiries import (
    ask_for_proof,
    ask_how_it_went,
    close_for_hidden,
    count_habits,
    expire,
    forget_what_is_old,
    tell_of_letter,
)
from ifn.connections.tasks.fitting import tell_of_firms, tell_of_opportunities
from ifn.connections.tasks.following import look_for_news
from ifn.connections.tasks.opportunities import (
    ask_whether_open,
    close_those_of_hidden,
    expire_opportunities,
    find_all_matches,
    find_matches,
    index_opportunities,
    pack_opportunities,
)

__all__ = [
    "ask_for_proof",
    "ask_how_it_went",
    "ask_whether_open",
    "close_for_hidden",
    "close_those_of_hidden",
    "compose",
    "count_habits",
    "expire",
    "expire_opportunities",
    "find_all_matches",
    "find_matches",
    "forget_what_is_old",
    "index_opportunities",
    "look_for_news",
    "pack_opportunities",
    "tell_of_firms",
    "tell_of_letter",
    "tell_of_opportunities",
    "tidy_chains",
]
