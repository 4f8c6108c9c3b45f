"""Questions about background work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from ifn.jobs.models import Job, Worker


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come, for the person who waits for it."""

    state: Job.State
    done: int
    total: int | None
    #: A catalogue text in English; translate it where it is shown.
    message: str
    error: str

    @property
    def percent(self) -> int | None:
        """Return whole percent, or ``None`` while nobody knows how much there is."""
        if self.state == Job.State.DONE:
            return 100
        if not self.total:
            return None
        return min(100 * self.done // self.total, 100)

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in {Job.State.DONE, Job.State.FAILED}


def progress_of(identifier: str) -> Progress | None:
    """Return the progress of the job that ``enqueue()`` called by this ``id``.

    ``None`` when there is no such job: finished ones are removed after some weeks.
    """
    job = Job.objects.filter(pk=identifier).first()
    if job is None:
        return None
    return Progress(Job.State(job.state), job.done, job.total, job.message, job.error_message)


def has_work(at: datetime) -> bool:
    """Say whether a worker would find anything to do: one cheap look, no lock."""
    return Job.objects.filter(
        Q(state=Job.State.WAITING, run_after__lte=at)
        | Q(state=Job.State.RUNNING, lease_until__lt=at)
    ).exists()


def silence_of_workers(at: datetime) -> timedelta | None:
    """Return how long ago any worker was last seen, or ``None`` when there never was one."""
    seen = Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return None if seen is None else max(at - seen, timedelta())
