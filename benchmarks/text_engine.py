"""Measure the search engine on generated profiles, beside each database's own full text search.

    python -m benchmarks.text_engine [--documents 100000]

Profiles have words of a Zipf distribution in two languages, ten facet groups with 350 values, and
five numbers. Every question counts all facet values and fetches the first 24 keys. The floor is
the cheapest thing a search could be: one row fetched by its key. What a database's own full text
search is asked for is less: the total and the first 24, no facets. Times are milliseconds; CPU is
that of this process alone, so PostgreSQL's own work shows in the other column only.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.search_quality import databases

if TYPE_CHECKING:
    from ifn.textsearch.asking import Query
    from ifn.textsearch.entries import Entry

COLLECTION = "engine"
GROUPS = {
    "role": 12, "product": 40, "material": 50, "process": 30, "construction": 20,
    "certificate": 20, "province": 38, "regency": 110, "market": 10, "size": 20,
}  # fmt: skip
#: Words put into a known share of all profiles.
PLANTED = {"langkah": 0.0002, "sepatu": 0.038, "karet": 0.05, "usaha": 0.38}
SYLLABLES = [a + b for a in "bcdghjklmnprstwy" for b in ("a", "e", "i", "o", "u", "an", "ar", "in")]
ROUNDS = 40


@dataclass(frozen=True)
class Profile:
    """A generated profile."""

    key: int
    name: str
    indonesian: str
    english: str
    facets: dict[str, list[str]]
    numbers: dict[str, float]
    quality: float


def made_words(count: int, chance: random.Random) -> list[str]:
    """Return different words made of syllables."""
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words)


def profiles(count: int) -> Iterator[Profile]:
    """Yield profiles, the same ones every time."""
    chance = random.Random(11)  # noqa: S311  # not for secrets
    numbers = np.random.default_rng(11)
    words = {language: made_words(30_000, chance) for language in ("id", "en", "name")}
    ranks = np.minimum(numbers.zipf(1.15, size=(count, 60)), 30_000) - 1
    for key in range(count):
        own = ranks[key].tolist()
        planted = [word for word, share in PLANTED.items() if chance.random() < share]
        yield Profile(
            key,
            " ".join(chance.choices(words["name"], k=chance.randint(2, 4))),
            " ".join([words["id"][rank] for rank in own[:30]] + planted),
            " ".join(words["en"][rank] for rank in own[30:]),
            {
                group: [f"{group}{chance.randrange(size)}" for _ in range(chance.randint(1, 3))]
                for group, size in GROUPS.items()
            },
            {
                "capacity": float(chance.randrange(100, 100_000)),
                "minimum": float(chance.randrange(1, 5000)),
                "fresh": float(chance.randrange(20_000)),
                "latitude": chance.uniform(-10, 5),
                "longitude": chance.uniform(95, 141),
            },
            chance.random(),
        )


def entries(count: int) -> Iterator["Entry"]:
    """Yield profiles as entries."""
    from ifn.textsearch.analysis import Field  # noqa: PLC0415
    from ifn.textsearch.entries import Entry  # noqa: PLC0415

    for profile in profiles(count):
        yield Entry(
            profile.key,
            (
                Field(profile.name, weight=3, is_name=True),
                Field(profile.indonesian, "id"),
                Field(profile.english, "en"),
            ),
            profile.facets,
            profile.numbers,
            profile.quality,
        )


def questions() -> dict[str, "Query"]:
    """Return what is asked, by name."""
    from ifn.textsearch.asking import BY_DISTANCE, Near, Query, Sort  # noqa: PLC0415

    counts = tuple(GROUPS)
    two = {"role": frozenset({"role1"}), "product": frozenset({"product3", "product7"})}
    return {
        "rare word": Query("langkah", counts=counts),
        "mid word": Query("sepatu", counts=counts),
        "two words, both": Query("sepatu karet", counts=counts),
        "word in 38 %": Query("usaha", counts=counts),
        "misspelt word": Query("sepatuu", counts=counts),
        "word and 2 facets": Query("usaha", facets=two, counts=counts),
        "2 facets": Query(facets=two, counts=counts),
        "no question": Query(counts=counts),
        "deep page": Query(counts=counts, offset=90_000),
        "38 %, deep page": Query("usaha", counts=counts, offset=30_000),
        "sorted by number": Query(counts=counts, sort=Sort("capacity", descending=True)),
        "nearest in 100 km": Query(near=Near(-7.4, 112.7, 100), sort=BY_DISTANCE, counts=counts),
    }


def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Return median, 95th percentile and median CPU in milliseconds, after one round to warm up."""
    work()
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    walls.sort()
    return statistics.median(walls), walls[int(0.95 * (rounds - 1))], statistics.median(cpus)


def report(name: str, work: Callable[[], Any], rounds: int = ROUNDS) -> None:
    """Print a row of the table."""
    median, high, cpu = timed(work, rounds)
    print(f"  {name:<28}{median:>9.2f}{high:>9.2f}{cpu:>9.2f}", flush=True)


