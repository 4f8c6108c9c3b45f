"""Note what came back after the mail server had taken it."""

import logging
import mailbox
from collections import Counter
from datetime import datetime
from email.message import Message as Mail
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ifn.mail import returning, signing
from ifn.mail.models import Bounce, Message, Refusal

logger = logging.getLogger("ifn.mail")


class Outcome(StrEnum):
    """What a message in the box of failures was."""

    HARD = "hard"
    SOFT = "soft"
    #: Noted before.
    KNOWN = "known"
    #: Signed by somebody else, or about a message that is gone.
    FOREIGN = "foreign"
    #: No report of a failure, or not a clear one.
    UNCLEAR = "unclear"


#: Nobody needs these in the box any more.
_DONE = frozenset({Outcome.HARD, Outcome.SOFT, Outcome.KNOWN})


def note(mail: Mail, *, at: datetime) -> Outcome:
    """Note what a message says came back, once for each message of ours; say what it was.

    A failure for good marks the address as refused, so that whoever writes unasked leaves it
    alone; any other is counted. What was not signed here changes nothing.
    """
    returned = returning.read(mail, settings.BOUNCE_ADDRESS)
    if returned is None:
        return Outcome.UNCLEAR
    outcome = _note(returned, at)
    logger.info("message came back", extra={"outcome": outcome.value, "status": returned.status})
    return outcome


@transaction.atomic
def _note(returned: returning.Returned, at: datetime) -> Outcome:
    key = signing.key_in(returned.token)
    message = Message.objects.filter(pk=key).first() if key else None
    if message is None or not signing.is_signed(returned.token, message.pk, message.message_id):
        return Outcome.FOREIGN
    is_hard = returned.is_for_good
    bounce, is_new = Bounce.objects.get_or_create(
        message=message,
        defaults={"status": returned.status, "is_hard": is_hard, "noted_at": at},
    )
    if not is_new and (bounce.is_hard or not is_hard):
        return Outcome.KNOWN
    if not is_new:
        bounce.status, bounce.is_hard, bounce.noted_at = returned.status, True, at
        bounce.save(update_fields=["status", "is_hard", "noted_at"])
    if is_hard:
        Refusal.objects.update_or_create(
            address=message.to, defaults={"refused_at": at, "code": returned.code}
        )
    return Outcome.HARD if is_hard else Outcome.SOFT


def read_box(path: Path, *, at: datetime) -> Counter[Outcome]:
    """Read an mbox file or a Maildir; what was understood is removed, the rest is left as read.

    Raises:
        FileNotFoundError: There is no such box.

    """
    box: mailbox.Mailbox[Any] = (
        mailbox.Maildir(path, create=False) if path.is_dir() else _mbox(path)
    )
    outcomes = Counter[Outcome]()
    box.lock()
    try:
        for key in box.keys():  # noqa: SIM118  # of a mailbox, not of a dict
            outcomes.update(_read_one(box, key, at))
        box.flush()
    finally:
        box.close()
    return outcomes


def _mbox(path: Path) -> mailbox.mbox:
    if not path.is_file():
        raise FileNotFoundError(path)
    return mailbox.mbox(path, create=False)


def _read_one(box: mailbox.Mailbox[Any], key: str, at: datetime) -> list[Outcome]:
    mail = box[key]
    if _is_read(mail):
        return []
    outcome = note(mail, at=at)
    if outcome in _DONE:
        box.remove(key)
    else:
        _mark_read(mail)
        box[key] = mail
    return [outcome]


def _is_read(mail: object) -> bool:
    if isinstance(mail, mailbox.MaildirMessage):
        return "S" in mail.get_flags()
    return isinstance(mail, mailbox.mboxMessage) and "R" in mail.get_flags()


def _mark_read(mail: object) -> None:
    if isinstance(mail, mailbox.MaildirMessage):
        mail.set_subdir("cur")
        mail.add_flag("S")
    elif isinstance(mail, mailbox.mboxMessage):
        mail.add_flag("R")
