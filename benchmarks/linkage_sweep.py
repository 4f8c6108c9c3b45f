"""How long ``ifn.linkage`` takes to find a long list in a large directory, and what it misses.

    python -m benchmarks.linkage_sweep [--asked 10000] [--everyone 100000] [--index]

The directory is read from a file, as a program reads a database, so that what grows is what
``sweep`` holds. The floor: read and prepare everyone, look for equal names. ``--index`` asks
an index of everyone the same; its recall is what no way of sweeping is expected to exceed. Each way
has a process of its own.
"""

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.linkage_invented import Inventor
from benchmarks.linkage_writing import written
from ifn.linkage.index import NEAREST, Index
from ifn.linkage.records import Record, prepare
from ifn.linkage.sweep import sweep
from tools.serve import ONE_THREAD

FIELDS = ("name", "address", "city", "region", "phone")
#: Such a share of the directory is easily taken for another firm in it. Every second of those
#: asked about is in the directory.
NEAR = 0.2


def main() -> int:
    """Invent, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--asked", type=int, default=10_000)
    parser.add_argument("--everyone", type=int, default=100_000)
    parser.add_argument("--index", action="store_true", help="ask an index of everyone too")
    given = parser.parse_args()
    os.environ |= ONE_THREAD
    ways = ["equal names", "sweep", *(["index"] if given.index else [])]
    with tempfile.TemporaryDirectory() as folder:
        alone = get_context("spawn")
        with alone.Pool(1) as pool:
            same = pool.apply(invent, (Path(folder), given.asked, given.everyone))
        best = {}
        for way in ways:
            with alone.Pool(1) as pool:
                figures, best[way] = pool.apply(measured, (Path(folder), way))
            print(f"{way}: {json.dumps(figures)}; {recall(best[way], same)}")
        if given.index:
            equal = sum(best["sweep"][row][:1] == found[:1] for row, found in best["index"].items())
            print(f"the same best candidate for {equal} of {len(best['index'])}")
    return 0


def invent(folder: Path, asked: int, everyone: int) -> dict[int, int]:
    """Write both lists; return which row is which record of the directory."""
    inventor = Inventor(9005, columns=frozenset({"phone", "region"}))
    same: dict[int, int] = {}
    with (
        (folder / "asked.csv").open("w", encoding="utf-8", newline="") as ours,
        (folder / "everyone.csv").open("w", encoding="utf-8", newline="") as theirs,
    ):
        rows, records = csv.writer(ours), csv.writer(theirs)
        firm = inventor.firm()
        for number in range(everyone):
            alone = inventor.chance.random() >= NEAR
            firm = inventor.firm() if alone else inventor.neighbour(firm)
            records.writerow(line(number, written(firm, inventor)))
            if number * asked >= 2 * len(same) * everyone:
                same[2 * len(same)] = number
                rows.writerow(line(2 * len(same) - 2, written(firm, inventor)))
                rows.writerow(line(2 * len(same) - 1, written(inventor.firm(), inventor)))
    return same


def line(number: int, one: Any) -> list[str]:
    """Return a record as a line of a file."""
    return [str(number), *(getattr(one, field) for field in FIELDS)]


def measured(folder: Path, way: str) -> tuple[dict[str, float], dict[int, list[int]]]:
    """Find candidates one way; return what it took, and the keys for each row."""
    ours = [replace(one, key=("row", one.key)) for one in read(folder / "asked.csv")]
    Path("/proc/self/clear_refs").write_text("5")  # what was held at the most before is forgotten
    before, began = held("VmRSS"), time.process_time()
    everyone = read(folder / "everyone.csv")
    if way == "equal names":
        found = equal_names(ours, everyone)
    elif way == "sweep":
        found = {key: keys(those) for key, those in sweep(ours, everyone, fetch=Directory(folder))}
    else:
        index = Index(everyone)
        found = {one.key: keys(index.candidates(one)) for one in ours}
    figures = {
        "asked": len(ours),
        "CPU s": round(time.process_time() - began, 1),
        "MB more at the most": round(held("VmHWM") - before, 1),
    }
    return figures, {key[1]: those for key, those in found.items()}  # type: ignore[index]


def equal_names(ours: Sequence[Record], everyone: Iterable[Record]) -> dict[Hashable, list[int]]:
    """Return who has the same name: the least that finding costs, and the least it finds."""
    named: defaultdict[str, list[int]] = defaultdict(list)
    for one in everyone:
        named[prepare(one).name.key].append(int(str(one.key)))
    return {one.key: named.get(prepare(one).name.key, [])[:NEAREST] for one in ours}


def keys(candidates: Iterable[Any]) -> list[int]:
    """Return the keys of candidates."""
    return [one.key for one in candidates]


class Directory:
    """Reads records again by their keys, where they stand in the file."""

    def __init__(self, folder: Path) -> None:
        self.file = (folder / "everyone.csv").open("rb")
        self.places = [0]
        for one in self.file:
            self.places.append(self.places[-1] + len(one))

    def __call__(self, wanted: Sequence[Hashable]) -> Iterator[Record]:
        """Return some of everyone."""
        for key in wanted:
            self.file.seek(self.places[int(str(key))])
            yield from records([self.file.readline().decode()])


def read(path: Path) -> Iterator[Record]:
    """Yield the records of a file, one after the other."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from records(file)


def records(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the records that stand in lines."""
    for key, name, address, city, region, phone in csv.reader(lines):
        yield Record(int(key), name, address=address, city=city, region=region, phones=(phone,))


def recall(found: dict[int, list[int]], same: dict[int, int]) -> str:
    """Say how many true pairs are among the candidates, and how many come first."""
    among = sum(key in found[row] for row, key in same.items())
    first = sum(found[row][:1] == [key] for row, key in same.items())
    return f"of {len(same)} true pairs {among / len(same):.4f} found, {first / len(same):.4f} first"


def held(kind: str) -> float:
    """Return the memory this process holds, or held at the most, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(kind))


if __name__ == "__main__":
    sys.exit(main())
