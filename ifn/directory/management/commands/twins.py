"""``ifn twins``: compare all profiles with all now, and keep the pairs for people to decide."""

from collections.abc import Hashable, Iterator
from itertools import islice
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import ngettext

from ifn.directory.actions import look_at_all
from ifn.directory.linking import everyone, records_of, weights
from ifn.linkage.index import Candidate
from ifn.linkage.sweep import sweep

#: So many are held at once and compared with all.
PART: Final = 10_000


def _swept(*, is_demo: bool) -> Iterator[tuple[Hashable, list[Candidate]]]:
    """Yield all profiles with who may be the same; memory does not grow with their number."""
    asked, learned = everyone(is_demo=is_demo), weights()
    while part := list(islice(asked, PART)):
        yield from sweep(part, everyone(is_demo=is_demo), fetch=records_of, weights=learned)


class Command(BaseCommand):
    help = "Compare all profiles with all and let the pairs that may be one wait for a decision."

    def handle(self, *_args: Any, **_options: Any) -> None:
        at = now()
        new = 0
        for is_demo in (False, True):
            new += look_at_all(_swept(is_demo=is_demo), is_demo=is_demo, at=at)
        self.stdout.write(
            ngettext("%(new)d new pair waits.", "%(new)d new pairs wait.", new) % {"new": new}
        )
