"""Pairs of invented firms of which it is known whether they are one, and how they are read.

    python -m benchmarks.linkage_judged

writes ``judged/linkage/invented.csv`` anew, always the same. ``judged/linkage/by_hand.csv`` holds
hard cases that were written and decided by hand.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from benchmarks import linkage_words as words
from benchmarks.linkage_invented import Inventor, Written
from benchmarks.linkage_writing import written
from ifn.linkage.records import Record

FOLDER = Path(__file__).parent / "judged" / "linkage"
FIELDS = ("name", "address", "city", "phone", "email", "nib")
SEED, SAME, OTHER = 77, 240, 200


def invented() -> Iterator[dict[str, object]]:
    """Yield pairs: one firm written twice, or a firm and somebody easily taken for it."""
    inventor = Inventor(SEED, mess=1.2, columns=words.ALL_COLUMNS)
    for number in range(SAME + OTHER):
        firm = inventor.firm()
        same = number < SAME
        left = written(firm, inventor)
        other = firm if same else inventor.neighbour(firm)
        right = written(other, inventor)
        if other.is_sister and "word left out" in left.cases:
            continue  # nobody could tell the two apart
        case = "; ".join(dict.fromkeys((*left.cases, *right.cases))) or "plain"
        yield {
            "case": case,
            "same": int(same),
            **{f"left_{field}": getattr(left, field) for field in FIELDS},
            **{f"right_{field}": getattr(right, field) for field in FIELDS},
        }


def judged_pairs() -> list[tuple[Record, Record, bool, str]]:
    """Return every judged pair of the repository with its case."""
    found = []
    for name in ("by_hand", "invented"):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=1):
                left, right = (
                    _record(f"{name} {number} {side}", {f: row[f"{side}_{f}"] for f in FIELDS})
                    for side in ("left", "right")
                )
                found.append((left, right, row["same"] == "1", row["case"]))
    return found


def _record(key: str, row: dict[str, str]) -> Record:
    return Record(
        key=key,
        name=row["name"],
        address=row["address"],
        city=row["city"],
        phones=(row["phone"],),
        emails=(row["email"],),
        nib=row["nib"],
    )


def as_record(one: Written, place: int) -> Record:
    """Return what linkage compares of an invented record."""
    return Record(
        key=place,
        name=one.name,
        address=one.address,
        city=one.city,
        phones=(one.phone,),
        emails=(one.email,),
        sites=(one.site,),
        nib=one.nib,
        instagram=(one.instagram,),
        region=one.region,
        postcode=one.postcode,
        extra=(("product", one.product),),
    )


def main() -> int:
    """Write the invented pairs."""
    rows = list(invented())
    with (FOLDER / "invented.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
