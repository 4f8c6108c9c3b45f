"""The supervisor, with small children in place of the server; and once the whole platform."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tools import serve

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = ["-c", "import time; time.sleep(60)"]
#: Ignores being asked to end, and has a child that does so too.
STUBBORN = [
    "-c",
    """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
print("ready", flush=True)
time.sleep(60)
""",
]


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def ends(group):
    """Say whether everything in the group is gone; who lost their parent are buried by another."""
    latest = time.monotonic() + 5
    while is_running(group) and time.monotonic() < latest:
        time.sleep(0.05)
    return not is_running(group)


def is_running(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_stopping_ends_children_and_their_children(monkeypatch):
    monkeypatch.setattr(serve, "STOP", 1.0)
    children = {"server": serve.start(SLEEPER), "worker": serve.start(STUBBORN)}
    time.sleep(0.3)

    serve.stop(children)

    assert all(child.returncode is not None for child in children.values())
    assert all(ends(child.pid) for child in children.values())


def test_when_one_child_ends_the_status_tells(monkeypatch, capsys):
    children = {
        "server": serve.start(SLEEPER),
        "worker": serve.start(["-c", "raise SystemExit(7)"]),
    }

    status = serve.attend(children, free_port())
    serve.stop(children)

    assert status == 7
    assert "The worker ended by itself (status 7)" in capsys.readouterr().err


def test_a_child_that_ends_well_is_a_failure_too():
    children = {"worker": serve.start(["-c", ""])}

    assert serve.attend(children, free_port()) == 1


def test_a_server_that_never_answers_is_given_up(monkeypatch, capsys):
    monkeypatch.setattr(serve, "START", 0.3)
    children = {"server": serve.start(SLEEPER)}

    status = serve.attend(children, free_port())
    serve.stop(children)

    assert status == 1
    assert "does not answer" in capsys.readouterr().err


def test_a_busy_port_is_refused_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SystemExit, match=f"Port {port} cannot be used .* IFN_PORT="):
            serve.refuse_a_busy_port(port)


@pytest.mark.parametrize("text", ["", "web", "0", "65536", "-1", "80.5"])
def test_a_port_has_to_be_one(monkeypatch, text):
    monkeypatch.setenv("IFN_PORT", text)

    with pytest.raises(SystemExit, match="IFN_PORT must be a port number"):
        serve.wanted_port()


class Platform:
    """``make run`` in a data directory of its own."""

    def __init__(self, var):
        self.port = free_port()
        self.var = var
        self.log = var.with_suffix(".log")
        environment = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith(("IFN_", "DATABASE_URL", "PYTEST", "DJANGO"))
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tools.serve"],
                cwd=ROOT,
                env=environment | {"IFN_PORT": str(self.port), "IFN_VAR": str(var)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def said(self):
        return self.log.read_text()

    def wait(self):
        latest = time.monotonic() + 120
        while "The platform is ready" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < latest, self.said()
            time.sleep(0.1)

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait(30)


@pytest.fixture
def platform(tmp_path):
    started = []

    def start():
        started.append(Platform(tmp_path / "var"))
        started[-1].wait()
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.end(signal.SIGTERM)


@pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="It brings its own database: one pass is enough."
)
def test_the_platform_starts_answers_keeps_its_data_and_stops_cleanly(platform):
    first = platform()
    with urlopen(f"http://127.0.0.1:{first.port}/sehat") as answer:
        assert answer.status == 200
    with urlopen(f"http://127.0.0.1:{first.port}/en/masuk") as answer:
        assert re.search(r"static/ui/css/ifn\.\w{12}\.css", answer.read().decode())
    assert first.end(signal.SIGINT) == 0
    assert "Traceback" not in first.said()
    assert "Stopping …" in first.said()
    database = first.var / "ifn.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update accounts_user set name = 'Kept'")
        people = connection.execute("select count(*) from accounts_user").fetchone()
        profiles = connection.execute("select count(*) from directory_business").fetchone()

    second = platform()

    assert second.end(signal.SIGTERM) == 0
    with closing(sqlite3.connect(database)) as connection:
        kept = connection.execute("select count(*) from accounts_user where name = 'Kept'")
        assert kept.fetchone() == people
        again = connection.execute("select count(*) from directory_business")
        assert again.fetchone() == profiles
    assert people > (0,)
    assert profiles > (100,)
    for told in (first.said(), second.said()):
        assert "administrator" in told
