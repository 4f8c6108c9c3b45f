from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskContext, task

from ifn.jobs.models import Job, Worker
from ifn.jobs.steps import Continue, GiveUp, checkpoint_of, fenced


def leave_mark(name):
    Worker.objects.create(name=name, started_at=timezone.now(), seen_at=timezone.now())


@task
def mark(name: str) -> str:
    """Write one row."""
    leave_mark(name)
    return f"marked {name}"


@task
def lose_the_lease() -> None:
    leave_mark("half")
    Job.objects.update(lease=7)


@task(unique=True)
def mark_once(name: str) -> None:
    leave_mark(name)


@task(attempts=3)
def mark_and_fail(name: str) -> None:
    leave_mark(name)
    raise LookupError("Sari Wulandari, sari@example.com")


@task
def mark_and_give_up(name: str) -> None:
    leave_mark(name)
    raise GiveUp("The file is gone.")


@task(takes_context=True)
def count_to(context: TaskContext, goal: int) -> Continue | None:
    number = (checkpoint_of(context) or 0) + 1
    leave_mark(f"number {number}")
    if number == goal:
        return None
    return Continue(number, done=number, total=goal, message="Counting")


@task(takes_context=True, attempts=3)
def stumble_at_three(context: TaskContext) -> Continue | None:
    number = (checkpoint_of(context) or 0) + 1
    if number == 3:
        raise LookupError
    return Continue(number)


@task(takes_context=True, atomic=False)
def mark_outside(context: TaskContext, name: str) -> None:
    with fenced(context):
        leave_mark(name)


@task(every=timedelta(minutes=10), offset=timedelta(minutes=3))
def now_and_then() -> None:
    leave_mark("now and then")
