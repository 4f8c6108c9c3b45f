"""``ifn twins``: compare all profiles with all now, and keep the pairs for people to decide."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import ngettext

from ifn.directory.actions import look_at_all
from ifn.directory.linking import everyone, records_of, weights
from ifn.linkage.sweep import sweep


class Command(BaseCommand):
    help = "Compare all profiles with all and let the pairs that may be one wait for a decision."

    def handle(self, *_args: Any, **_options: Any) -> None:
        at = now()
        new = 0
        for is_demo in (False, True):
            world = {"is_demo": is_demo}
            swept = sweep(everyone(**world), everyone(**world), fetch=records_of, weights=weights())
            new += look_at_all(swept, at=at, **world)
        self.stdout.write(
            ngettext("%(new)d new pair waits.", "%(new)d new pairs wait.", new) % {"new": new}
        )
