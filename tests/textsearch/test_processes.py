"""Several processes on one database, one of them killed in the middle of its work."""

import subprocess
import sys

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(tmp_path):
    """Return a database that other processes reach: SQLite's test database is in memory."""
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        return f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    found = f"sqlite:///{tmp_path}/shared.sqlite3"
    assert run(found, "migrate") == ""
    return found


def start(address, *work):
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "tests.textsearch.process", address, *map(str, work)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(address, *work):
    return finished(start(address, *work))


def finished(process):
    answer, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return answer.strip()


def test_two_writers_at_once_lose_nothing(address):
    writers = [start(address, "put_many", first) for first in (0, 1000)]
    for writer in writers:
        finished(writer)

    assert run(address, "ask") == "80 0"


def test_compaction_killed_in_the_middle_leaves_nothing_wrong(address):
    run(address, "put_many", 0)
    killed = start(address, "pack_slowly")
    assert killed.stdout.readline() == "writing\n"
    killed.kill()
    killed.communicate()

    assert run(address, "ask") == "40 1"
    assert run(address, "pack") == "True"
    assert run(address, "ask") == "40 1"


def test_of_two_compactions_at_once_one_counts(address):
    run(address, "put_many", 0)
    slow = start(address, "pack_slowly")
    assert slow.stdout.readline() == "writing\n"

    assert run(address, "pack") == "True"
    slow.communicate("\n" * 50, timeout=60)

    assert slow.returncode == 0
    assert run(address, "ask") == "40 1"
