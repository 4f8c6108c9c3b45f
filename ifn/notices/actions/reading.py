"""A person reads what they were told; what is read needs no message any more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Value, When

from ifn.accounts.models import User
from ifn.notices.models import Notice, NoticeQuerySet


@transaction.atomic
def mark_read(notice: Notice, *, at: datetime) -> None:
    """Note that a notice was read; read once more, nothing changes."""
    read_all(Notice.objects.filter(pk=notice.pk), at)


@transaction.atomic
def mark_all_read(person: User, *, until: int, at: datetime) -> int:
    """Note that all notices up to the one with this key were read; return how many had not been.

    What came in while somebody looked at the page stays unread.
    """
    return read_all(Notice.objects.filter(person=person, pk__lte=until), at)


def read_all(notices: NoticeQuerySet, at: datetime) -> int:
    """Note that these notices were read, inside a transaction; return how many had not been."""
    settled = Case(
        When(mailing=Notice.Mailing.WAITING, then=Value(Notice.Mailing.NONE.value)),
        default=F("mailing"),
    )
    return notices.unread().update(read_at=at, mailing=settled)
