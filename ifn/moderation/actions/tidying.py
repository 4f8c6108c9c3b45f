"""What is kept no longer than it is needed: evidence, and addresses of those who reported."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ifn.audit.actions import record
from ifn.directory.handing import remove_files
from ifn.moderation.models import ClaimNote, Report
from ifn.moderation.models.claims import OPEN

#: After a decision evidence is kept so long, for whoever doubts it.
KEPT = timedelta(days=180)
BATCH = 100


@transaction.atomic
def forget_what_is_old(*, at: datetime) -> int:
    """Remove the next files of claims and addresses of reports decided long ago; return how many.

    A granted claim is decided, too: what showed it may go, that it was granted stays on record.
    """
    notes = list(
        ClaimNote.objects.filter(claim__decided_at__lte=at - KEPT)
        .exclude(claim__state__in=OPEN)
        .exclude(file="")
        .order_by("pk")
        .select_related("claim")[:BATCH]
    )
    remove_files([note.file for note in notes])
    ClaimNote.objects.filter(pk__in=[note.pk for note in notes]).update(file="")
    for claim in {note.claim for note in notes}:
        record("moderation.claim.evidence_removed", claim, actor=None, at=at)
    has_address = ~Q(email="") | ~Q(phone="")
    old = Report.objects.filter(has_address, answered_at__lte=at - KEPT)
    pks = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    Report.objects.filter(pk__in=pks).update(email="", phone="")
    return len(notes) + len(pks)
