"""Remind partners of their milestones that are overdue, each at most once a week."""

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from django.db import transaction

from ifn.collaboration.actions.linking import lasting
from ifn.collaboration.actions.telling_projects import tell_overdue
from ifn.collaboration.models import Milestone, Project, ProjectPartner

#: So many partners are reminded in one piece of work.
PIECE: Final = 50


def remind_next(after: int, *, today: date, at: datetime) -> int | None:
    """Remind the next partners after this key; return the last of them, nothing when none is left.

    What was said under the key of a week is not said again, so a run that comes twice reminds
    nobody twice.
    """
    late = Milestone.objects.filter(
        state=Milestone.State.OPEN,
        due_on__lt=today,
        owner__gt=after,
        owner__state=ProjectPartner.State.ACCEPTED,
        project__state__in=[Project.State.PLANNED, Project.State.RUNNING],
        project__is_demo=False,
    )
    keys = sorted(set(late.values_list("owner", flat=True).distinct().order_by("owner")[:PIECE]))
    rows: dict[int, list[Milestone]] = defaultdict(list)
    for one in late.filter(owner__in=keys).order_by("due_on", "pk"):
        if one.owner_id is not None:
            rows[one.owner_id].append(one)
    partners = ProjectPartner.objects.filter(pk__in=keys).select_related("project", "business")
    for partner in partners.order_by("pk"):
        _remind(partner, rows[partner.pk], today=today, at=at)
    return max(keys, default=None)


@transaction.atomic
def _remind(partner: ProjectPartner, late: list[Milestone], *, today: date, at: datetime) -> int:
    is_withdrawn = partner.link_on is None and partner.link > 0
    one = partner
    if partner.business_id is None:
        if is_withdrawn or not partner.email:
            return 0
        renewed = lasting(partner, today=today, at=at)
        one = renewed if isinstance(renewed, ProjectPartner) else partner
    return tell_overdue(one, partner.project, late, today=today, at=at)
