"""A scratch database, a launcher of workers on it, and eyes on what they do."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = "tests.jobs.probe.settings"


def environment(database, var, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IFN_")}
    mine = {"DATABASE_URL": database, "IFN_VAR": str(var), "DJANGO_SETTINGS_MODULE": SETTINGS}
    return kept | mine | more


class Bench:
    """Workers on a database of their own."""

    def __init__(self, address, var, connect, **more):
        self.address, self.var, self.connect = address, var, connect
        self.environment = environment(address, var, **more)
        self.log = var / "log"
        self.running = set()
        with self.log.open("w") as log:
            self.launcher = subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.probe.launcher"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def _tell(self, line):
        self.launcher.stdin.write(f"{line}\n")
        self.launcher.stdin.flush()
        return int(self.launcher.stdout.readline())

    def worker(self, *options):
        pid = self._tell(" ".join(["worker", *options]))
        self.running.add(pid)
        return pid

    def end_of(self, pid):
        """Wait until a process has ended; return its exit status, negative for a signal."""
        self.running.discard(pid)
        return self._tell(f"wait {pid}")

    def call(self, function, *arguments, module="tests.jobs.probe.filling"):
        pid = self._tell(" ".join(["call", module, function, *arguments]))
        assert self.end_of(pid) == 0, self.log.read_text()

    def two_working(self):
        """Start two workers and return when both look for work."""
        before = self.log.read_text().count("worker started")
        pids = [self.worker(), self.worker()]
        self.wait_until(lambda: self.log.read_text().count("worker started") == before + 2)
        return pids

    def kill(self, pid, number=signal.SIGKILL):
        os.kill(pid, number)
        return self.end_of(pid)

    def pause(self, pid):
        """Stop a process for a while, at a moment at which it does not keep SQLite to itself."""
        for _attempt in range(100):
            os.kill(pid, signal.SIGSTOP)
            if self._may_write():
                return
            os.kill(pid, signal.SIGCONT)
            time.sleep(0.05)
        raise AssertionError("the process writes all the time")

    def _may_write(self):
        if connection.vendor != "sqlite":
            return True
        with closing(self.connect()) as own:
            own.execute("PRAGMA busy_timeout = 300")
            try:
                own.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            own.rollback()
            return True

    def stop_all(self):
        for pid in list(self.running):
            os.kill(pid, signal.SIGCONT)
            self.kill(pid)

    def query(self, sql):
        with closing(self.connect()) as own, closing(own.cursor()) as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
            own.commit()
            return rows

    def clear(self):
        self.stop_all()
        for table in ("jobs_job", "jobs_worker", "mail_message", "probe_effect"):
            self.query(f"DELETE FROM {table}")  # noqa: S608

    def effects(self):
        return sorted(name for (name,) in self.query("SELECT name FROM probe_effect"))

    def effects_but_ticks(self):
        return [name for name in self.effects() if name != "tick"]

    def wait_until(self, what, longest=20.0):
        end = time.monotonic() + longest
        while not (found := what()):
            assert time.monotonic() < end, self.log.read_text()[-5_000:]
            time.sleep(0.02)
        return found

    def unfinished(self):
        return self.query(
            "SELECT id FROM jobs_job WHERE state NOT IN ('done', 'failed') AND tick IS NULL"
        )

    def close(self):
        self.stop_all()
        self.launcher.stdin.close()
        self.launcher.wait(10)
        self.launcher.stdout.close()


@contextmanager
def scratch_sqlite(var):
    path = var / "probe.sqlite3"
    yield f"sqlite:///{path}", lambda: sqlite3.connect(path, timeout=20)


@contextmanager
def scratch_postgresql(name):
    known = connection.get_connection_params()
    server = {key: known[key] for key in ("host", "port", "user", "password") if known.get(key)}

    def on_server(statement):
        with psycopg.connect(dbname="postgres", autocommit=True, **server) as maintenance:
            maintenance.execute(statement)

    on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    on_server(f'CREATE DATABASE "{name}"')
    try:
        address = f"postgresql:///{name}?{urlencode(server)}"
        yield address, lambda: psycopg.connect(dbname=name, **server)
    finally:
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def bench_in(var, *, vendor, name, **more):
    scratch = scratch_sqlite(var) if vendor == "sqlite" else scratch_postgresql(name)
    with scratch as (address, connect):
        bench = Bench(address, var, connect, **more)
        try:
            bench.call("create_tables")
            yield bench
        finally:
            bench.close()
