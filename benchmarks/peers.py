"""``make bench-peers``: the same profiles in Datasette, side by side with our pages, in one run.

Datasette is what one would put in front of such a table without us. It gets the same rows in SQLite
with a full-text index and indexes on what it is asked to count, in an environment of its own
(``var/bench/datasette``). Both are asked over a socket of this machine, one after the other, with a
trivial page of each as its floor.
"""

import argparse
import contextlib
import http.client
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.building import KEPT, ROOT, Built, built
from benchmarks.serving import running

DATASETTE = "datasette>=0.65,<1"
ROUNDS = 7
WORDS = ("sepatu", "klebut", "sandal kulit", "sneakers", "sol karet", "goodyear")
FACETS = ("province", "role", "product")


def main() -> int:
    """Ask both the same and print both; return 1 when Datasette is faster anywhere."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--businesses", type=int, default=100_000)
    wanted = parser.parse_args()
    made = built("sqlite", wanted.businesses, "")
    table = copied(made)
    slug, number, key = sample(made)
    facets = "&".join(f"_facet={name}" for name in FACETS)
    questions = {
        "word + facets": (
            [f"/direktori?q={quote_plus(word)}" for word in WORDS],
            [f"/profiles/business?_search={quote_plus(word)}&{facets}&_size=24" for word in WORDS],
        ),
        "browse + facets": (["/direktori"], [f"/profiles/business?{facets}&_size=24"]),
        "list": (["/direktori?hal=3"], ["/profiles/business?_size=24&_nocount=1&_nofacet=1"]),
        "record": ([f"/usaha/{slug}-{number}"], [f"/profiles/business/{key}"]),
    }
    with running(made) as (our_port, _pid), datasette(table) as their_port:
        ours_bare, theirs_bare = (
            taken(our_port, "/floor/bare"),
            taken(their_port, "/-/versions.json"),
        )
        print(f"\nOver a socket, {wanted.businesses:,} profiles, median of {ROUNDS} rounds, ms\n")
        print("| question | IFN | x bare view | Datasette | x bare view | Datasette / IFN |")
        print("|---|---:|---:|---:|---:|---:|")
        slower = [
            name
            for name, (ours, theirs) in questions.items()
            if not compare(
                name,
                [taken(our_port, one) for one in ours],
                [taken(their_port, one) for one in theirs],
                ours_bare,
            )
        ]
        print(
            f"\nFloors: our bare view {ours_bare:.2f} ms, Datasette's versions {theirs_bare:.2f} ms"
        )
    print("Slower than Datasette: " + ", ".join(slower) if slower else "Faster on each.")
    return 1 if slower else 0


def compare(name: str, ours: list[float], theirs: list[float], bare: float) -> bool:
    """Print one line and say whether ours is the faster."""
    our, their = statistics.median(ours), statistics.median(theirs)
    print(
        f"| {name} | {our:.1f} | {our / bare:.0f} | {their:.1f} | {their / bare:.0f}"
        f" | {their / our:.1f} |"
    )
    return our < their


def taken(port: int, address: str) -> float:
    """Return the median time of a page in milliseconds, after one request that is not counted."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for _round in range(ROUNDS + 1):
        started = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - started) * 1000)
        if response.status != http.client.OK:
            raise SystemExit(f"{address} on port {port} answered {response.status}.")
    connection.close()
    return statistics.median(times[1:])


def sample(made: Built) -> tuple[str, str, int]:
    """Return slug, number and key of a profile in the middle of the table."""
    with sqlite3.connect(made.url.removeprefix("sqlite:///")) as connection:
        row: tuple[str, str, int] = connection.execute(
            "SELECT slug, number, id FROM directory_business ORDER BY id LIMIT 1 OFFSET ?",
            (made.businesses // 2,),
        ).fetchone()
    return row


def copied(made: Built) -> Path:
    """Return a database with the profiles as one flat table, indexed as Datasette likes it."""
    target = KEPT / f"datasette-{made.businesses}.db"
    if target.exists():
        return target
    unfinished = target.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    source = made.url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("ATTACH ? AS source", (source,))
        connection.executescript(FLAT)
        connection.commit()
        connection.execute("VACUUM")
    unfinished.rename(target)
    return target


#: The same facts as on our cards, with the first role and product as plain words.
FLAT = """
CREATE TABLE business AS
SELECT b.id, b.number, b.name, b.summary_id, b.summary_en, b.story_id, b.story_en, b.address,
       substr(b.region_id, 1, 2) AS province, r.name AS regency,
       (SELECT t.name_id FROM source.directory_capability c
          JOIN source.vocabulary_term t ON t.id = c.term_id
         WHERE c.business_id = b.id AND t.vocabulary = 'value_chain_role' LIMIT 1) AS role,
       (SELECT t.name_id FROM source.directory_capability c
          JOIN source.vocabulary_term t ON t.id = c.term_id
         WHERE c.business_id = b.id AND t.vocabulary = 'product_type' LIMIT 1) AS product,
       (SELECT group_concat(t.name_id || ' ' || t.name_en, ' ') FROM source.directory_capability c
          JOIN source.vocabulary_term t ON t.id = c.term_id
         WHERE c.business_id = b.id) AS words,
       b.minimum_order, b.monthly_capacity
  FROM source.directory_business b LEFT JOIN source.regions_region r ON r.code = b.region_id;
CREATE UNIQUE INDEX business_id ON business (id);
CREATE INDEX business_province ON business (province);
CREATE INDEX business_role ON business (role);
CREATE INDEX business_product ON business (product);
CREATE VIRTUAL TABLE business_fts USING fts5 (
    name, summary_id, summary_en, story_id, story_en, address, regency, words,
    content='business', content_rowid='id'
);
INSERT INTO business_fts (rowid, name, summary_id, summary_en, story_id, story_en, address,
                          regency, words)
SELECT id, name, summary_id, summary_en, story_id, story_en, address, regency, words FROM business;
"""


@contextlib.contextmanager
def datasette(table: Path) -> Iterator[int]:
    """Run Datasette on a free port of this machine."""
    place = KEPT / "datasette"
    command = place / "bin" / "datasette"
    if not command.exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin" / "pip", "install", "-q", DATASETTE], check=True, cwd=ROOT)
    metadata = KEPT / "datasette.json"
    tables = {"business": {"fts_table": "business_fts", "fts_pk": "id"}}
    metadata.write_text(json.dumps({"databases": {"profiles": {"tables": tables}}}))
    link = KEPT / "profiles.db"
    link.unlink(missing_ok=True)
    os.link(table, link)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--metadata", str(metadata), "--setting", "sql_time_limit_ms", "60000"]
    options += ["--setting", "facet_time_limit_ms", "60000", "--setting", "default_cache_ttl", "0"]
    with subprocess.Popen(
        [
            str(command),
            "serve",
            "-i",
            str(link),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            *options,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/-/versions.json")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise TimeoutError("Datasette did not start.")


if __name__ == "__main__":
    sys.exit(main())
