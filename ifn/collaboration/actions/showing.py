"""What profiles show of collaborations: pages that were kept are made anew."""

from datetime import datetime

from ifn.collaboration.models import ProjectPartner
from ifn.directory.actions.profiles import lock, recount
from ifn.directory.models import Business


def show_anew(project: int, *, at: datetime) -> None:
    """Let the profiles of a project's partners be written anew, for what they show has changed."""
    firms = ProjectPartner.objects.filter(project=project, business__isnull=False)
    shown = Business.objects.listed().filter(pk__in=firms.values("business"))
    for one in shown.order_by("pk"):
        lock(one)
        recount(one, at=at)
