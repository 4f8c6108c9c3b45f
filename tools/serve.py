"""Run the platform on this machine: the server and the worker, started and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from types import FrameType

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4
#: How long the server may take to answer for the first time, and children to end, in seconds.
START, STOP = 60.0, 15.0
PAUSE = 0.2
#: Threads that share two arenas leave less memory unused (glibc's mallopt, M_ARENA_MAX).
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
#: Requests and jobs share the processors already: threads of numpy would only wait for each other.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


class Asked(Exception):  # noqa: N818
    """Somebody asked the platform to stop."""


def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
    """Turn the first Ctrl-C or SIGTERM into an exception; further ones change nothing."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Asked


def wanted_port() -> int:
    """Return the port to serve on, or end with a sentence when it cannot be one."""
    text = os.environ.pop("IFN_PORT", "8000")  # what follows is told the whole address
    if not (text.isdecimal() and 0 < int(text) < 2**16):
        sys.exit(f"IFN_PORT must be a port number between 1 and 65535, not {text!r}.")
    return int(text)


def refuse_a_busy_port(port: int) -> None:
    """End with a sentence when something else listens on the port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as fault:
            sys.exit(
                f"Port {port} cannot be used ({fault.strerror}). "
                f"Stop what runs there, or choose another: IFN_PORT={port % 65535 + 1} make run"
            )


def end_with_the_parent() -> None:
    """In a child: get its own group, and be ended should the parent be killed outright."""
    os.setsid()
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a child that Ctrl-C in the terminal does not reach by itself."""
    return subprocess.Popen(
        [sys.executable, *command],
        env=FEW_ARENAS | ONE_THREAD | os.environ,
        preexec_fn=end_with_the_parent,  # noqa: PLW1509  # there are no threads here to fear for
    )


def server(port: int) -> list[str]:
    """Return the command of the web server."""
    return [
        *("-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--log-level", "warning", "ifn.wsgi:application"),
    ]


def answers(port: int) -> bool:
    """Say whether the server answers at all."""
    connection = HTTPConnection(HOST, port, timeout=START)
    try:
        connection.request("GET", "/sehat")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def first_to_end(children: dict[str, subprocess.Popen[bytes]]) -> str | None:
    """Return the name of a child that ended."""
    return next((name for name, child in children.items() if child.poll() is not None), None)


def attend(children: dict[str, subprocess.Popen[bytes]], port: int) -> int:
    """Announce the address once it answers, then wait until a child ends; return the exit code."""
    latest = time.monotonic() + START
    while first_to_end(children) is None and not answers(port):
        if time.monotonic() > latest:
            print("The server does not answer; stopping.", file=sys.stderr)
            return 1
        time.sleep(PAUSE)
    if first_to_end(children) is None:
        print(f"\nThe platform is ready: http://{HOST}:{port}/  (Ctrl-C stops it)", flush=True)
        print("E-mails are written to var/mail until a mail server is set.\n", flush=True)
    while (ended := first_to_end(children)) is None:
        time.sleep(PAUSE)
    status = children[ended].returncode
    print(f"The {ended} ended by itself (status {status}); stopping.", file=sys.stderr)
    return status if status > 0 else 1


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """End what still runs: politely first, and for certain at the end, children's children too."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    latest = time.monotonic() + STOP
    for child in children.values():
        try:
            child.wait(max(0.0, latest - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def main() -> int:
    """Prepare, start both, wait, stop both; return the exit code."""
    port = wanted_port()
    refuse_a_busy_port(port)
    os.environ.setdefault("IFN_PUBLIC_ADDRESS", f"http://{HOST}:{port}")
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["preparation"] = start(["-m", "tools.provision"])
        if status := children["preparation"].wait():
            return status
        del children["preparation"]
        children["server"] = start(server(port))
        children["worker"] = start(["manage.py", "worker"])
        return attend(children, port)
    except Asked:
        print("\nStopping …", flush=True)
        return 0
    finally:
        stop(children)


if __name__ == "__main__":
    for asking in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asking, ask_to_stop)
    try:
        sys.exit(main())
    except Asked:
        sys.exit(130)
