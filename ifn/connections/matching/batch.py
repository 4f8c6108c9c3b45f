"""All open needs against all firms, on several processes; the outcome is that of one."""

import multiprocessing
from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from ifn.connections.matching.facts import Need
from ifn.connections.matching.fairness import mark
from ifn.connections.matching.field import LIMIT, Field, Pool

#: Needs handed to a process at a time.
PORTION: Final = 50
#: What a process looks into; it inherits the field instead of being sent it.
_looked_into: dict[str, tuple[Field, int]] = {}


def all_matches(
    field: Field, needs: Iterable[Need], *, limit: int = LIMIT, processes: int = 1
) -> Iterator[tuple[Hashable, list[tuple[Hashable, float]]]]:
    """Yield for each need who gets its lead, with scores; each lead counts for the needs after it.

    Finding who comes into question is the long part and goes over the processes (where the system
    can fork); giving the places away is done here, in an order that the needs' keys decide.
    """
    in_turn = sorted(needs, key=lambda need: mark(need.key))
    if processes == 1:
        yield from field.given((field.pool(need, limit) for need in in_turn), limit)
        return
    _looked_into["field"] = (field, limit)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as workers:
            yield from field.given(workers.imap(_pool, in_turn, chunksize=PORTION), limit)
    finally:
        del _looked_into["field"]


def _pool(need: Need) -> Pool:
    field, limit = _looked_into["field"]
    return field.pool(need, limit)