def memory_mb() -> float:
    """Return the memory that this process holds."""
    with open("/proc/self/statm", encoding="ascii") as counts:  # noqa: PTH123
        return int(counts.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def build(count: int, alias: str) -> None:
    """Fill one database and say what it took."""
    from ifn.textsearch import actions  # noqa: PLC0415

    started = time.perf_counter()
    actions.put(COLLECTION, entries(count), using=alias)
    put = time.perf_counter() - started
    actions.compact(COLLECTION, using=alias)
    packed = time.perf_counter() - started - put
    print(f"  put {put:.1f} s, compact {packed:.1f} s, index {index_mb(alias):.0f} MB")


def index_mb(alias: str) -> float:
    """Return the size of the index in the database."""
    from django.db import connections  # noqa: PLC0415

    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
                "WHERE relkind = 'r' AND relname LIKE 'textsearch_%%'"
            )
        return float(cursor.fetchone()[0]) / 1e6


def ask(alias: str) -> None:
    """Print what each question takes."""
    from django.db import connections  # noqa: PLC0415

    from ifn.textsearch import actions, queries  # noqa: PLC0415

    def floor() -> None:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT length FROM textsearch_document WHERE id = %s", [77])
            cursor.fetchone()

    before = memory_mb()
    started = time.perf_counter()
    asked = questions()
    queries.search(COLLECTION, asked["two words, both"], using=alias)
    print(f"  first question {1000 * (time.perf_counter() - started):.0f} ms")
    print(f"  {'':<28}{'median':>9}{'p95':>9}{'CPU':>9}")
    report("floor: one row by its key", floor)
    for name, query in asked.items():
        report(name, partial(queries.search, COLLECTION, query, using=alias))
    report("complete 2 letters", lambda: queries.complete(COLLECTION, "se", using=alias))
    report("complete a name", lambda: queries.complete(COLLECTION, "ba ka", using=alias))
    one = next(entries(1))
    report("put one document", lambda: actions.put(COLLECTION, [one], using=alias))
    after = asked["mid word"]

    def put_and_search() -> None:
        actions.put(COLLECTION, [one], using=alias)
        queries.search(COLLECTION, after, using=alias)

    report("put one, search mid word", put_and_search)
    print(f"  memory of the process grew by {memory_mb() - before:.0f} MB")


def fill_own(count: int, alias: str) -> None:
    """Give the same text to the database's own full text search."""
    from django.db import connections, transaction  # noqa: PLC0415

    sqlite = connections[alias].vendor == "sqlite"
    rows = ((p.key, f"{p.name} {p.indonesian} {p.english}") for p in profiles(count))
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        if sqlite:
            cursor.execute("CREATE VIRTUAL TABLE own USING fts5(body)")
            cursor.executemany("INSERT INTO own (rowid, body) VALUES (%s, %s)", list(rows))
        else:
            cursor.execute("CREATE TABLE own (id bigint PRIMARY KEY, found tsvector)")
            with cursor.copy("COPY own (id, found) FROM STDIN") as lines:
                for key, body in rows:
                    words = {word.lower() for word in body.split()}
                    lines.write_row((key, " ".join(sorted(words))))
            cursor.execute("CREATE INDEX own_found ON own USING gin (found)")
    if not sqlite:
        with connections[alias].cursor() as cursor:
            cursor.execute("ANALYZE own")


def ask_own(alias: str) -> None:
    """Print what the database's own full text search takes for the total and the first 24."""
    from django.db import connections  # noqa: PLC0415

    if connections[alias].vendor == "sqlite":
        name = "FTS5 bm25"
        statements = [
            "SELECT count(*) FROM own WHERE own MATCH %s",
            "SELECT rowid FROM own WHERE own MATCH %s ORDER BY bm25(own) LIMIT 24",
        ]
    else:
        name = "tsvector ts_rank"
        wanted = "to_tsquery('simple', %s)"
        statements = [
            f"SELECT count(*) FROM own WHERE found @@ {wanted}",  # noqa: S608
            (
                f"SELECT id FROM own WHERE found @@ {wanted} ORDER BY ts_rank(found, {wanted}) "  # noqa: S608
                "DESC LIMIT 24"
            ),
        ]

    def run(text: str) -> None:
        with connections[alias].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, [text] * statement.count("%s"))
                cursor.fetchall()

    both = "sepatu karet" if name.startswith("FTS5") else "sepatu & karet"
    for label, text in {"mid word": "sepatu", "two words, both": both, "38 %": "usaha"}.items():
        report(f"{name}: {label}", partial(run, text), 15)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    count = parser.parse_args().documents
    with databases() as aliases:
        for alias in aliases:
            print(f"{'SQLite' if alias == 'default' else 'PostgreSQL'}, {count} documents")
            build(count, alias)
            ask(alias)
            fill_own(count, alias)
            ask_own(alias)
    return 0


if __name__ == "__main__":
    sys.exit(main())
