"""The real server over a socket of this machine: requests a second and memory."""

import contextlib
import http.client
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.building import ROOT, Built
from benchmarks.words import SEED, WORDS
from tools.serve import FEW_ARENAS

SECONDS, CLIENTS = 4.0, 4


@dataclass(frozen=True, slots=True)
class Served:
    """Requests a second by kind of page, and the largest server process."""

    bare: float
    empty: float
    search: float
    worker_mb: float


def served(made: Built) -> Served:
    """Start the server with one process, ask it for some seconds, and stop it."""
    chooser = Random(SEED)  # noqa: S311  # repeatable, not secret
    words = [f"/direktori?q={word.replace(' ', '+')}" for word in WORDS]
    with running(made) as (port, pid):
        return Served(
            bare=rate(port, ["/floor/bare"]),
            empty=rate(port, ["/floor/empty"]),
            search=rate(port, chooser.sample(words, len(words))),
            worker_mb=largest_child_mb(pid),
        )


@contextlib.contextmanager
def running(made: Built) -> Iterator[tuple[int, int]]:
    """Run the server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    command += ["--log-level", "error", "benchmarks.application:application"]
    environment = FEW_ARENAS | made.environment | {"IFN_LOG_LEVEL": "ERROR"}
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(port: int) -> None:
    """Wait until the server answers.

    Raises:
        TimeoutError: It does not within a minute.

    """
    for _ in range(600):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/floor/bare")
            if connection.getresponse().status == http.client.OK:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


def rate(port: int, addresses: list[str]) -> float:
    """Return how many requests a second a few clients get answered."""
    counts = [0] * CLIENTS
    end = time.monotonic() + SECONDS

    def client(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", addresses[counts[place] % len(addresses)])
            connection.getresponse().read()
            counts[place] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def largest_child_mb(pid: int) -> float:
    """Return the resident memory of the server's largest process, in MB."""
    pids = [pid]
    for one in pids:
        children = Path(f"/proc/{one}/task/{one}/children")
        if children.exists():
            pids += [int(child) for child in children.read_text().split()]
    page = resource.getpagesize()
    sizes = [
        int(Path(f"/proc/{one}/statm").read_text().split()[1]) * page / 1e6
        for one in pids
        if os.path.exists(f"/proc/{one}/statm")  # noqa: PTH110  # may end while we look
    ]
    return round(max(sizes), 1)
