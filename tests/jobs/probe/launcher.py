"""Holds Django ready and forks one process per command, so that a new worker costs no start-up.

Reads ``worker [options]``, ``call <module> <function> [arguments]`` or ``wait <pid>`` from standard
input; answers each with one line: the new process's id, or how the process ended.
"""

import os
import sys
from importlib import import_module

import django
from django.core.management import call_command


def run(verb: str, arguments: list[str]) -> None:
    if verb == "worker":
        call_command("worker", *arguments)
    else:
        module, function, *rest = arguments
        getattr(import_module(module), function)(*rest)


def start(verb: str, arguments: list[str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.close(0)
        run(verb, arguments)
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


def main() -> None:
    django.setup()
    import_module("ifn.jobs.worker").known_tasks()
    import_module("smtplib")
    for line in sys.stdin:
        verb, *arguments = line.split()
        if verb == "wait":
            _, status = os.waitpid(int(arguments[0]), 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = start(verb, arguments)
        print(answer, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
