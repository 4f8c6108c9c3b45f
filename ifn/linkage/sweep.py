"""Find for each record of a list who may be the same among many more records; pure.

The many are read once, one after the other, and never held together.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from ifn.linkage.evidence import Weights
from ifn.linkage.index import NEAREST, Candidate, Index
from ifn.linkage.records import Record

#: Returns records by their keys, in any order; those that are gone meanwhile are left out.
Fetch = Callable[[Sequence[Hashable]], Iterable[Record]]


def sweep(
    asked: Iterable[Record],
    everyone: Iterable[Record],
    *,
    fetch: Fetch,  # noqa: ARG001  # for a way that holds nobody
    nearest: int = NEAREST,
    weights: Weights | None = None,
) -> Iterator[tuple[Hashable, list[Candidate]]]:
    """Yield the key of each asked record, in order, with its candidates, the likeliest first.

    ``fetch`` reads again those of ``everyone`` that come into question. A record that is itself
    among everyone, by its key, is not its own candidate.
    """
    index = Index(everyone, weights=weights)
    for one in asked:
        yield one.key, index.candidates(one, nearest=nearest)
