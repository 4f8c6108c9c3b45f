"""Make the database and the static files ready: in one process, because starting Django costs most.

Everything here may be repeated and keeps what people have entered.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command

from tools.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent


def show_demo() -> None:
    """Make the demo network in an empty directory; where there is one, tell its sign-ins again.

    A directory that holds a real profile, or held one, or whose demo was removed is left alone.
    """
    from ifn.audit.models import Entry  # noqa: PLC0415  # models load after django.setup()
    from ifn.directory.models import Business  # noqa: PLC0415  # models load after django.setup()

    there = Business.objects.filter(is_demo=True).count()
    is_new = not (
        Business.objects.exists() or Entry.objects.filter(event__startswith="directory.").exists()
    )
    if not (there or is_new):
        return
    try:
        call_command("demo")
    except CommandError:  # somebody made a larger one, which stays
        call_command("demo", businesses=there)


def fingerprint_of_static_files() -> str:
    """Return what changes whenever a static file of ours or a dependency does."""
    told = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted((ROOT / "ifn").glob("*/static/**/*")):
        if path.is_file():
            facts = path.stat()
            told.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    storage = ROOT / "ifn" / "ui" / "storage.py"
    told.update(storage.read_bytes())
    return told.hexdigest()


def collect_static_files() -> None:
    """Gather, hash and compress the static files when one of them changed."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def main(arguments: list[str]) -> None:
    """Do everything that has to be done before the server may start."""
    parser = argparse.ArgumentParser(prog="provision", description=__doc__)
    parser.add_argument("--no-demo", action="store_true", help="Leave an empty directory empty.")
    wanted = parser.parse_args(arguments)

    compile_catalogues(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ifn.settings")
    django.setup()
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("reference")
    call_command("figures")
    call_command("questionnaires")
    if not (wanted.no_demo or settings.PRODUCTION):
        show_demo()
    collect_static_files()


if __name__ == "__main__":
    main(sys.argv[1:])
