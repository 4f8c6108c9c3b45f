"""Things that happen to profiles; the only place that writes them."""

from ifn.directory.actions.bulk import Arrival, register_many
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
    confirm,
    hide,
    list_again,
    register,
    revise,
    source_named,
)

__all__ = [
    "Arrival",
    "ChangedMeanwhile",
    "TooManyPictures",
    "add_drawing",
    "add_picture",
    "caption_picture",
    "confirm",
    "enter",
    "hide",
    "list_again",
    "move_picture",
    "register",
    "register_many",
    "remove_demo",
    "remove_picture",
    "revise",
    "source_named",
]
