"""Things that happen to profiles; the only place that writes them."""

from ifn.directory.actions.bulk import Arrival, register_many
from ifn.directory.actions.demo import remove_demo
from ifn.directory.actions.drafts import (
    ChosenMeanwhile,
    NothingToPublish,
    Origin,
    begin_profile,
    discard_draft,
    open_draft,
    publish,
    save_step,
)
from ifn.directory.actions.entering import enter
from ifn.directory.actions.people import (
    InvitationOver,
    LastOwner,
    TooManyInvitations,
    accept_invitation,
    appoint,
    change_member_role,
    hand_over,
    invite,
    remove_member,
    withdraw_invitation,
)
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
from ifn.directory.actions.undoing import NothingToUndo, undo_last_change

__all__ = [
    "Arrival",
    "ChangedMeanwhile",
    "ChosenMeanwhile",
    "InvitationOver",
    "LastOwner",
    "NothingToPublish",
    "NothingToUndo",
    "Origin",
    "TooManyInvitations",
    "TooManyPictures",
    "accept_invitation",
    "add_drawing",
    "add_picture",
    "appoint",
    "begin_profile",
    "caption_picture",
    "change_member_role",
    "confirm",
    "discard_draft",
    "enter",
    "hand_over",
    "hide",
    "invite",
    "list_again",
    "move_picture",
    "open_draft",
    "publish",
    "register",
    "register_many",
    "remove_demo",
    "remove_member",
    "remove_picture",
    "revise",
    "save_step",
    "source_named",
    "undo_last_change",
    "withdraw_invitation",
]
