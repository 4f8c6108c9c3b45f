"""Prepare the environment in ``.venv`` and do what was asked in it.

This file needs nothing but Python's standard library. It must stay readable to older Pythons, so
that they can be told politely that they are too old.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"
#: What each word does: which lock it needs, and what then runs in the environment, in order.
WORDS: dict[str, tuple[str, list[list[str]]]] = {
    "run": (RUN, [["-m", "tools.serve"]]),
    "demo": (RUN, [["-m", "tools.provision", "--no-demo"], ["manage.py", "demo"]]),
    "test": (DEVELOP, [["-m", "tools.testing"]]),
    "check": (DEVELOP, [["-m", "tools.checks"]]),
    "fix": (DEVELOP, [["-m", "ruff", "check", "--fix", "."], ["-m", "ruff", "format", "."]]),
    "messages": (DEVELOP, [["-m", "tools.messages", "extract"], ["-m", "tools.messages", "check"]]),
    "bench": (DEVELOP, [["-m", "benchmarks"]]),
    "bench-connected": (DEVELOP, [["-m", "benchmarks.connected"]]),
    "bench-peers": (DEVELOP, [["-m", "benchmarks.peers"]]),
}
LAUNCHER = """#!{python}
from ifn.commands import main

main()
"""


def refuse(message: str) -> NoReturn:
    """Stop with a sentence instead of a traceback."""
    sys.exit(f"ifn: {message}")


def use_a_newer_python() -> NoReturn:
    """Start again with a Python that is new enough, or say what is missing."""
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606  # the same words, another Python
    have = ".".join(map(str, sys.version_info[:2]))
    refuse(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {have}.")


def fingerprint(lock: str) -> str:
    """Return what an environment made from this lock, here, by this Python is known by."""
    told = hashlib.sha256((ROOT / lock).read_bytes())
    told.update(f"{ROOT} {sys.version_info[:3]}".encode())
    return told.hexdigest()


def stamp(lock: str) -> Path:
    """Return the file that says which version of the lock is installed."""
    return HOME / f"{lock}.installed"


def is_ready(lock: str) -> bool:
    """Say whether everything the lock names is installed."""
    path = stamp(lock)
    return PYTHON.exists() and path.exists() and path.read_text() == fingerprint(lock)


def prepare(lock: str) -> None:
    """Install what the lock names, unless that was done already."""
    if is_ready(lock):
        return
    # Two set-ups at once would break each other's; this file is there to be locked.
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_ready(lock):
            install(lock)


def install(lock: str) -> None:
    """Make the environment with uv where it is on the path, else with venv and pip."""
    uv = shutil.which("uv")
    print(f"Preparing .venv from {lock} with {'uv' if uv else 'pip'} (once) …", flush=True)
    if not is_own():
        make_environment(uv)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    environment = {name: text for name, text in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        [*command, "--require-hashes", "-r", lock], cwd=ROOT, env=environment, check=False
    )
    if done.returncode:
        refuse(f"could not install {lock}; the lines above say why. Nothing was started.")
    make_importable()
    # The development lock holds every line of the other one, which a test asserts.
    for each in {lock, RUN}:
        stamp(each).write_text(fingerprint(each))


def is_own() -> bool:
    """Say whether ``.venv`` belongs to this Python at this place (a moved folder does not)."""
    made = HOME / "made"
    return PYTHON.exists() and made.exists() and made.read_text() == birthmark()


def birthmark() -> str:
    """Return the place and Python that an environment is made for."""
    return f"{ROOT} {sys.version_info[:3]}"


def make_environment(uv: str | None) -> None:
    """Make an empty environment."""
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(HOME)]
    elif importlib.util.find_spec("ensurepip") is None:
        refuse("Python lacks its venv module. On Debian: sudo apt-get install python3-venv")
    else:
        command = [sys.executable, "-m", "venv", "--clear", str(HOME)]
    subprocess.run(command, check=True)
    (HOME / "made").write_text(birthmark())


def make_importable() -> None:
    """Let the environment's Python import the project, and give it the ``ifn`` command."""
    packages = next((HOME / "lib").glob("python3.*/site-packages"))
    (packages / "ifn.pth").write_text(f"{ROOT}\n")
    launcher = HOME / "bin" / "ifn"
    launcher.write_text(LAUNCHER.format(python=PYTHON))
    launcher.chmod(0o755)


def lock_dependencies() -> None:
    """Write both lock files anew; needs uv, which alone locks for every platform at once."""
    uv = shutil.which("uv")
    if not uv:
        refuse("uv is needed to lock dependencies.")
    for target, extra in ((RUN, []), (DEVELOP, ["--extra", "dev"])):
        subprocess.run(
            [
                *(uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
                *("--generate-hashes", "--no-annotate", "--no-header"),
                *extra,
                *("--output-file", target, "pyproject.toml"),
            ],
            cwd=ROOT,
            check=True,
        )


def main(words: list[str]) -> None:
    """Do what was asked, replacing this process by the last step."""
    if sys.version_info < OLDEST:
        use_a_newer_python()
    word, rest = (words[0], words[1:]) if words else ("", [])
    if word == "lock":
        lock_dependencies()
        return
    if word not in WORDS:
        refuse(f"say one of: {', '.join([*WORDS, 'lock'])}.")
    lock, steps = WORDS[word]
    prepare(lock)
    os.chdir(ROOT)
    *first, last = steps
    for step in first:
        done = subprocess.run([str(PYTHON), *step], check=False)
        if done.returncode:
            sys.exit(done.returncode)
    os.execv(PYTHON, [str(PYTHON), *last, *rest])  # noqa: S606  # signals reach the last step itself


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
