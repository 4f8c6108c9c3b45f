"""How well ``ifn.linkage`` finds records of one firm, beside libraries on the same lists.

    python -m benchmarks.linkage
    python -m benchmarks.linkage --left A.csv [--right B.csv] --truth PAIRS.csv --id COLUMN

Without files: the judged pairs of the repository, invented lists, and the time for 5,000 records
against 10,000. With files: lists that others labelled; the first two columns of the truth hold
values of the column ``--id``, and ``--one-list`` cleans both lists as one. recordlinkage and Splink
are installed into an environment of their own (``var/bench/linkage``); ``--alone`` leaves them out.
"""

import argparse
import csv
import json
import math
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks import linkage_words as words
from benchmarks.building import KEPT
from benchmarks.linkage_invented import Inventor, truth, truth_within
from benchmarks.linkage_judged import as_record, judged_pairs
from benchmarks.linkage_writing import gazetteer, listed, two_lists
from ifn.linkage.comparing import compare
from ifn.linkage.deciding import Decision, Thresholds, decide
from ifn.linkage.learning import calibration_error, reliability
from ifn.linkage.likeness import Rarity
from ifn.linkage.matching import duplicates, pairs
from ifn.linkage.records import Prepared, Record, prepare
from ifn.linkage.tables import read_table, records_of

