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
from ifn.connections.tasks.following import look_for_news

__all__ = [
    "ask_for_proof",
    "ask_how_it_went",
    "close_for_hidden",
    "compose",
    "count_habits",
    "expire",
    "forget_what_is_old",
    "look_for_news",
    "tell_of_letter",
    "tidy_chains",
]
