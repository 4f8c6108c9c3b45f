"""Remove notices that nobody needs any more."""

from datetime import datetime, timedelta

from django.db import transaction

from ifn.notices.models import Digest, Notice

KEEP = timedelta(days=90)
#: Rows of a kind that one call removes.
BATCH = 1000


@transaction.atomic
def remove_old(*, at: datetime) -> int:
    """Remove some of the notices and digests made long ago; return how many rows."""
    old = Notice.objects.filter(made_at__lt=at - KEEP).order_by("made_at")
    gone = Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()[0]
    # A digest is a little younger than what it tells of.
    empty = Digest.objects.filter(made_at__lt=at - KEEP, notices=None).values_list("pk", flat=True)
    return gone + Digest.objects.filter(pk__in=list(empty[:BATCH])).delete()[0]
