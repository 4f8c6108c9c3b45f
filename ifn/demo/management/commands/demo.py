"""``ifn demo``: load an invented network to try the platform with, or take it away."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now

from ifn.demo import actions, happenings
from ifn.jobs.actions import gather_statistics

EVERY = 5_000


class Command(BaseCommand):
    help = "Load the demo network of 118 invented businesses and its people, or remove it all."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--businesses",
            type=int,
            default=0,
            metavar="N",
            help="Load so many instead: the 118 and variations of them, for measuring.",
        )
        what.add_argument("--remove", action="store_true", help="Remove everything demo at once.")

    def handle(self, *_args: Any, businesses: int, remove: bool, **_options: Any) -> None:
        if remove:
            self._remove()
            return
        if businesses < 0:
            raise CommandError("The number of businesses cannot be negative.")
        self._load(businesses)
        gather_statistics()
        if settings.PRODUCTION:
            self.stdout.write("No demo people: their passwords are public and this is production.")
        else:
            self._let_in()
            if written := actions.write_enquiries(at=now()):
                self.stdout.write(f"Wrote {written} demo enquiries.")
            if assessed := actions.write_assessments(at=now()):
                self.stdout.write(f"Wrote {assessed} demo assessments.")
            if held := actions.hold_batches(at=now(), today=localdate()):
                self.stdout.write(f"Held {held} demo batches of mentoring.")
            if made := actions.hold_collaborations(at=now(), today=localdate()):
                self.stdout.write(f"Made {made} demo collaborations.")

    def _load(self, businesses: int) -> None:
        started = time.monotonic()

        def progress(count: int) -> None:
            if count % EVERY == 0:
                rate = count / (time.monotonic() - started)
                self.stdout.write(f"  {count:,} businesses ({rate:,.0f} a second)")

        try:
            count = actions.load_network(
                at=now(), today=localdate(), businesses=businesses, progress=progress
            )
        except actions.AnotherSizeIsLoaded as there:
            raise CommandError(
                f"{there} demo businesses are loaded. Run “ifn demo --remove” first."
            ) from there
        if count:
            seconds = time.monotonic() - started
            self.stdout.write(f"Loaded {count:,} demo businesses in {seconds:.1f} seconds.")
        else:
            self.stdout.write("The demo network is loaded already.")
        if entered := actions.load_opportunities(at=now(), today=localdate()):
            self.stdout.write(f"Entered {entered} opportunities of demo businesses.")

    def _let_in(self) -> None:
        self.stdout.write("Demo people (invented, for trying things out only):")
        for sign_in in actions.let_people_in(at=now()):
            self.stdout.write(f"  {sign_in.role:13}  {sign_in.email:22}  {sign_in.password}")
        happenings.begin(at=now())

    def _remove(self) -> None:
        removed = actions.remove_all(at=now())
        self.stdout.write(
            f"Removed {removed.businesses:,} demo businesses and {removed.people} demo people."
        )
        if removed.closed:
            self.stdout.write(
                f"{removed.closed} demo people did things that are on record;"
                " their accounts are closed."
            )
