"""What happens to a job: asked for, taken, brought forward, finished, given back, given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from json import dumps
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from ifn.jobs.models import Job, Worker
from ifn.logs import Fault

FIRST_RETRY = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=3)
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
KEEP_WORKERS = timedelta(days=1)
#: Rows of an index that SQLite looks at for its statistics.
LOOKED_AT = 1000


class LeaseLost(Exception):  # noqa: N818
    """The job is another worker's now; nothing of this attempt may be kept."""


class GiveUp(Exception):  # noqa: N818
    """Raised by a task for which another attempt is no use.

    Its message is stored and shown to staff: no personal data in it.
    """


class WorkerDied(Exception):  # noqa: N818
    """A worker vanished while it held the job: killed, out of memory, or cut off."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Returned by a task that is not finished: call it again, with this checkpoint.

    ``checkpoint`` is anything JSON can hold; ``done`` and ``total`` count whatever the person who
    waits would count; ``message`` is an English catalogue text saying what is being done.
    """

    checkpoint: Any
    done: int = 0
    total: int | None = None
    message: str = ""


def lease_length() -> timedelta:
    """Return how long a worker may stay silent before its job goes to another."""
    return timedelta(seconds=settings.JOB_LEASE)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after this many failures: 15 s, 1 min, 4 min … at most 3 hours."""
    return min(FIRST_RETRY * int(4 ** min(attempts - 1, 10)), LONGEST_WAIT)


@transaction.atomic
def ask_for(
    task: str,
    arguments: Mapping[str, Any],
    *,
    at: datetime,
    run_after: datetime | None = None,
    priority: int = 0,
    unique: bool = False,
) -> Job:
    """Add a job in the caller's transaction: it exists when, and only when, that commits.

    With ``unique`` the fresh job of the same task and arguments is returned instead, where there
    is one; it stays locked until the caller commits, so it cannot begin before it can see what the
    caller wrote.
    """
    job = Job(
        task=task,
        arguments=arguments,
        priority=priority,
        enqueued_at=at,
        run_after=run_after or at,
    )
    if not unique:
        job.save(force_insert=True)
        return job
    job.unique_key = sha256(dumps(arguments, sort_keys=True).encode()).hexdigest()
    while True:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        same = Job.objects.fresh().filter(task=task, unique_key=job.unique_key)
        # Nothing is found when a worker took the other job in between: then ours goes in.
        if found := same.select_for_update().order_by("pk").first():
            return found


def tick(task: str, *, moment: datetime, at: datetime) -> None:
    """Add a periodic job for a moment, once however many workers do so."""
    Job.objects.bulk_create(
        [
            Job(
                task=task,
                arguments={"args": [], "kwargs": {}},
                enqueued_at=at,
                run_after=at,
                tick=moment,
            )
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def claim(*, worker: str, at: datetime) -> Job | None:
    """Take the job whose turn it is, or return ``None``.

    SQLite begins the transaction with the write lock (``transaction_mode`` IMMEDIATE), PostgreSQL
    skips rows that others have locked: either way a job goes to one worker.
    """
    job = Job.objects.due(at).in_turn().select_for_update(skip_locked=True).first()
    if job is None:
        return None
    job.state = Job.State.RUNNING
    job.lease += 1
    job.lease_until = at + lease_length()
    job.worker = worker
    job.started_at = job.started_at or at
    job.save(update_fields=["state", "lease", "lease_until", "worker", "started_at"])
    return job


def hold(job: Job, *, lock: bool = False) -> None:
    """Make sure that the job is still the caller's; with ``lock`` it stays so until commit.

    Raises:
        LeaseLost: It is not.

    """
    rows = Job.objects.held(job).order_by("pk")
    if lock:
        rows = rows.select_for_update()
    if not rows.values_list("pk").first():
        raise LeaseLost


def renew(job: Job, *, at: datetime) -> bool:
    """Make the lease last again from now on; say whether it was still the caller's."""
    return bool(Job.objects.held(job).update(lease_until=at + lease_length()))


