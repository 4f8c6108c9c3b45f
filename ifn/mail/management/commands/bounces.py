"""``ifn bounces``: note messages that came back after the mail server had taken them."""

import sys
from argparse import ArgumentParser
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ifn.mail.bounces import Outcome, note, read_box

#: More of one message is not read.
MOST_BYTES: Final = 2_000_000
#: What a mail server takes for "try again later" (sysexits.h).
TRY_AGAIN: Final = 75


class Command(BaseCommand):
    help = "Note messages that came back: one from standard input, or those in an mbox or Maildir."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "box",
            nargs="?",
            default=settings.BOUNCE_BOX or "-",
            help="mbox file or Maildir; - reads one message from standard input "
            "(default: IFN_BOUNCE_BOX, else standard input)",
        )

    def handle(self, *_args: Any, box: str, **_options: Any) -> None:
        try:
            found = _from_pipe() if box == "-" else read_box(Path(box), at=now())
        except FileNotFoundError:
            raise CommandError(_("There is no such mbox or Maildir: %s") % box) from None
        except (DatabaseError, OSError) as fault:
            raise CommandError(type(fault).__name__, returncode=TRY_AGAIN) from fault
        self.stdout.write(
            _("%(hard)d for good, %(soft)d for now, %(known)d noted before, %(others)d others.")
            % {
                "hard": found[Outcome.HARD],
                "soft": found[Outcome.SOFT],
                "known": found[Outcome.KNOWN],
                "others": found[Outcome.FOREIGN] + found[Outcome.UNCLEAR],
            }
        )


def _from_pipe() -> Counter[Outcome]:
    mail = message_from_bytes(sys.stdin.buffer.read(MOST_BYTES))
    return Counter([note(mail, at=now())])
