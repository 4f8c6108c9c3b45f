"""Things that happen to profiles; the only place that writes them."""

from ifn.directory.actions.bulk import Arrival, register_many
from ifn.directory.actions.confirming import (
    BY_PHONE,
    NotListed,
    addresses_of,
    ask_those_due,
    ask_to_confirm,
    confirm,
    confirm_by_link,
    link_to,
)
from ifn.directory.actions.demo import remove_demo
from ifn.directory.actions.entering import enter
from ifn.directory.actions.pictures import (
    TooManyPictures,
    add_drawing,
    add_picture,
    caption_picture,
    move_picture,
    remove_picture,
)
from ifn.directory.actions.profiles import (
    ChangedMeanwhile,
    hide,
    list_again,
    register,
    revise,
    source_named,
)

__all__ = [
    "BY_PHONE",
    "Arrival",
    "ChangedMeanwhile",
    "NotListed",
    "TooManyPictures",
    "add_drawing",
    "add_picture",
    "addresses_of",
    "ask_those_due",
    "ask_to_confirm",
    "caption_picture",
    "confirm",
    "confirm_by_link",
    "enter",
    "hide",
    "link_to",
    "list_again",
    "move_picture",
    "register",
    "register_many",
    "remove_demo",
    "remove_picture",
    "revise",
    "source_named",
]