PEERS = ("recordlinkage>=0.16,<0.17", "splink>=4,<5")
LIKE_ENOUGH = 88
#: So many automatic decisions say how often they are right.
DECISIONS = 2000
#: Pairs less likely than this are not asked for when probabilities are measured.
LEAST = 0.05
Places = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Task:
    """Two lists, or one with itself, and the places of the records that are one."""

    name: str
    left: Sequence[Record]
    right: Sequence[Record] | None
    same: Places


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--left", type=Path)
    parser.add_argument("--right", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--id", default="id")
    parser.add_argument("--columns", default="name=name,address=addr,city=city,phone=phone")
    parser.add_argument("--one-list", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without the libraries")
    given = parser.parse_args()
    if not given.left:
        judged()
        decided()
        speed()
    for task in tasks_of(given) if given.left else invented():
        measure(task, alone=given.alone)
    return 0


def judged() -> None:
    """Print how well the pairs of the repository are told apart."""
    where = gazetteer()
    known = [
        (prepare(where.located(a)), prepare(where.located(b)), same)
        for a, b, same, _case in judged_pairs()
    ]
    rarity = Rarity()
    rarity.count([one for left, right, _same in known for one in (left, right)])
    compared = [(compare(left, right, rarity=rarity), same) for left, right, same in known]
    right = sum(same and comparison.probability >= 0.5 for comparison, same in compared)
    said = sum(comparison.probability >= 0.5 for comparison, _same in compared)
    automatic = [same for comparison, same in compared if decide(comparison) is Decision.SAME]
    print(f"\n## {len(known)} judged pairs of the repository\n")
    print(figures(right, said, sum(same for _comparison, same in compared)))
    print(automatic_figures(automatic))
    calibration([(comparison.probability, same) for comparison, same in compared])


def decided() -> None:
    """Print how many automatic decisions are right, on lists enough for thousands of them."""
    automatic: list[bool] = []
    seed = 9100
    while len(automatic) < DECISIONS:
        seed += 1
        columns = (frozenset({"phone"}), words.ALL_COLUMNS)[seed % 2]
        inventor = Inventor(seed, columns=columns, mess=(0.5, 1.0, 1.5)[seed % 3])
        left, right = two_lists(inventor, 1500, both=0.4, near=0.3)
        ours, theirs = (
            [as_record(each, place) for place, each in enumerate(side)] for side in (left, right)
        )
        same = truth(left, right)
        automatic += [
            (int(str(pair.left)), int(str(pair.right))) in same
            for pair in pairs(ours, theirs, gazetteer=gazetteer())
            if pair.decision is Decision.SAME
        ]
    print(f"\n## {seed - 9100} pairs of lists, in three kinds of mess\n")
    print(automatic_figures(automatic))


def automatic_figures(right: Sequence[bool]) -> str:
    """Say how many automatic decisions were right, and how many surely are (Wilson, 95 %)."""
    found, total = sum(right), max(len(right), 1)
    share, z = found / total, 1.96
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low = (share + z * z / (2 * total) - spread) / (1 + z * z / total)
    return f"decided automatically: {len(right)}, right: {found} ({share:.4f}, at least {low:.4f})"


def invented() -> list[Task]:
    """Return lists no weight was fitted on."""
    tasks = []
    phone, nothing = frozenset({"phone"}), frozenset[str]()
    for name, english, columns, mess in (
        ("Indonesian", False, phone, 1.0),
        ("Indonesian, without phone", False, nothing, 1.0),
        ("Indonesian, every column", False, words.ALL_COLUMNS, 1.0),
        ("Indonesian, half the mess", False, phone, 0.5),
        ("Indonesian, half the mess, without phone", False, nothing, 0.5),
        ("English", True, phone, 1.0),
        ("English, without phone", True, nothing, 1.0),
    ):
        inventor = Inventor(9001, english=english, columns=columns, mess=mess)
        one = listed(inventor, 650, twice=0.2, near=0.2)
        records = [as_record(each, place) for place, each in enumerate(one)]
        tasks.append(Task(f"one list: {name}", records, None, truth_within(one)))
    left, right = two_lists(Inventor(9002, columns=frozenset({"phone"})), 1500, both=0.3, near=0.2)
    ours, theirs = (
        [as_record(each, place) for place, each in enumerate(side)] for side in (left, right)
    )
    tasks.append(Task("two lists: Indonesian", ours, theirs, truth(left, right)))
    return tasks


def tasks_of(given: argparse.Namespace) -> list[Task]:
    """Return the lists of the command line, with and without phones."""
    columns = dict(pair.split("=", 1) for pair in given.columns.split(","))
    files = [path for path in (given.left, given.right) if path]
    sides = [records_of(read_table(path.read_bytes()), columns | {"": given.id}) for path in files]
    ids = [[dict(record.extra)[""] for record in side] for side in sides]
    sides = [
        [
            replace(one, key=place, extra=tuple(e for e in one.extra if e[0]))
            for place, one in enumerate(side)
        ]
        for side in sides
    ]
    with given.truth.open(encoding="utf-8", newline="") as file:
        known = [row[:2] for row in list(csv.reader(file))[1:]]
    where = [{name: place for place, name in enumerate(each)} for each in ids]
    same = {(where[0][a], where[-1][b]) for a, b in known}
    left, right = sides[0], sides[1] if len(sides) > 1 else None
    if right is not None and given.one_list:
        same = {(a, b + len(left)) for a, b in same}
        left = [replace(one, key=place) for place, one in enumerate([*left, *right])]
        right = None
    bare = [[replace(one, phones=()) for one in side] for side in (left, right or [])]
    return [
        Task(given.left.name, left, right, same),
        Task(f"{given.left.name}, without phone", bare[0], bare[1] if right else None, same),
    ]


def measure(task: Task, *, alone: bool) -> None:
    """Print how well each finds the pairs of one task."""
    total = len(task.left) + len(task.right or ())
    print(f"\n## {task.name}: {total} records, {len(task.same)} pairs\n")
    began = time.process_time()
    found = ours(task, Thresholds())
    took = time.process_time() - began
    said = {place for place, _probability, _decision in found}
    print(f"{'ifn.linkage':<24}{scores(said, task.same)}  {took:.1f} CPU s")
    print(f"{'rapidfuzz, one ratio':<24}{scores(ratio(task), task.same)}")
    if not alone:
        for name, places in peers(task).items():
            print(f"{name:<24}{scores(places, task.same)}")
    automatic = [place in task.same for place, _p, decision in found if decision is Decision.SAME]
    print(automatic_figures(automatic))
    likely = ours(task, Thresholds(ask=LEAST))
    calibration([(probability, place in task.same) for place, probability, _d in likely])


def ours(task: Task, limits: Thresholds) -> list[tuple[tuple[int, int], float, Decision]]:
    """Return the places of the pairs that linkage finds, how likely they are, what was decided."""
    if task.right is None:
        found = duplicates(task.left, thresholds=limits, gazetteer=gazetteer())
    else:
        found = pairs(task.left, task.right, thresholds=limits, gazetteer=gazetteer())
    return [
        (
            _ordered(int(str(pair.left)), int(str(pair.right)), within=task.right is None),
            pair.comparison.probability,
            pair.decision,
        )
        for pair in found
    ]


def _ordered(left: int, right: int, *, within: bool) -> tuple[int, int]:
    return (min(left, right), max(left, right)) if within else (left, right)


def ratio(task: Task) -> Places:
    """Return what one likeness of the whole text finds, each record with its best."""
    texts = [_text(prepare(one)) for one in task.left]
    others = texts if task.right is None else [_text(prepare(one)) for one in task.right]
    table = process.cdist(texts, others, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_ENOUGH)
    if task.right is None:
        for place in range(len(texts)):
            table[place, place] = 0
    found = set()
    for place, row in enumerate(table):
        best = int(row.argmax())
        if row[best] and int(table[:, best].argmax()) == place:
            found.add(_ordered(place, best, within=task.right is None))
    return found


def _text(one: Prepared) -> str:
    return " ".join((*one.name.words, *one.address.words, *one.address.houses, *sorted(one.phones)))


def peers(task: Task) -> dict[str, Places]:
    """Return what the libraries find."""
    python = KEPT / "linkage" / "bin" / "python"
    if not python.exists():
        venv.create(python.parent.parent, with_pip=True)
    ready = subprocess.run([python, "-c", "import recordlinkage, splink"], check=False)
    if ready.returncode:
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
    sides = (task.left, task.right)
    given = [None if side is None else [_row(prepare(one)) for one in side] for side in sides]
    done = subprocess.run(
        [python, Path(__file__).with_name("linkage_peers.py")],
        input=json.dumps({"left": given[0], "right": given[1]}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"The libraries failed: {done.stderr.strip().splitlines()[-1]}")
        return {}
    within = task.right is None
    return {
        name: {_ordered(a, b, within=within) for a, b in places}
        for name, places in json.loads(done.stdout).items()
    }


def _row(one: Prepared) -> dict[str, str]:
    return {
        "name": " ".join(one.name.words),
        "address": " ".join((*sorted(one.address.houses), *one.address.words)),
        "city": one.place.name,
        "phone": min(one.phones, default=""),
    }


def scores(said: Places, same: Places) -> str:
    """Return precision, recall and F1 as text."""
    return figures(len(said & same), len(said), len(same))


def figures(right: int, said: int, same: int) -> str:
    """Return precision, recall and F1 as text."""
    precision, recall = right / max(said, 1), right / max(same, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def calibration(told: Iterable[tuple[float, bool]]) -> None:
    """Print what was said beside what was."""
    rows = list(told)
    print(f"expected calibration error {calibration_error(rows):.3f}; said, were, pairs:")
    steps = reliability(rows)
    print("  " + "  ".join(f"{s.said:.2f} {s.were:.2f} ({s.pairs})" for s in steps))


def speed() -> None:
    """Print how long 5,000 records against 10,000 take."""
    inventor = Inventor(9003, columns=frozenset({"phone"}))
    left, right = two_lists(inventor, 12_000, both=0.25, near=0.2)
    sides = (left[:5000], right[:10_000])
    ours, theirs = ([as_record(one, n) for n, one in enumerate(side)] for side in sides)
    while len(theirs) < 10_000:
        theirs.append(replace(theirs[-1], key=len(theirs), name=inventor.word()))
    began = time.process_time()
    found = pairs(ours, theirs, gazetteer=gazetteer())
    took = time.process_time() - began
    print(
        f"\n{len(ours):,} records against {len(theirs):,}: {len(found):,} pairs, {took:.1f} CPU s"
    )


if __name__ == "__main__":
    sys.exit(main())
