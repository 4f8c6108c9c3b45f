"""Who has which work: taken, given back, let go when it is done."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.moderation.models import Assignment, Report


class TakenByAnother(Exception):  # noqa: N818
    """A colleague has this work; ``person`` is who."""

    def __init__(self, person: User) -> None:
        super().__init__(person.name)
        self.person = person


@transaction.atomic
def take(kind: str, subject: int, *, person: User, at: datetime) -> None:
    """Note that this person does a piece of work; taken twice by the same it is taken once.

    Raises:
        TakenByAnother: A colleague was first.

    """
    taken, _is_new = Assignment.objects.get_or_create(
        kind=kind, subject=subject, defaults={"person": person, "taken_at": at}
    )
    if taken.person_id != person.pk:
        raise TakenByAnother(taken.person)
    if kind == "report":
        Report.objects.filter(pk=subject, state=Report.State.OPEN).update(
            state=Report.State.IN_WORK
        )


@transaction.atomic
def give_back(kind: str, subject: int, *, person: User) -> bool:
    """Let others do what this person had taken; say whether they had it."""
    gone, _rows = Assignment.objects.filter(kind=kind, subject=subject, person=person).delete()
    if gone and kind == "report":
        Report.objects.filter(pk=subject, state=Report.State.IN_WORK).update(
            state=Report.State.OPEN
        )
    return bool(gone)


def let_go(kind: str, subjects: Iterable[int]) -> None:
    """Forget who had work that is done."""
    Assignment.objects.filter(kind=kind, subject__in=list(subjects)).delete()
