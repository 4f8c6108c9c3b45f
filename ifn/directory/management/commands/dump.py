"""``ifn dump``: write the whole public directory as a file now, as the nightly job does."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ifn.directory.opendata.shelf import FOLDER, make_dump
from ifn.directory.quantities import grouped


class Command(BaseCommand):
    help = "Write the whole public directory as a file now; the newest seven are kept."

    def handle(self, *_args: Any, **_options: Any) -> None:
        dump = make_dump(at=now())
        self.stdout.write(
            _("%(rows)s profiles, %(size)s bytes, SHA-256 %(digest)s: %(file)s")
            % {
                "rows": grouped(dump.rows),
                "size": grouped(dump.size),
                "digest": dump.sha256,
                "file": f"{default_storage.url(FOLDER)}/{dump.name}",
            }
        )
