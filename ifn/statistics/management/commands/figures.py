"""``ifn figures``: load the figures of the sector that ship with the platform."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ifn.statistics import actions


class Command(BaseCommand):
    help = "Load the shipped figures of the sector."

    def handle(self, *_args: Any, **_options: Any) -> None:
        loaded = actions.load_shipped(at=now())
        if not loaded.wrote:
            self.stdout.write(_("Figures: up to date."))
            return
        self.stdout.write(
            _("Figures: %(created)d new, %(updated)d updated, %(removed)d removed.")
            % {
                "created": loaded.created,
                "updated": loaded.updated,
                "removed": loaded.retired,
            }
        )
