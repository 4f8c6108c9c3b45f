"""``ifn standings``: count anew how firms stand by region."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ifn.assessments.actions.standings import count_anew


class Command(BaseCommand):
    help = "Count anew how firms stand by region; the database keeps these sums by itself."

    def handle(self, *_args: Any, **_options: Any) -> None:
        wrong = count_anew()
        self.stdout.write(
            _("Sums by region counted anew: %(wrong)d were wrong.") % {"wrong": wrong}
        )