def bring_forward(job: Job, step: Continue, *, at: datetime) -> None:
    """Keep a piece of work with its checkpoint and progress; attempts count anew from here.

    Raises:
        LeaseLost: The job has gone to another worker.

    """
    _write(
        job,
        checkpoint=step.checkpoint,
        done=step.done,
        total=step.total,
        message=step.message,
        attempts=0,
        lease_until=at + lease_length(),
    )


def finish(job: Job, result: Any, *, at: datetime) -> None:
    """Call the job done, in the transaction of its effects.

    Raises:
        LeaseLost: The job has gone to another worker.

    """
    _write(
        job,
        state=Job.State.DONE,
        result=result,
        done=F("done") if job.total is None else job.total,
        lease_until=None,
        finished_at=at,
        error_type="",
        error_message="",
        error_place="",
    )


def fail(job: Job, fault: Exception, *, attempts: int, at: datetime) -> None:
    """Note a failed attempt: another one after a pause, or none after ``attempts`` of them.

    Raises:
        LeaseLost: The job has gone to another worker.

    """
    last = isinstance(fault, GiveUp) or job.attempts + 1 >= attempts
    _write(job, **_after_failure(job, fault, last=last, wait=True, at=at))


def release(job: Job, *, at: datetime) -> None:
    """Give a job back unfinished, without counting an attempt.

    Raises:
        LeaseLost: The job has gone to another worker.

    """
    _write(job, state=Job.State.WAITING, run_after=at, lease_until=None, worker="")


@transaction.atomic
def take_back(*, attempts: dict[str, int], default: int, at: datetime) -> list[Job]:
    """Put abandoned jobs back in the queue, or give them up, and return them.

    ``attempts`` says how many a task allows; other tasks have ``default``.
    """
    found = list(Job.objects.abandoned(at).select_for_update(skip_locked=True).order_by("pk")[:100])
    for job in found:
        last = job.attempts + 1 >= attempts.get(job.task, default)
        _write(job, **_after_failure(job, WorkerDied(), last=last, wait=False, at=at))
    return found


def sign_of_life(worker: str, *, started_at: datetime, at: datetime) -> None:
    """Note that a worker is alive."""
    Worker.objects.update_or_create(
        name=worker,
        defaults={"seen_at": at},
        create_defaults={"started_at": started_at, "seen_at": at},
    )


def sign_off(worker: str) -> None:
    """Forget a worker that ended as it should."""
    Worker.objects.filter(name=worker).delete()


@transaction.atomic
def remove_old(*, at: datetime) -> int:
    """Remove jobs finished long ago and workers long silent; return how many jobs."""
    Worker.objects.filter(seen_at__lt=at - KEEP_WORKERS).delete()
    removed, _ = Job.objects.filter(state=Job.State.DONE, finished_at__lt=at - KEEP_DONE).delete()
    given_up, _ = Job.objects.filter(
        state=Job.State.FAILED, finished_at__lt=at - KEEP_FAILED
    ).delete()
    return removed + given_up


def gather_statistics() -> bool:
    """Count anew, where the database is SQLite, what its planner goes by; say whether it was.

    PostgreSQL does so by itself. Without it SQLite takes every table to be as large as any other,
    and begins with the wrong one.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")
    return True


def _after_failure(
    job: Job, fault: Exception, *, last: bool, wait: bool, at: datetime
) -> dict[str, Any]:
    told = Fault.of(fault)
    message = str(fault) if isinstance(fault, GiveUp) else told.message
    attempts = job.attempts + 1
    return {
        "state": Job.State.FAILED if last else Job.State.WAITING,
        "attempts": attempts,
        "run_after": at + pause_after(attempts) if wait else at,
        "finished_at": at if last else None,
        "lease_until": None,
        "error_type": told.type[:200],
        "error_message": message,
        "error_place": told.place,
    }


def _write(job: Job, **values: Any) -> None:
    if not Job.objects.held(job).update(**values):
        raise LeaseLost
    for name, value in values.items():
        if not isinstance(value, F):
            setattr(job, name, value)
