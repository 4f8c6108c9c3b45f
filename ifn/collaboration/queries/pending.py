"""What of projects waits for a person: answers of their firms, and milestones of these."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from ifn.collaboration.models import Milestone, Project, ProjectPartner


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A firm of theirs that is asked to take part."""

    firm: str
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """A milestone of a firm of theirs that is near or overdue."""

    what: str
    title: str
    code: str
    due_on: date


def pending_of(
    firms: Collection[int], today: date, ahead: timedelta, *, most: int
) -> tuple[list[ToAnswer], list[ToDo]]:
    """Return what waits for an answer or is to be done; one query where they take no part."""
    rows = ProjectPartner.objects.filter(
        business__in=firms,
        state__in=[ProjectPartner.State.INVITED, ProjectPartner.State.ACCEPTED],
        project__state__in=Project.LIVING,
    ).select_related("project")
    partners = list(
        rows.only(
            *("name", "state", "project__code", "project__title_id", "project__title_en")
        ).order_by("since", "pk")
    )
    asked = [one for one in partners if one.state == ProjectPartner.State.INVITED]
    answers = [ToAnswer(one.name, one.project.title, one.project.code) for one in asked[:most]]
    if len(asked) == len(partners):
        return answers, []
    titles = {one.pk: one.project for one in partners}
    due = Milestone.objects.filter(
        owner__in=titles, state=Milestone.State.OPEN, due_on__lte=today + ahead
    )
    found = due.order_by("due_on", "pk").values_list("what", "owner", "due_on")[:most]
    return answers, [
        ToDo(what, titles[owner].title, titles[owner].code, on) for what, owner, on in found
    ]
