"""Whose work it is: the one place that says which rows a person of the staff may work on.

The office's verifiers and data officers work everywhere, a regional officer in their territory,
everybody else nowhere. Who looks after enquiries does that everywhere; their kinds say so. Lists,
next items, single pages and bulk actions all ask here.
"""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, territory_of
from ifn.assessments.policies import can_build
from ifn.connections.policies.enquiries import can_look_after
from ifn.regions.containing import inside

Row = TypeVar("Row", bound=Model)
#: Where the region of a row's profile is, for rows that belong to a profile.
OF_PROFILE = "business__region"


def in_scope(
    found: QuerySet[Row], person: User, region: str = OF_PROFILE, *others: str
) -> QuerySet[Row]:
    """Return those rows that this person may work on; ``region`` is the path to their region.

    A row of several profiles names the paths to the ``others``: one within reach is enough.
    """
    if can_manage_directory(person):
        return found
    return in_territory(found, person, region, *others)


def in_territory(
    found: QuerySet[Row], person: User, region: str = OF_PROFILE, *others: str
) -> QuerySet[Row]:
    """Return those rows that lie in a regional officer's territory, whatever else they may do."""
    paths = [f"{path}__code" for path in (region, *others)]
    # Whether it counts at all (an open account, a second factor) is the policy's to say.
    return found.filter(inside(territory_of(person), *paths))


def one_in_scope(found: QuerySet[Row], person: User, region: str = OF_PROFILE, *others: str) -> Row:
    """Return the one row of a question, for a person who may work on it.

    Raises:
        Http404: There is none.
        PermissionDenied: It is somebody else's region or desk.

    """
    row = in_scope(found, person, region, *others).first()
    if row is None and found.exists():
        raise PermissionDenied
    if row is None:
        raise Http404
    return row


def has_work(person: User) -> bool:
    """Say whether any work of these kinds can be this person's."""
    if can_manage_directory(person) or can_look_after(person) or can_build(person):
        return True
    return bool(territory_of(person))
