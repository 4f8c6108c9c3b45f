"""Databases to measure: built once per size and kind, kept under ``var/bench`` or on PostgreSQL."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench"


@dataclass(frozen=True, slots=True)
class Built:
    """A database with so many businesses, and what it took to build it."""

    kind: str
    businesses: int
    url: str
    seconds: float
    database_mb: float
    index_mb: float

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment in which the platform uses this database."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "IFN_VAR": str(KEPT),
            "DJANGO_SETTINGS_MODULE": "ifn.settings",
        }


def built(kind: str, businesses: int, server: str) -> Built:
    """Return a database of this kind and size, building it when it is not there."""
    KEPT.mkdir(parents=True, exist_ok=True)
    note = KEPT / f"{kind}-{businesses}.json"
    if note.exists():
        return Built(**json.loads(note.read_text()))
    url = _emptied(kind, businesses, server)
    made = Built(kind, businesses, url, 0.0, 0.0, 0.0)
    for command in (["migrate", "-v0"], ["reference"], ["figures"]):
        _manage(made, command)
    _manage(made, ["collectstatic", "--noinput", "-v0"])
    started = time.monotonic()
    _manage(made, ["demo", "--businesses", str(businesses)])
    seconds = time.monotonic() - started
    database, index = _sizes(made)
    made = Built(kind, businesses, url, round(seconds, 1), database, index)
    note.write_text(json.dumps({name: getattr(made, name) for name in made.__slots__}))
    return made


def _manage(made: Built, command: list[str]) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        check=True,
        env=made.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def _emptied(kind: str, businesses: int, server: str) -> str:
    if kind == "sqlite":
        file = KEPT / f"{businesses}.sqlite3"
        for suffix in (".sqlite3", ".sqlite3-wal", ".sqlite3-shm"):
            file.with_suffix(suffix).unlink(missing_ok=True)
        return f"sqlite:///{file}"
    name = f"ifn_bench_{businesses}"
    with psycopg.connect(server, autocommit=True) as connection:
        named = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(named))
    return f"{server.rsplit('/', 1)[0]}/{name}"


def _sizes(made: Built) -> tuple[float, float]:
    """Return the size of the database and of the search index in it, in MB."""
    if made.kind == "sqlite":
        import sqlite3  # noqa: PLC0415  # needed for this kind only

        with sqlite3.connect(made.url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            whole = connection.execute(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            ).fetchone()[0]
            index = connection.execute(
                "SELECT (SELECT coalesce(sum(length(content)), 0) FROM textsearch_document)"
                " + (SELECT coalesce(sum(length(body)), 0) FROM textsearch_posting)"
            ).fetchone()[0]
    else:
        with psycopg.connect(made.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            row = connection.execute(
                "SELECT pg_database_size(current_database()),"
                " pg_total_relation_size('textsearch_document')"
                " + pg_total_relation_size('textsearch_posting')"
            ).fetchone()
            whole, index = row or (0, 0)
    return round(whole / 1e6, 1), round(index / 1e6, 1)
