"""``python -m tools.messages extract [APP…] | check | compile``: the Indonesian catalogues.

English is the language of the sources. ``compile`` needs only what the platform itself needs, so
that it can run at set-up; the other two need the development environment.
"""

import argparse
import sys
from pathlib import Path

from tools.catalogues import compile_catalogues, conflicts, faults, merge

ROOT = Path(__file__).resolve().parent.parent


def extract(only: list[str]) -> int:
    """Bring the catalogues, or those of some apps, up to date with the sources."""
    from tools import sources  # noqa: PLC0415  # not installed where only the platform runs

    for app in sources.apps(ROOT):
        if (not only or app.name in only) and merge(app, sources.messages(ROOT, app)):
            print(f"{app.name}: catalogue changed")
    return 0


def check(_only: list[str]) -> int:
    """Print what is wrong with the catalogues, and return 1 when anything is."""
    from tools import sources  # noqa: PLC0415  # not installed where only the platform runs

    found = [
        *(
            fault
            for app in sources.apps(ROOT)
            for fault in faults(app, sources.messages(ROOT, app))
        ),
        *conflicts(ROOT),
        *sources.untrimmed(ROOT),
    ]
    print("\n".join(found) or "Every message is translated.")
    return 1 if found else 0


def compile_(_only: list[str]) -> int:
    """Compile what changed."""
    compile_catalogues(ROOT)
    return 0


def main(arguments: list[str]) -> int:
    """Do what the arguments ask and return the exit code."""
    does = {"extract": extract, "check": check, "compile": compile_}
    parser = argparse.ArgumentParser(prog="messages", description=__doc__)
    parser.add_argument("what", choices=does)
    parser.add_argument("apps", nargs="*", metavar="APP", help="extract: only these apps")
    wanted = parser.parse_args(arguments)
    return does[wanted.what](wanted.apps)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
