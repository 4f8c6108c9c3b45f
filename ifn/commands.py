"""The ``ifn`` command: ``ifn load FILE``, ``ifn demo``, ``ifn worker`` and Django's own."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ifn.settings")
    execute_from_command_line(sys.argv)
