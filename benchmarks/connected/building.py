"""Databases with opportunities, enquiries and notices on top of a directory; built once, kept."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.building import KEPT, ROOT, Built, built

#: How much there is for 100,000 businesses; half of the opportunities are open.
OPPORTUNITIES, ENQUIRIES, MEMBERS, NOTICES, FOLLOWS = 20_000, 50_000, 5_000, 100_000, 2_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A database, how long it took to fill, and what its first night took."""

    database: Built
    seconds: float
    night: dict[str, Any]


def filled(kind: str, businesses: int, server: str, *, with_night: bool = True) -> Filled:
    """Return a filled database of this kind and size, building it when it is not there.

    What runs by night is measured on the first one, when nothing was matched or asked about yet.
    Without that nobody fits anything, and pages that show who fits are left out.
    """
    base = built(kind, businesses, server)
    note = KEPT / f"connected-{kind}-{businesses}.json"
    database = _beside(base)
    if note.exists():
        return Filled(database, **json.loads(note.read_text()))
    _copied(base, database)
    started = time.monotonic()
    share = str(businesses / 100_000)
    in_process(database, "benchmarks.connected.filling", share)
    settled(database)
    seconds = round(time.monotonic() - started, 1)
    night = json.loads(in_process(database, "benchmarks.connected.nightly")) if with_night else {}
    settled(database)
    if with_night:
        note.write_text(json.dumps({"seconds": seconds, "night": night}))
    return Filled(database, seconds, night)


def in_process(database: Built, module: str, *arguments: str) -> str:
    """Run a module in a process of its own against a database and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        check=True,
        env=database.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _beside(base: Built) -> Built:
    if base.kind == "sqlite":
        url = base.url.replace(".sqlite3", "-connected.sqlite3")
    else:
        url = f"{base.url}_connected"
    return Built(base.kind, base.businesses, url, base.seconds, base.database_mb, base.index_mb)


def _copied(base: Built, database: Built) -> None:
    if base.kind == "sqlite":
        target = database.url.removeprefix("sqlite:///")
        for suffix in ("", "-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(base.url.removeprefix("sqlite:///"), target)
        return
    server, _slash, name = base.url.rpartition("/")
    old, new = sql.Identifier(name), sql.Identifier(database.url.rpartition("/")[2])
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, old))


def settled(database: Built) -> None:
    """Give the planner its statistics, which PostgreSQL gathers itself and SQLite by night."""
    if database.kind == "postgresql":
        with psycopg.connect(database.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    else:
        with sqlite3.connect(database.url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA analysis_limit = 1000")
            connection.execute("ANALYZE")
