"""What a task says and asks while it runs: go on from here, where was I, is it still mine.

A long task does one bounded piece of work per call and returns ``Continue``; piece, checkpoint and
progress are committed together, so a worker that dies loses at most the piece it was at::

    @task(takes_context=True)
    def load_rows(context: TaskContext, upload: int) -> Continue | None:
        start = checkpoint_of(context) or 0
        ...  # rows start to start + 200
        return Continue(start + 200, done=start + 200, total=5_000) if more else None
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_tasks import TaskContext

from ifn.jobs.actions import Continue, GiveUp, LeaseLost, hold
from ifn.jobs.models import Job

__all__ = ["Continue", "GiveUp", "JobContext", "LeaseLost", "checkpoint_of", "fenced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext(TaskContext):
    """What a task that takes a context gets from our worker."""

    job: Job


def checkpoint_of(context: TaskContext) -> Any:
    """Return what the last ``Continue`` of this job carried, or ``None`` at its beginning."""
    return context.job.checkpoint if isinstance(context, JobContext) else None


@contextmanager
def fenced(context: TaskContext) -> Iterator[None]:
    """Open a short transaction that no other worker's claim on this job can overtake.

    For tasks with ``atomic=False``, around each thing they write.

    Raises:
        LeaseLost: The job has gone to another worker; let it pass through.

    """
    with transaction.atomic():
        if isinstance(context, JobContext):
            hold(context.job, lock=True)
        yield
