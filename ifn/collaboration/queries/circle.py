"""What a person is to a project."""

from typing import Final

from ifn.accounts.models import User
from ifn.accounts.policies import Person
from ifn.collaboration.models import Project, ProjectPartner
from ifn.collaboration.policies.circle import Circle
from ifn.directory.models import Membership


def circle_of(project: Project, user: Person) -> Circle:
    """Return what a person is to a project; two queries at most, none for a visitor."""
    if not isinstance(user, User) or not user.is_active:
        return Circle()
    roles = dict(Membership.objects.filter(person=user).values_list("business", "role"))
    if not roles:
        return Circle()
    partners = ProjectPartner.objects.filter(
        project=project, state=ProjectPartner.State.ACCEPTED, business__in=list(roles)
    ).values_list("pk", "business")
    return Circle(
        roles.get(project.led_by_id or 0, ""),
        {pk: roles[business] for pk, business in partners},
    )


def project_of(code: str) -> Project | None:
    """Return a project by its code, with what names it."""
    rows = Project.objects.filter(code=code).only(*_NAMED)
    return rows.order_by().first()


#: What pages around a project read of it.
_NAMED: Final = ("code", "state", "title_id", "title_en", "led_by", "is_public", "is_demo")
