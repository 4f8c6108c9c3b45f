"""Measure how well the search finds what people judged relevant, on any collection.

    python -m benchmarks.search_quality DOCUMENTS.jsonl QUERIES.jsonl JUDGEMENTS.tsv [--typos]

Documents are {"id", "title", "body", "language"}, queries {"id", "text"}, judgements lines of
``query<TAB>0<TAB>document<TAB>grade``. Printed for each database: nDCG@10 (gain 2^grade - 1),
recall@50 and milliseconds a query; beside them a plain exact BM25 with stemming, any word enough,
as the yardstick. ``--typos`` spoils every content word of each query by one random edit.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import log, log2
from pathlib import Path
from typing import Any

import django
from django.conf import settings

DEEP = 50
#: More documents than any collection has: every word may be missing, the score alone decides.
NO_WORD_REQUIRED = 10**9
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOCAL_POSTGRESQL = "postgresql://root@127.0.0.1:5432/postgres"
COLLECTION = "benchmark"
SHORTEST_SPOILT = 3

Search = Callable[[str], list[str]]
Judgements = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Judged:
    """A judged collection."""

    documents: list[dict[str, str]]
    queries: dict[str, str]
    judgements: Judgements


@dataclass(frozen=True)
class Figures:
    """What one way of searching reached."""

    ndcg: float
    recall: float
    p50: float
    p95: float


def read(documents: Path, queries: Path, judgements: Path) -> Judged:
    """Read a judged collection; queries without a relevant document are left out."""
    grades: Judgements = defaultdict(dict)
    for line in judgements.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t") if "\t" in line else line.split()
        if len(parts) == 4 and parts[3].lstrip("-").isdigit() and int(parts[3]) > 0:  # noqa: PLR2004
            grades[parts[0]][parts[2]] = int(parts[3])
    asked = {row["id"]: row["text"] for row in rows(queries)}
    return Judged(
        list(rows(documents)),
        {str(name): text for name, text in asked.items() if grades.get(str(name))},
        grades,
    )


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file that holds one per line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def spoilt(text: str, chance: random.Random) -> str:
    """Return a text with one random edit in every content word."""
    from ifn.textsearch.analysis import words_of  # noqa: PLC0415
    from ifn.textsearch.stopwords import ALL_STOP_WORDS  # noqa: PLC0415

    return " ".join(
        edited(word, chance)
        if word.isalpha() and len(word) >= SHORTEST_SPOILT and word not in ALL_STOP_WORDS
        else word
        for word in words_of(text)
    )


def edited(word: str, chance: random.Random) -> str:
    """Return a word with a letter put in, dropped, replaced, or swapped with the next."""
    at = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    swap = min(at, len(word) - 2)
    return chance.choice(
        [
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :],
        ]
    )


def measured(search: Search, judged: Judged, queries: dict[str, str]) -> Figures:
    """Ask every query and compare the answers with the judgements."""
    gains, recalls, times = [], [], []
    for name, text in queries.items():
        started = time.perf_counter()
        found = search(text)
        times.append(1000 * (time.perf_counter() - started))
        grades = judged.judgements[name]
        gains.append(ndcg(found, grades))
        recalls.append(len(set(found) & set(grades)) / len(grades))
    times.sort()
    return Figures(
        statistics.mean(gains),
        statistics.mean(recalls),
        statistics.median(times),
        times[int(0.95 * (len(times) - 1))],
    )


def ndcg(found: list[str], grades: dict[str, int], depth: int = 10) -> float:
    """Return the discounted gain of the first answers, as a share of the best possible."""
    gain: float = sum(
        (2 ** grades.get(document, 0) - 1) / log2(place + 2)
        for place, document in enumerate(found[:depth])
    )
    best = sorted(grades.values(), reverse=True)[:depth]
    most: float = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))
    return gain / most


class Reference:
    """Exact BM25 over stems, any word enough; k1 1.2, b 0.75, stop words dropped."""

    def __init__(self, documents: list[dict[str, str]]) -> None:
        languages = Counter(row.get("language") for row in documents)
        self.language = "id" if languages.most_common(1)[0][0] == "id" else "en"
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.names = [row["id"] for row in documents]
        self.lengths = []
        for place, row in enumerate(documents):
            stems = self.stems(f"{row.get('title', '')} {row.get('body', '')}")
            self.lengths.append(len(stems))
            for stem, times in Counter(stems).items():
                self.postings[stem].append((place, times))
        self.average = statistics.mean(self.lengths)

    def stems(self, text: str) -> list[str]:
        """Return the stems of a text's content words."""
        from ifn.textsearch.analysis import stem, words_of  # noqa: PLC0415
        from ifn.textsearch.stopwords import STOP_WORDS  # noqa: PLC0415

        stop = STOP_WORDS["id" if self.language == "id" else "en"]
        return [
            stem(word, "id" if self.language == "id" else "en")
            for word in words_of(text)
            if word not in stop
        ]

    def __call__(self, text: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for stem in self.stems(text):
            posting = self.postings.get(stem, [])
            rarity = log(1 + (len(self.names) - len(posting) + 0.5) / (len(posting) + 0.5))
            for place, times in posting:
                saturation = 1.2 * (0.25 + 0.75 * self.lengths[place] / self.average)
                scores[place] += rarity * times / (times + saturation)
        best = sorted(scores, key=lambda place: (-scores[place], place))[:DEEP]
        return [self.names[place] for place in best]


@contextmanager
def databases() -> Iterator[list[str]]:
    """Set Django up on a new SQLite file and, where one answers, a new PostgreSQL database."""
    from ifn.environment import database  # noqa: PLC0415

    address = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL") or ""
    server = database(address if address.startswith("postgres") else LOCAL_POSTGRESQL)
    scratch = f"ifn_quality_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        known: dict[str, Any] = {"default": database(f"sqlite:///{folder}/quality.sqlite3")}
        made = on_server(server, f'CREATE DATABASE "{scratch}"')
        if made:
            known["postgresql"] = {**server, "NAME": scratch}
        settings.configure(
            SECRET_KEY="benchmark",  # noqa: S106
            DATABASES=known,
            INSTALLED_APPS=["ifn.textsearch"],
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
        )
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connections  # noqa: PLC0415

        try:
            for alias in known:
                call_command("migrate", database=alias, verbosity=0)
            yield list(known)
        finally:
            connections.close_all()
            if made:
                on_server(server, f'DROP DATABASE "{scratch}"')


def on_server(server: dict[str, Any], statement: str) -> bool:
    """Run a statement on the PostgreSQL server; say whether the server answered."""
    import psycopg  # noqa: PLC0415

    try:
        with psycopg.connect(
            host=server["HOST"],
            port=server["PORT"] or None,
            user=server["USER"],
            password=server["PASSWORD"] or None,
            dbname=server["NAME"],
            autocommit=True,
            connect_timeout=3,
        ) as connection:
            connection.execute(statement)
    except psycopg.OperationalError:
        return False
    return True


def index(judged: Judged, alias: str) -> None:
    """Put the collection into one database and pack it."""
    from ifn.textsearch import actions  # noqa: PLC0415
    from ifn.textsearch.analysis import Field  # noqa: PLC0415
    from ifn.textsearch.entries import Entry  # noqa: PLC0415

    def entries() -> Iterator[Entry]:
        for key, row in enumerate(judged.documents):
            language: Any = {"id": "id", "en": "en"}.get(row.get("language", ""))
            yield Entry(
                key,
                (
                    Field(row.get("title") or "", language),
                    Field(row.get("body") or "", language),
                ),
            )

    actions.put(COLLECTION, entries(), using=alias)
    actions.compact(COLLECTION, using=alias)


def engine(judged: Judged, alias: str) -> Search:
    """Return a search through textsearch on one database."""
    from ifn.textsearch.asking import Query  # noqa: PLC0415
    from ifn.textsearch.queries import search  # noqa: PLC0415

    def ask(text: str) -> list[str]:
        result = search(COLLECTION, Query(text, limit=DEEP, enough=NO_WORD_REQUIRED), using=alias)
        return [judged.documents[key]["id"] for key in result.keys]  # a field

    return ask


def line(name: str, figures: Figures) -> str:
    """Return a row of the table."""
    return (
        f"{name:<22}{figures.ndcg:>9.4f}{figures.recall:>11.4f}"
        f"{figures.p50:>9.2f}{figures.p95:>9.2f}"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("judgements", type=Path)
    parser.add_argument("--typos", action="store_true", help="also with every content word spoilt")
    parser.add_argument("--seed", type=int, default=1, help="of the typos")
    given = parser.parse_args()
    judged = read(given.documents, given.queries, given.judgements)
    sets = {"": judged.queries}
    if given.typos:
        chance = random.Random(given.seed)  # noqa: S311  # not for secrets
        sets[" typos"] = {name: spoilt(text, chance) for name, text in judged.queries.items()}
    print(f"{len(judged.documents)} documents, {len(judged.queries)} judged queries")
    print(f"{'':<22}{'nDCG@10':>9}{'recall@50':>11}{'p50 ms':>9}{'p95 ms':>9}")
    reference = Reference(judged.documents)
    for suffix, queries in sets.items():
        print(line(f"BM25{suffix}", measured(reference, judged, queries)), flush=True)
    with databases() as aliases:
        for alias in aliases:
            index(judged, alias)
            search = engine(judged, alias)
            for suffix, queries in sets.items():
                name = "SQLite" if alias == "default" else "PostgreSQL"
                print(line(f"{name}{suffix}", measured(search, judged, queries)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
