"""From one stage of a list to the next: only from where it can be, and with one job at a time."""

from collections.abc import Collection
from typing import Any

from django_tasks.base import Task

from ifn.intake.models import List


class NotNow(Exception):  # noqa: N818
    """The list has come further, or not so far yet; ``state`` is where it is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def locked(received: List) -> List:
    """Return the list as it is now, and let nobody else move it until the transaction ends."""
    return (
        List.objects.select_for_update(of=("self",))
        .select_related("source", "actor")
        .get(pk=received.pk)
    )


def moved(received: List, before: Collection[str], after: str) -> List:
    """Bring a list to its next stage, and return it as it is now.

    Raises:
        NotNow: It is not at any of the stages before.

    """
    now = locked(received)
    if now.state not in before:
        raise NotNow(now.state)
    now.state = received.state = after
    now.save(update_fields=["state"])
    return now


def begin(received: List, task: Task[Any, Any], *arguments: Any) -> None:
    """Ask for the work on a list, and note the job by which its progress is found."""
    received.job = task.enqueue(received.pk, *arguments).id
    received.save(update_fields=["job"])
