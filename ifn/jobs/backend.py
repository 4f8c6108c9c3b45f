"""The ``django_tasks`` backend over our own table of jobs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from ifn.jobs.actions import ask_for
from ifn.jobs.models import Job

T = TypeVar("T")
P = ParamSpec("P")

#: Attempts a task has unless it says otherwise: with the pauses between them, seven hours.
ATTEMPTS = 8
STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTask(Task[P, T]):
    """A task with what our worker needs to know; give these to ``@task``."""

    attempts: int = ATTEMPTS
    """Failures and lost leases in a row after which the job is given up"""

    unique: bool = False
    """Whether one job that has not begun is enough for the same arguments"""

    atomic: bool = True
    """Whether each call runs in one transaction with its own completion: its writes then count
    exactly once. Only a task that waits for the outside world says no, and writes in ``fenced``."""

    every: timedelta | None = None
    """How often the task runs by itself, without arguments"""

    offset: timedelta = timedelta()
    """How long after midnight UTC (of 1 January 1970) the first of these runs falls"""

    limit: timedelta = timedelta(hours=1)
    """How long one call may take; a worker that is stuck for longer ends itself"""


class LeaseBackend(BaseTaskBackend):
    """Keep jobs as rows of the platform's own database, in the transaction of who asks."""

    task_class = LeaseTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def validate_task(self, task: Task[P, T]) -> None:
        """Refuse what could not run.

        Raises:
            InvalidTaskError: The task's options contradict each other.

        """
        super().validate_task(task)
        if isinstance(task, LeaseTask) and task.attempts < 1:
            raise InvalidTaskError("A task needs at least one attempt.")

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Add a job that exists when the caller's transaction commits."""
        self.validate_task(task)
        job = ask_for(
            task.module_path,
            normalize_json({"args": list(args), "kwargs": kwargs}),
            at=timezone.now(),
            run_after=task.run_after,
            priority=task.priority,
            unique=isinstance(task, LeaseTask) and task.unique,
        )
        return result_of(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return how a job stands.

        Raises:
            TaskResultDoesNotExist: There is no such job, or no longer.

        """
        job = Job.objects.filter(pk=result_id).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, task_of(job))


def task_of(job: Job) -> LeaseTask[Any, Any]:
    """Return the task a job calls.

    Raises:
        ImportError: There is none of that name any more.

    """
    task = import_string(job.task)
    if not isinstance(task, LeaseTask):
        raise ImportError(f"{job.task} is not a task.")  # noqa: TRY004  # to callers it is missing
    return task


def result_of(job: Job, task: Task[P, T]) -> TaskResult[T]:
    """Return a job in the words of ``django_tasks``."""
    errors = []
    if job.error_type:
        errors = [TaskError(exception_class_path=job.error_type, traceback=job.error_place)]
    result: TaskResult[T] = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[Job.State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend=task.backend,
        errors=errors,
        worker_ids=[job.worker] if job.worker else [],
    )
    # The package keeps the value where only its own backends write it.
    object.__setattr__(result, "_return_value", job.result)
    return result
