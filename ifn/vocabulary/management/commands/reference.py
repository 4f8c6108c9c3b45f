"""``ifn reference``: load the regions and the vocabulary that ship with the platform."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ifn.regions import actions as regions
from ifn.regions.shipped import Loaded
from ifn.vocabulary import actions as vocabulary


class Command(BaseCommand):
    help = "Load the shipped regions and vocabulary; what was edited in the platform stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        at = now()
        self._say(_("Regions"), regions.load_shipped(at=at))
        self._say(_("Vocabulary"), vocabulary.load_shipped(at=at))

    def _say(self, what: str, loaded: Loaded) -> None:
        if not loaded.wrote and not loaded.kept_edits:
            self.stdout.write(_("%(what)s: up to date.") % {"what": what})
            return
        self.stdout.write(
            _(
                "%(what)s: %(created)d new, %(updated)d updated, %(retired)d out of use, "
                "%(kept)d edits of your own kept."
            )
            % {
                "what": what,
                "created": loaded.created,
                "updated": loaded.updated,
                "retired": loaded.retired,
                "kept": loaded.kept_edits,
            }
        )
