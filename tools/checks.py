"""Everything ``make check`` looks at besides the tests; each part says itself what is wrong."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Check:
    """A command that must end with status 0."""

    name: str
    command: tuple[str, ...]


CHECKS = [
    Check("types", (PYTHON, "-m", "mypy")),
    Check("lint", (PYTHON, "-m", "ruff", "check", ".")),
    Check("format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
    Check("boundaries", (str(BIN / "lint-imports"),)),
    Check("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
    Check("messages", (PYTHON, "-m", "tools.messages", "check")),
    Check("dead code", (PYTHON, "-m", "tools.deadcode")),
    Check("architecture", (PYTHON, "-m", "pytest", "-q", "tests/architecture")),
    Check("API contract", (PYTHON, "-m", "pytest", "-q", "tests/contract")),
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check."""

    check: Check
    passed: bool
    output: str
    seconds: float


def run(check: Check) -> Outcome:
    """Run one check and keep what it says."""
    started = time.monotonic()
    # No check needs what somebody has in their database, and none may wait for it.
    environment = os.environ | {"DATABASE_URL": "sqlite:///:memory:"}
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = done.stdout.decode(errors="replace").strip()
    return Outcome(check, done.returncode == 0, said, time.monotonic() - started)


def main() -> int:
    """Run every check, two at a time; show what the failing ones say; return 1 when any failed."""
    failed = False
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, CHECKS):
            word = "ok" if outcome.passed else "FAILED"
            print(f"{outcome.check.name:<14}{word:<8}{outcome.seconds:5.1f} s", flush=True)
            if not outcome.passed:
                failed = True
                print(outcome.output, end="\n\n", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
