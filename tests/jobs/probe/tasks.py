import os
import random
import signal
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django_tasks import TaskContext, task

from ifn.jobs.steps import Continue, checkpoint_of, fenced

MANY = 10_000


def leave(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO probe_effect (name, pid) VALUES (%s, %s)", [name, os.getpid()])


def has_left(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM probe_effect WHERE name = %s", [name])
        return cursor.fetchone() is not None


def dawdle(longest: float) -> None:
    time.sleep(random.uniform(0, longest))  # noqa: S311


def wait_for(path: str) -> None:
    while not Path(path).exists():
        time.sleep(0.01)


@task(attempts=MANY)
def both_halves(name: str) -> None:
    leave(f"{name} first half")
    dawdle(0.01)
    leave(f"{name} second half")


@task(attempts=MANY, takes_context=True)
def in_steps(context: TaskContext, name: str, steps: str) -> Continue | None:
    step = (checkpoint_of(context) or 0) + 1
    leave(f"{name} step {step}")
    dawdle(0.01)
    return Continue(step, done=step, total=int(steps)) if step < int(steps) else None


@task(attempts=MANY, takes_context=True, atomic=False)
def outside(context: TaskContext, name: str) -> None:
    dawdle(0.01)
    with fenced(context):
        if not has_left(name):
            leave(name)


@task(attempts=MANY, takes_context=True, atomic=False)
def wait_then_leave(context: TaskContext, name: str, started: str, go: str) -> None:
    Path(started).write_text(str(os.getpid()))
    wait_for(go)
    with fenced(context):
        leave(f"{name} {os.getpid()}")


@task(attempts=MANY)
def leave_then_wait(name: str, started: str, go: str) -> None:
    leave(f"{name} {os.getpid()}")
    Path(started).write_text(str(os.getpid()))
    wait_for(go)


@task(attempts=2)
def die(name: str) -> None:
    leave(name)
    os.kill(os.getpid(), signal.SIGKILL)


@task(attempts=1, atomic=False, limit=timedelta(seconds=1))
def hang() -> None:
    time.sleep(3600)


@task(every=timedelta(seconds=1))
def each_second() -> None:
    leave("tick")
