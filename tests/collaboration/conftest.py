"""What tests of things that happen at the same moment share."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, connections

from tests.factories.vocabulary import load_vocabulary


@pytest.fixture
def together(tmp_path):
    """Return a function that does things at once and hands back what came of each.

    Threads cannot share SQLite's test database in memory, so they get a copy of it in a file.
    """
    settings = connections.settings["default"]
    name = settings["NAME"]

    def answer_of(act, start):
        try:
            start.wait(60)
            return act()
        except Exception as fault:  # noqa: BLE001  # what came of it
            return fault
        finally:
            connection.close()

    def done(*acts):
        start = threading.Barrier(len(acts))
        with ThreadPoolExecutor(len(acts)) as pool:
            return [one.result(120) for one in [pool.submit(answer_of, act, start) for act in acts]]

    load_vocabulary()
    if connection.vendor != "sqlite":
        return done

    def on_a_copy(*acts):
        path = tmp_path / "copy.sqlite3"
        if not path.exists():
            connection.cursor().execute("VACUUM INTO %s", [str(path)])
            with closing(sqlite3.connect(path)) as copy:  # as every database in use is
                copy.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(path)
        try:
            return done(*acts)
        finally:
            settings["NAME"] = name

    return on_a_copy


def faults(answers):
    return [one for one in answers if isinstance(one, Exception)]
