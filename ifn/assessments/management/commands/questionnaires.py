"""``ifn questionnaires``: load the questionnaire that ships with the platform, as a draft."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ifn.assessments.actions.instruments import load_shipped


class Command(BaseCommand):
    help = "Load the shipped questionnaire as a draft; what was edited in the platform stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        loaded = load_shipped(at=now())
        if not loaded.wrote and not loaded.kept_edits:
            self.stdout.write(_("Questionnaires: up to date."))
            return
        self.stdout.write(
            _("Questionnaires: %(created)d new, %(updated)d updated, %(kept)d edits kept.")
            % {
                "created": loaded.created,
                "updated": loaded.updated,
                "kept": loaded.kept_edits,
            }
        )
