"""Background work as rows: who holds it, until when, and how far it has come."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    """Filters that keep their meaning wherever they are chained."""

    def due(self, at: datetime) -> Self:
        """Return waiting jobs whose time has come."""
        return self.filter(state=Job.State.WAITING, run_after__lte=at)

    def abandoned(self, at: datetime) -> Self:
        """Return running jobs whose worker has let the lease run out."""
        return self.filter(state=Job.State.RUNNING, lease_until__lt=at)

    def fresh(self) -> Self:
        """Return waiting jobs that no worker has ever held."""
        return self.filter(state=Job.State.WAITING, lease=0)

    def held(self, job: "Job") -> Self:
        """Return this job's row, unless its lease has gone to another worker."""
        return self.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING)

    def in_turn(self) -> Self:
        """Order as workers take them: by priority, then by how long they have been due."""
        return self.order_by("-priority", "run_after", "pk")


class Job(models.Model):
    """One call of a task, waiting for a worker, held by one, or finished.

    ``lease`` counts how often the job was taken: a worker writes to the row only while the number
    is still the one it took the job with, so a worker that was paused for too long can change
    nothing any more.
    """

    class State(models.TextChoices):
        """Where the job stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    #: Dotted path of the task, such as ``ifn.mail.tasks.deliver``.
    task = models.CharField(max_length=200)
    #: ``{"args": [...], "kwargs": {...}}``: keys of rows, never contents or personal data.
    arguments = models.JSONField()
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    enqueued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    #: Digest of the arguments where the task wants one fresh job for the same arguments.
    unique_key = models.CharField(  # noqa: DJ001  # empty ones must not count as equal
        max_length=64, null=True, editable=False
    )
    #: The moment a periodic job stands for.
    tick = models.DateTimeField(null=True, editable=False)

    lease = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    worker = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    #: Failures and lost leases since the job last came forward.
    attempts = models.PositiveSmallIntegerField(default=0)
    error_type = models.CharField(max_length=200, blank=True)
    #: Only what may be shown: see ``ifn.logs.Fault``.
    error_message = models.TextField(blank=True)
    error_place = models.TextField(blank=True)

    checkpoint = models.JSONField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("priority").desc(),
                "run_after",
                "id",
                condition=Q(state="waiting"),
                name="jobs_job_waiting",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state="running"), name="jobs_job_running"
            ),
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False),
                name="jobs_job_finished",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
                name="jobs_job_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="running") ^ Q(lease_until=None),
                name="jobs_job_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"]) ^ Q(finished_at=None),
                name="jobs_job_dated_when_finished",
            ),
            # Only jobs never taken count: one that came back for another attempt has begun, so
            # what is asked for after its beginning needs a job of its own.
            models.UniqueConstraint(
                fields=["task", "unique_key"],
                condition=Q(state="waiting", lease=0),
                name="jobs_job_one_fresh_of_a_kind",
            ),
            models.UniqueConstraint(fields=["task", "tick"], name="jobs_job_once_a_tick"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.task} {self.state}"

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more will happen to the job."""
        return self.state in {self.State.DONE, self.State.FAILED}


class Worker(models.Model):
    """A worker process and its last sign of life."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seen_at"], name="jobs_worker_by_sign_of_life")]

    def __str__(self) -> str:
        return self.name
