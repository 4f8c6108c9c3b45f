"""Fit the weights that ship with ``ifn.linkage`` on invented lists.

    python -m benchmarks.linkage_fit [--lists 24] [--firms 350] [--write]

Every list is another: Indonesian or English, tidy or messy, with or without phones, e-mails, sites and
business numbers. The same arguments give the same weights. Lists with other seeds measure them.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import linkage_words as words
from benchmarks.linkage_invented import Inventor, truth, truth_within
from benchmarks.linkage_judged import as_record
from benchmarks.linkage_writing import listed, two_lists
from ifn.linkage import matching
from ifn.linkage.comparing import weighed
from ifn.linkage.evidence import Weights
from ifn.linkage.learning import calibration_error, learn
from ifn.linkage.records import prepare

FILE = Path(__file__).parent.parent / "ifn" / "linkage" / "data" / "weights.json"
SEED = 1000
COLUMNS = (
    frozenset({"phone"}),
    words.ALL_COLUMNS,
    frozenset[str](),
    words.ALL_COLUMNS - {"phone"},
)

Judged = list[tuple[Mapping[str, float], bool]]


def judged(seed: int, firms: int) -> Iterator[tuple[Mapping[str, float], bool]]:
    """Yield what is found in the candidate pairs of one invented list or two, and the truth."""
    inventor = Inventor(
        seed,
        english=seed % 3 == 0,
        mess=(0.6, 1.0, 1.5)[seed // 3 % 3],
        columns=COLUMNS[seed % len(COLUMNS)],
    )
    if seed % 2:
        left = listed(inventor, firms, twice=0.3, near=0.3)
        right, same = None, truth_within(left)
    else:
        left, right = two_lists(inventor, firms * 2, both=0.3, near=0.3)
        same = truth(left, right)
    prepared = [
        [prepare(as_record(one, place)) for place, one in enumerate(each)] for each in (left, right or [])
    ]
    for scored in matching.candidate_pairs(prepared[0], prepared[1] if right else None, weights=BLANK):
        yield scored.comparison.signals, (scored.left, scored.right) in same


class _Nothing(dict[str, float]):
    def __missing__(self, key: str) -> float:
        return 0.0


#: Weights that say nothing: signals are found without them.
BLANK = Weights(0.0, _Nothing())


def main() -> int:
    """Fit, say how good the probabilities are on other lists, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lists", type=int, default=48)
    parser.add_argument("--firms", type=int, default=250)
    parser.add_argument("--write", action="store_true", help=f"into {FILE.name}")
    given = parser.parse_args()
    seeds = range(SEED, SEED + given.lists)
    learnt = learn([pair for seed in seeds for pair in judged(seed, given.firms)], pull=0.3)
    for term, weight in {"start": learnt.start, **learnt.terms}.items():
        print(f"{term:<18}{weight:>8.2f}")
    others = [pair for seed in seeds for pair in judged(seed + 5000, given.firms // 2)]
    told = [(weighed(found, learnt).probability, same) for found, same in others]
    print(f"{len(others)} other pairs: expected calibration error {calibration_error(told):.4f}")
    if given.write:
        content = {"start": learnt.start, **learnt.terms}
        FILE.write_text(json.dumps({k: round(v, 3) for k, v in content.items()}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
