"""Write queries.jsonl and judgements.tsv anew: ``python -m benchmarks.judged``."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.judged.queries import queries
from benchmarks.judged.spec import judgements
from ifn.demo.network import network

HERE: Final = Path(__file__).parent
QUERIES: Final = HERE / "queries.jsonl"
JUDGEMENTS: Final = HERE / "judgements.tsv"
#: Facts that queries are judged by do not depend on the day.
ANY_DAY: Final = date(2026, 1, 1)


def queries_text() -> str:
    """Return the file of queries."""
    return "".join(
        json.dumps(
            {"id": one.id, "text": one.text, "language": one.language, "kind": one.kind},
            ensure_ascii=False,
        )
        + "\n"
        for one in queries()
    )


def judgements_text() -> str:
    """Return the file of judgements: query, 0, demo slug, grade."""
    rows = judgements(queries(), network(today=ANY_DAY))
    return "".join(f"{query}\t0\t{slug}\t{grade}\n" for query, slug, grade in rows)


if __name__ == "__main__":
    QUERIES.write_text(queries_text(), encoding="utf-8")
    JUDGEMENTS.write_text(judgements_text(), encoding="utf-8")
    print(f"{QUERIES.name} and {JUDGEMENTS.name} written")
