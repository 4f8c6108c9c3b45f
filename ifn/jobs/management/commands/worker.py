from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ifn.jobs.worker import WorkerLoop


class Command(BaseCommand):
    help = "Do background work until asked to stop (SIGTERM or Ctrl-C)."
    #: They would load every page of the site, which a worker never shows.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        ending = parser.add_mutually_exclusive_group()
        ending.add_argument("--once", action="store_true", help="Do one job at most, then end.")
        ending.add_argument("--drain", action="store_true", help="End when nothing is due.")

    def handle(self, *_args: Any, once: bool, drain: bool, **_options: Any) -> None:
        WorkerLoop(once=once, drain=drain).run()
