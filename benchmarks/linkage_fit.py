"""Fit the weights that ship with ``ifn.linkage`` on invented lists.

    python -m benchmarks.linkage_fit [--lists 24] [--firms 350] [--write]

Every list is another: Indonesian or English, tidy or messy, with or without phones, sites and
business numbers. The same arguments give the same weights. Lists with other seeds measure them.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import linkage_words as words
from benchmarks.linkage_invented import Inventor, Written, truth, truth_within
from benchmarks.linkage_judged import as_record
from benchmarks.linkage_writing import gazetteer, listed, two_lists
from ifn.linkage import evidence, matching
from ifn.linkage.calibrating import FOLDS, Calibration, probability
from ifn.linkage.calibrating import fitted as fitted_to
from ifn.linkage.evidence import Weights
from ifn.linkage.learning import calibration_error, learn, reliability, shift
from ifn.linkage.records import Prepared

FILE = Path(__file__).parent.parent / "ifn" / "linkage" / "data" / "weights.json"
SEED = 1000
#: Candidates less likely than this are no question.
LEAST = 0.05
COLUMNS = (
    frozenset({"phone"}),
    words.ALL_COLUMNS,
    frozenset[str](),
    words.ALL_COLUMNS - {"phone"},
)


@dataclass(frozen=True, slots=True)
class Lists:
    """One invented list, or two, and the places of the records that are one."""

    left: list[Prepared]
    right: list[Prepared] | None
    same: set[tuple[int, int]]

    def scored(self, weights: Weights) -> list[matching.Scored]:
        """Return the candidate pairs, compared."""
        return matching.candidate_pairs(self.left, self.right, weights=weights)

    def is_same(self, one: matching.Scored) -> bool:
        """Say whether two records are one."""
        return (one.left, one.right) in self.same


def lists(seed: int, firms: int) -> Lists:
    """Invent what a seed stands for: lists of one kind, tidy or messy, with these columns."""
    inventor = Inventor(
        seed,
        english=seed % 3 == 0,
        mess=(0.6, 1.0, 1.5)[seed // 3 % 3],
        columns=COLUMNS[seed // 2 % len(COLUMNS)],
    )
    if seed % 2:
        left = listed(inventor, firms, twice=0.3, near=0.3)
        return Lists(_prepared(left), None, truth_within(left))
    left, right = two_lists(inventor, firms * 2, both=0.3, near=0.3)
    return Lists(_prepared(left), _prepared(right), truth(left, right))


def _prepared(records: list[Written]) -> list[Prepared]:
    return matching.prepared(
        (as_record(one, place) for place, one in enumerate(records)), gazetteer()
    )


def fitted(seeds: range, firms: int) -> Weights:
    """Fit all weights to candidates, then what it says that two records are each other's best."""
    made = [lists(seed, firms) for seed in seeds]
    learnt = learn(
        [(s.comparison.signals, each.is_same(s)) for each in made for s in each.scored(BLANK)],
        pull=0.3,
    )
    best = [
        (s.comparison.log_odds, each.is_same(s))
        for each in made
        if each.right is not None
        for s in matching.mutual(each.scored(learnt))
        if "name_strangers" not in s.comparison.signals
    ]
    return Weights(learnt.start, {**learnt.terms, "nobody_better": max(0.0, shift(best))})


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
    parser.add_argument("--keep", action="store_true", help="the weights; fit the correction only")
    parser.add_argument("--write", action="store_true", help=f"into {FILE.name}")
    given = parser.parse_args()
    seeds = range(SEED, SEED + given.lists)
    known = evidence.shipped() if given.keep else None
    learnt = replace(known, calibration=Calibration()) if known else fitted(seeds, given.firms)
    for term, weight in {"start": learnt.start, **learnt.terms}.items():
        print(f"{term:<18}{weight:>8.2f}")
    if given.write:
        content = {"start": learnt.start, **learnt.terms}
        FILE.write_text(json.dumps({k: round(v, 3) for k, v in content.items()}, indent=1) + "\n")
    calibrate([lists(seed + 5000, given.firms) for seed in seeds], learnt, write=given.write)
    return 0


def calibrate(others: Sequence[Lists], learnt: Weights, *, write: bool) -> None:
    """Fit the correction to lists the weights were not fitted on; measure it on lists left out."""
    told = [
        [(s.comparison.log_odds, each.is_same(s)) for s in each.scored(learnt)] for each in others
    ]
    after = []
    for fold in range(FOLDS):
        rest = [pair for place, each in enumerate(told) if place % FOLDS != fold for pair in each]
        found = fitted_to(rest)
        after += [
            (found.corrected(odds), same) for each in told[fold::FOLDS] for odds, same in each
        ]
    table("as added up", [pair for each in told for pair in each])
    table("corrected, on lists left out", after)
    if write:
        steps = fitted_to([pair for each in told for pair in each]).steps
        rounded = [[round(said, 3), round(worth, 3)] for said, worth in steps]
        FILE.with_name("calibration.json").write_text(json.dumps(rounded) + "\n")


def table(name: str, judged: Sequence[tuple[float, bool]]) -> None:
    """Print how well probabilities hold for candidates likelier than 0.05."""
    told = [(said, same) for odds, same in judged if (said := probability(odds)) >= LEAST]
    steps = "  ".join(f"{s.said:.2f} {s.were:.2f} ({s.pairs})" for s in reliability(told))
    print(f"{name}: {len(told)} pairs, expected error {calibration_error(told):.4f}\n  {steps}")


if __name__ == "__main__":
    raise SystemExit(main())
