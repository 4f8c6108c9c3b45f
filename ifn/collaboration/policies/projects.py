"""Who leads a project, who takes part in it, and what each of them may see.

The office (duty ``programme``) and administrators may do everything. The people of ``led_by`` lead
it. Partners are the people of a business that takes part or was asked to, or who holds its link;
guests hold a link to one project. A Dinas sees what visitors see.
"""

from enum import IntEnum

from ifn.accounts.models import Duty
from ifn.accounts.policies import Person, has_duty
from ifn.collaboration.models import Project, ProjectFile
from ifn.directory.models import Business, Membership

#: Who speaks for a business.
SPEAKS = frozenset({Membership.Role.OWNER, Membership.Role.EDITOR})


class Standing(IntEnum):
    """What somebody is to a project; the greater sees all that the smaller does."""

    NONE = 0
    GUEST = 1
    #: Asked to take part, and has not said yes: sees what it is asked for.
    INVITED = 2
    PARTNER = 3
    LEADS = 4


#: The least standing that a file's visibility asks for.
_SEES = {
    ProjectFile.Visible.GUESTS: Standing.GUEST,
    ProjectFile.Visible.PARTNERS: Standing.PARTNER,
    ProjectFile.Visible.LEADS: Standing.LEADS,
}


def is_office(user: Person) -> bool:
    """Say whether this person looks after all projects."""
    return has_duty(user, Duty.Kind.PROGRAMME)


def can_lead(user: Person, project: Project, role: str) -> bool:
    """Say whether this person leads a project; ``role`` is what they are to ``led_by``."""
    return is_office(user) or (project.led_by_id is not None and role in SPEAKS)


def can_see(user: Person, project: Project, standing: Standing) -> bool:
    """Say whether this person may open a project's workspace, or its public page."""
    return project.is_shown or is_office(user) or standing > Standing.NONE


def can_open(standing: Standing) -> bool:
    """Say whether the workspace is open: to who leads, takes part, or was asked to."""
    return standing >= Standing.INVITED


def can_take_part(standing: Standing) -> bool:
    """Say whether somebody writes notes, risks and files: who leads or takes part."""
    return standing >= Standing.PARTNER


def can_see_file(visible: str, standing: Standing) -> bool:
    """Say whether a file is open to somebody of this standing."""
    if standing == Standing.INVITED:
        return False
    return standing >= _SEES[ProjectFile.Visible(visible)]


def files_seen(standing: Standing) -> list[str]:
    """Return the visibilities that are open to somebody of this standing."""
    return [one.value for one in ProjectFile.Visible if can_see_file(one.value, standing)]


def is_takeable(business: Business) -> bool:
    """Say whether a profile can be asked to take part: one that visitors find."""
    return business.status == Business.Status.LISTED
