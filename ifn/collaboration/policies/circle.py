"""What a person may do around what a project made: batches, releases, impact.

A project is led by the people of the firm that leads it (owner, editor), or by the office. Partners
see it; who speaks for a partner says yes or no for it, and nobody else does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import Person, has_duty
from ifn.directory.models import Membership

#: Who speaks for a firm; a viewer only reads.
SPEAKS = frozenset({Membership.Role.OWNER, Membership.Role.EDITOR})


@dataclass(frozen=True, slots=True)
class Circle:
    """What a person is to a project: to the firm that leads it, and to those who take part."""

    #: What they are to the firm that leads; empty where they are nothing to it.
    to_leader: str = ""
    #: What they are to each partner that takes part, by its key.
    to_partners: Mapping[int, str] = field(default_factory=dict)


def is_office(user: Person) -> bool:
    """Say whether this person looks after every project."""
    return has_duty(user, Duty.Kind.PROGRAMME)


def can_lead(user: Person, circle: Circle) -> bool:
    """Say whether this person leads the project."""
    return circle.to_leader in SPEAKS or is_office(user)


def can_see(user: Person, circle: Circle) -> bool:
    """Say whether this person sees what is inside the project."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return bool(circle.to_leader or circle.to_partners) or is_office(user)


def speaks_for(circle: Circle, partner: int) -> bool:
    """Say whether this person says yes or no for a partner."""
    return circle.to_partners.get(partner, "") in SPEAKS


def can_report(user: Person, circle: Circle) -> bool:
    """Say whether this person enters what came of the project: who leads it, or speaks for one."""
    return can_lead(user, circle) or any(role in SPEAKS for role in circle.to_partners.values())
