"""Who may bring lists, see them and decide about them: questions with yes or no for an answer.

``organisations`` are the keys of the partner organisations that a person may speak for, as
``queries.organisations_of`` says. Officers for data and verification work on every list, a regional
officer on those for their own regions, an organisation's people on its own.
"""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.accounts.policies import can_manage_directory, works_in
from ifn.directory.models import Business, Membership
from ifn.intake.models import List, Row

Person = User | AnonymousUser


#: Who of an organisation's people speaks for it.
SPEAKS = frozenset({Membership.Role.OWNER, Membership.Role.EDITOR})


def may_bring_lists(business: Business, role: str) -> bool:
    """Say whether a person of this role may bring lists for a profile: a partner organisation's."""
    return (
        business.kind == Business.Kind.ORGANISATION
        and business.status != Business.Status.HIDDEN
        and role in SPEAKS
    )


def can_upload(person: Person, organisations: Collection[int] = ()) -> bool:
    """Say whether this person may bring a list at all, for whomever."""
    if can_manage_directory(person) or organisations:
        return True
    return isinstance(person, User) and any(works_in(person, one) for one in person.territory)


def can_upload_for(
    person: Person,
    organisations: Collection[int],
    *,
    organisation: int | None,
    scope: Collection[str],
) -> bool:
    """Say whether this person may bring a list for an organisation, for regions, or the office."""
    if can_manage_directory(person):
        return True
    if organisation is not None:
        return organisation in organisations
    return bool(scope) and all(works_in(person, code) for code in scope)


def can_see(person: Person, received: List, organisations: Collection[int] = ()) -> bool:
    """Say whether this person may open a list with its file and rows."""
    return can_upload_for(
        person, organisations, organisation=received.organisation_id, scope=received.scope
    )


def can_decide(person: Person, received: List, organisations: Collection[int] = ()) -> bool:
    """Say whether this person may map a list's columns and decide its rows."""
    return can_see(person, received, organisations)


def can_decide_row(person: Person, row: Row, organisations: Collection[int] = ()) -> bool:
    """Say whether this person may decide one row: also a Dinas, for a row of its region."""
    return can_decide(person, row.list, organisations) or works_in(person, row.region_id)


def can_release(person: Person) -> bool:
    """Say whether this person may release a list that others brought."""
    return can_manage_directory(person)


def can_apply(person: Person) -> bool:
    """Say whether this person may apply lists and undo them."""
    return can_manage_directory(person)


def can_see_private(person: Person, region: str | None) -> bool:
    """Say whether this person sees of a profile in this region also what it shows to nobody."""
    return can_manage_directory(person) or works_in(person, region)


def can_be_shown(person: Person, business: Business) -> bool:
    """Say whether a profile may be shown to this person beside a row, and taken for it."""
    return business.status == Business.Status.LISTED or can_see_private(person, business.region_id)
