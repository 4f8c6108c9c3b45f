from typing import Any

from django.core.management.commands import flush

from ifn.audit.protection import upkeep


class Command(flush.Command):
    """Django's ``flush``, which empties every table, and so has to open the audit record."""

    def handle(self, *args: Any, **options: Any) -> None:
        with upkeep("flush", using=options["database"]):
            super().handle(*args, **options)
