"""Remove the demo network in one action."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.pictures import delete_files, file_names
from ifn.directory.actions.verifying import delete_evidence
from ifn.directory.indexing import take_off_lists
from ifn.directory.models import Business, Picture, Source, Verification

BATCH = 2_000


@transaction.atomic
def remove_demo(*, actor: User | None, at: datetime) -> int:
    """Remove every invented profile with pictures and sources and return how many there were."""
    names = {
        name
        for picture in Picture.objects.filter(business__is_demo=True).iterator()
        for name in file_names(picture)
    }
    pks = list(Business.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))
    evidence = list(
        Verification.objects.filter(business__is_demo=True).values_list("evidence", flat=True)
    )
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        # Locked in the order in which every other action locks: the profile, then the index.
        list(Business.objects.select_for_update().filter(pk__in=batch).values_list("pk"))
        take_off_lists(batch)
        Business.objects.filter(pk__in=batch).delete()
    for source in Source.objects.filter(kind=Source.Kind.DEMO):
        record("directory.demo.removed", source, actor=actor, at=at, businesses=len(pks))
        source.delete()
    transaction.on_commit(lambda: delete_files(sorted(names)))
    transaction.on_commit(lambda: delete_evidence(evidence))
    return len(pks)
