"""Run one call of a job's task, and settle what came of it."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.utils import normalize_json

from ifn.jobs import actions
from ifn.jobs.actions import Continue, GiveUp, LeaseLost
from ifn.jobs.backend import ATTEMPTS, LeaseTask, result_of, task_of
from ifn.jobs.models import Job
from ifn.jobs.steps import JobContext
from ifn.logs import Fault

logger = logging.getLogger("ifn.jobs")


def run_call(job: Job) -> bool:
    """Call the task of a held job once; say whether it is still held and wants another call.

    Whatever the task raises becomes the job's failure. A lost lease rolls everything back and is
    only logged: the job is somebody else's.
    """
    started = time.perf_counter()
    outcome = "lease lost"
    try:
        outcome = _call(job)
    except LeaseLost:
        logger.warning("job", extra=_told(job, outcome, started))
    except Exception as fault:  # noqa: BLE001  # a task may raise anything; the worker goes on
        _note_failure(job, fault, started)
    else:
        logger.info("job", extra=_told(job, outcome, started))
    return outcome == "continued"


def run_due(at: datetime | None = None, *, limit: int = 1_000) -> int:
    """Run in this process what is due, until nothing is, and return how many calls that took.

    For set-up and tests: no lease is renewed meanwhile.

    Raises:
        RuntimeError: It was still not finished after ``limit`` calls.

    """
    calls = 0
    while job := actions.claim(worker="in-process", at=at or timezone.now()):
        going = True
        while going:
            if calls == limit:
                raise RuntimeError(f"Jobs are still due after {limit} calls.")
            calls += 1
            going = run_call(job)
    return calls


def _call(job: Job) -> str:
    try:
        task = task_of(job)
    except ImportError as missing:
        raise GiveUp("There is no such task any more.") from missing
    with _transaction_of(job, task):
        value = _value(job, task)
        if isinstance(value, Continue):
            actions.bring_forward(job, value, at=timezone.now())
            return "continued"
        actions.finish(job, normalize_json(value), at=timezone.now())
        return "done"


@contextmanager
def _transaction_of(job: Job, task: LeaseTask[Any, Any]) -> Iterator[None]:
    if not task.atomic:
        actions.hold(job)
        yield
        return
    with transaction.atomic():
        # On SQLite this is where a paused worker stops: with the write lock of this transaction
        # nobody can take the job from it before it commits.
        actions.hold(job)
        yield


def _value(job: Job, task: LeaseTask[Any, Any]) -> Any:
    args = job.arguments["args"]
    if task.takes_context:
        args = [JobContext(task_result=result_of(job, task), job=job), *args]
    return task.call(*args, **job.arguments["kwargs"])


def _note_failure(job: Job, fault: Exception, started: float) -> None:
    try:
        attempts = task_of(job).attempts
    except ImportError:
        attempts = ATTEMPTS
    try:
        actions.fail(job, fault, attempts=attempts, at=timezone.now())
    except LeaseLost:
        # Also when a hook after the commit failed: the job itself is done.
        logger.warning("job", extra=_told(job, "not ours any more", started), exc_info=fault)
        return
    outcome = "given up" if job.is_finished else "failed"
    told = _told(job, outcome, started) | {"fault_type": Fault.of(fault).type}
    logger.error("job", extra=told, exc_info=fault)


def _told(job: Job, outcome: str, started: float) -> dict[str, object]:
    return {
        "job": job.pk,
        "task": job.task,
        "outcome": outcome,
        "attempts": job.attempts,
        "done": job.done,
        "total": job.total,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }
