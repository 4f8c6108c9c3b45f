"""Who stands at the desk: the person, the organisations they speak for, and what they may open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, must_secure
from ifn.directory.models import Business
from ifn.intake import policies
from ifn.intake.finding import organisations_of
from ifn.intake.models import List

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Desk:
    """A person with what decides which lists are theirs; asked for once a request."""

    person: User
    organisations: Mapping[int, Business]

    @property
    def is_office(self) -> bool:
        """Say whether every list is this person's to work on."""
        return can_manage_directory(self.person)

    def sees(self, received: List) -> bool:
        return policies.can_see(self.person, received, self.organisations)

    def decides(self, received: List) -> bool:
        return policies.can_decide(self.person, received, self.organisations)

    def opened(self, pk: int) -> List:
        """Return a list that this person may see.

        Raises:
            Http404: There is none.
            PermissionDenied: It is somebody else's.

        """
        found = List.objects.select_related(
            "source", "actor", "released_by", "organisation", "region"
        )
        received = get_object_or_404(found, pk=pk)
        access.require(self.sees(received))
        return received


Page = Callable[Concatenate[SignedInRequest, Desk, Rest], HttpResponseBase]


def desk_of(person: User) -> Desk:
    """Return the desk of a person; members ask one query, officers none."""
    return Desk(person, {} if can_manage_directory(person) else organisations_of(person))


def for_desk(
    page: Page[Rest],
) -> Callable[Concatenate[SignedInRequest, Rest], HttpResponseBase]:
    """Open a page to those who may bring lists; it gets their desk."""

    @wraps(page)
    def opened(
        request: SignedInRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if must_secure(request.user):
            return access.secure_first(request)
        desk = desk_of(request.user)
        access.require(policies.can_upload(request.user, desk.organisations))
        return page(request, desk, *args, **kwargs)

    return opened
