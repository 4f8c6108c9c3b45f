"""The loop that takes jobs one after the other, and the thread that says it is alive."""

import logging
import os
import secrets
import select
import signal
import socket
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from types import FrameType, ModuleType

from django.apps import apps
from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from ifn.jobs import actions
from ifn.jobs.actions import LeaseLost
from ifn.jobs.backend import ATTEMPTS, LeaseTask, task_of
from ifn.jobs.models import Job
from ifn.jobs.queries import has_work
from ifn.jobs.running import run_call
from ifn.logs import Fault

logger = logging.getLogger("ifn.jobs")

#: How long an idle worker waits before it looks again, in seconds.
POLL = 1.0
#: How long a worker that cannot reach its database waits at most.
LONGEST_POLL = 30.0
#: How long a call may go on after the worker was asked to stop, in seconds.
GRACE = 3.0
#: Exit status of a worker that ends itself because a call is stuck (EX_SOFTWARE).
STUCK = 70


class Stopped(BaseException):
    """Raised inside a call that takes too long to wait for; no task catches it by accident."""


def known_tasks() -> list[LeaseTask[..., object]]:
    """Return every task defined in an app's ``tasks`` module, or in a module of such a package."""
    autodiscover_modules("tasks")
    return [
        value
        for app in apps.get_app_configs()
        if isinstance(top := getattr(app.module, "tasks", None), ModuleType)
        for module in _with_parts(top)
        for value in vars(module).values()
        if isinstance(value, LeaseTask) and value.func.__module__ == module.__name__
    ]


def _with_parts(top: ModuleType) -> list[ModuleType]:
    """Return a module and, where it is a package, the modules in it."""
    parts = iter_modules(getattr(top, "__path__", []), f"{top.__name__}.")
    return [top, *(import_module(part.name) for part in parts)]


def tick_of(task: LeaseTask[..., object], at: datetime) -> datetime | None:
    """Return the moment of the task's period that a time falls into, if it is periodic."""
    if task.every is None:
        return None
    start = datetime.fromtimestamp(0, timezone.get_fixed_timezone(0)) + task.offset
    return start + (at - start) // task.every * task.every


class SignOfLife(threading.Thread):
    """Renews the lease of the job at hand over a connection of its own, and notes the worker alive.

    When one call takes longer than its task's limit the process ends here: a stuck call cannot be
    ended in any other way, and what starts the worker starts it again.
    """

    def __init__(self, worker: str) -> None:
        super().__init__(name="sign-of-life", daemon=True)
        self.worker = worker
        self.started_at = timezone.now()
        self.ending = threading.Event()
        self.lock = threading.Lock()
        self.job: Job | None = None
        self.must_end_by: datetime | None = None

    def holds(self, job: Job | None) -> None:
        """Say which job the worker has from now on, or none."""
        with self.lock:
            self.job = job
            self.must_end_by = timezone.now() + _limit_of(job) if job else None

    def run(self) -> None:
        pause = 0.0
        while not self.ending.wait(pause):
            pause = actions.lease_length().total_seconds() / 3
            try:
                self.beat(timezone.now())
            except Error as fault:
                # On SQLite a long call of ours may hold the write lock; then nobody else can take
                # its job either.
                logger.info("sign of life delayed", extra={"fault": Fault.of(fault).type})
                connection.close()
        connection.close()

    def beat(self, at: datetime) -> None:
        with self.lock:
            job, must_end_by = self.job, self.must_end_by
        if must_end_by and at > must_end_by:
            logger.error("call is stuck", extra={"job": job and job.pk})
            os._exit(STUCK)
        if job:
            actions.renew(job, at=at)
        actions.sign_of_life(self.worker, started_at=self.started_at, at=at)


class WorkerLoop:
    """One worker: takes what is due, calls it, and looks again.

    ``drain`` ends it when nothing is due any more, ``once`` after one job.
    """

    def __init__(self, *, once: bool = False, drain: bool = False) -> None:
        self.once = once
        self.drain = drain
        self.name = f"{socket.gethostname()[:50]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.stopping = False
        #: A signal writes to it, so that a waiting worker stops at once.
        self.awake, self.wake = os.pipe()
        self.calling = False
        self.life = SignOfLife(self.name)
        tasks = known_tasks()
        self.periodic = [task for task in tasks if task.every]
        self.attempts = {task.module_path: task.attempts for task in tasks}
        self.ticks: dict[str, datetime] = {}

    def run(self) -> None:
        """Work until asked to stop."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        signal.signal(signal.SIGALRM, self.interrupt)
        logger.info("worker started", extra={"worker": self.name})
        self.life.start()
        pause = POLL
        while not self.stopping:
            try:
                worked = self.work(timezone.now())
                pause = POLL
            except Error as fault:
                if self.drain or self.once:
                    raise
                logger.warning("database out of reach", extra={"fault": Fault.of(fault).type})
                connection.close()
                worked, pause = False, min(pause * 2, LONGEST_POLL)
            if self.once or (self.drain and not worked):
                break
            if not worked:
                select.select([self.awake], [], [], pause)
        self.end()

    def work(self, at: datetime) -> bool:
        """Take and run one job; say whether there was one."""
        close_old_connections()
        self.enqueue_periodic(at)
        if not has_work(at):
            return False
        for job in actions.take_back(attempts=self.attempts, default=ATTEMPTS, at=at):
            logger.warning("job taken back", extra={"job": job.pk, "task": job.task})
        if taken := actions.claim(worker=self.name, at=timezone.now()):
            self.carry_out(taken)
        return taken is not None

    def carry_out(self, job: Job) -> None:
        """Call a job's task until it is finished, failed, or the worker has to stop."""
        going = True
        try:
            while going and not self.stopping:
                self.life.holds(job)
                self.calling = True
                going = run_call(job)
                self.calling = False
        except Stopped:
            going = True
            connection.close()  # it may be in the middle of anything
        finally:
            self.calling = False
            self.life.holds(None)
        if going:
            self.give_back(job)

    def give_back(self, job: Job) -> None:
        """Return an unfinished job to the queue, unless it got finished in the last moment."""
        try:
            actions.release(job, at=timezone.now())
        except LeaseLost:
            return
        logger.info("job", extra={"job": job.pk, "task": job.task, "outcome": "given back"})

    def enqueue_periodic(self, at: datetime) -> None:
        """Add the periodic jobs whose moment has come since the last look."""
        for task in self.periodic:
            moment = tick_of(task, at)
            if moment and self.ticks.get(task.module_path) != moment:
                actions.tick(task.module_path, moment=moment, at=at)
                self.ticks[task.module_path] = moment

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """End after the call at hand, or interrupt it when it takes longer than the grace."""
        if not self.stopping:
            self.stopping = True
            os.write(self.wake, b"!")
            signal.setitimer(signal.ITIMER_REAL, GRACE)

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """Break off the call at hand; its transaction rolls back."""
        if self.calling:
            raise Stopped

    def end(self) -> None:
        """Take leave of the database."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.life.ending.set()
        self.life.join(GRACE)
        with suppress(Error):
            actions.sign_off(self.name)
        logger.info("worker stopped", extra={"worker": self.name})


def _limit_of(job: Job) -> timedelta:
    try:
        return task_of(job).limit
    except ImportError:
        return timedelta(minutes=1)
