"""Take invented collaborations away, with all that belongs to them."""

from django.db import transaction

from ifn.audit.protection import upkeep
from ifn.collaboration.models import (
    Allocation,
    Application,
    Call,
    ProductionBatch,
    Project,
    Receipt,
    Release,
    ReleaseConsent,
    ReleasePicture,
)
from ifn.directory.actions.pictures import delete_files, renditions
from ifn.directory.handing import remove_files


@transaction.atomic
def remove_demo() -> int:
    """Remove every invented call and project; return how many."""
    projects, calls = Project.objects.filter(is_demo=True), Call.objects.filter(is_demo=True)
    number = projects.count() + calls.count()
    if not number:
        return 0
    receipts = Receipt.objects.filter(allocation__batch__project__in=projects)
    remove_files([name for name in receipts.values_list("file", flat=True) if name])
    pictures = [
        name
        for file, widths in ReleasePicture.objects.filter(
            release__project__in=projects
        ).values_list("file", "widths")
        for name in (renditions(file, widths) if widths else [file])
    ]
    transaction.on_commit(lambda: delete_files(pictures))
    receipts.delete()
    Allocation.objects.filter(batch__project__in=projects).delete()
    ProductionBatch.objects.filter(project__in=projects).delete()
    ReleaseConsent.objects.filter(release__project__in=projects).delete()
    Release.objects.filter(project__in=projects).delete()
    Project.objects.filter(follows__in=projects).update(follows=None)
    with upkeep("demo"):
        projects.delete()
        Application.objects.filter(call__in=calls).delete()
        calls.delete()
    return number
