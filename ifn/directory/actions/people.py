"""The people who look after a profile: invited, joined, given another role, taken out."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.profiles import lock
from ifn.directory.indexing import put_in_lists
from ifn.directory.models import Business, Invitation, Membership
from ifn.directory.models.membership import digest_of
from ifn.directory.queries import pictures_of, profile_of
from ifn.mail.actions import send_template

VALID = timedelta(days=14)
#: Open invitations of one profile; more is a mistake or an attack.
MOST_OPEN = 20
_RANK = {
    Membership.Role.VIEWER: 0,
    Membership.Role.EDITOR: 1,
    Membership.Role.OWNER: 2,
}


class LastOwner(Exception):  # noqa: N818
    """Nobody would be left who can look after the people of the business."""


class InvitationOver(Exception):  # noqa: N818
    """The link was used by somebody else, withdrawn, or has expired."""


class TooManyInvitations(Exception):  # noqa: N818
    """So many invitations are open that some must be withdrawn first."""


@transaction.atomic
def invite(
    business: Business, *, role: str, note: str, actor: User, at: datetime
) -> tuple[Invitation, str]:
    """Make a link by which one person may join, and return it with its token, kept nowhere.

    Raises:
        TooManyInvitations: 20 are open already.

    """
    lock(business)
    waiting = Invitation.objects.filter(
        business=business, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    if waiting.count() >= MOST_OPEN:
        raise TooManyInvitations
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        business=business,
        role=Membership.Role(role),
        digest=digest_of(token),
        note=note,
        invited_by=actor,
        created_at=at,
        expires_at=at + VALID,
    )
    record(
        "directory.member.invited",
        business,
        actor=actor,
        at=at,
        invitation=invitation.pk,
        role=role,
    )
    return invitation, token


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: User, at: datetime) -> None:
    """Make a link worthless that nobody has used; one that was used stays as it is."""
    changed = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)
    if changed:
        record(
            "directory.member.uninvited",
            invitation.business,
            actor=actor,
            at=at,
            invitation=invitation.pk,
        )


@transaction.atomic
def accept_invitation(token: str, *, person: User, at: datetime) -> Membership:
    """Let a person in by a link; opened again by the same person it changes nothing.

    Whoever is in already keeps the higher of the two roles.

    Raises:
        InvitationOver: Somebody else used it, it was withdrawn, has expired, or there is none.

    """
    found = Invitation.objects.select_related("business").filter(digest=digest_of(token)).first()
    if found is None:
        raise InvitationOver
    business = found.business
    lock(business)
    existing = Membership.objects.filter(business=business, person=person).first()
    if existing and found.accepted_by_id == person.pk:
        return existing
    used = Invitation.objects.filter(
        pk=found.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    ).update(accepted_at=at, accepted_by=person)
    if not used:
        raise InvitationOver
    return _join(business, person, found.role, actor=person, at=at, invitation=found.pk)


@transaction.atomic
def appoint(
    business: Business, *, person: User, role: str, actor: User, at: datetime, reason: str
) -> Membership:
    """Let the office make a person owner or editor, as when the owner is lost; it says why."""
    lock(business)
    membership = _join(business, person, role, actor=actor, at=at, reason=reason)
    _tell(business, person, membership.role, actor=actor, at=at, reason=reason)
    return membership


@transaction.atomic
def change_member_role(
    membership: Membership, *, role: str, actor: User, at: datetime, reason: str = ""
) -> None:
    """Give one of a business's people another role.

    Raises:
        LastOwner: The only owner would become something else.
        Membership.DoesNotExist: The person was taken out meanwhile.

    """
    lock(membership.business)
    membership.refresh_from_db()
    before = membership.role
    if before == role:
        return
    if before == Membership.Role.OWNER:
        _keep_an_owner(membership)
    membership.role = Membership.Role(role)
    membership.save(update_fields=["role"])
    if Membership.Role.OWNER in {before, role}:
        _write_page_anew(membership.business)
    _tell(membership.business, membership.person, role, actor=actor, at=at, reason=reason)
    record(
        "directory.member.changed",
        membership.business,
        actor=actor,
        at=at,
        reason=reason,
        before={"role": before},
        after={"role": role},
        person=membership.person_id,
    )


@transaction.atomic
def hand_over(business: Business, *, to: Membership, actor: User, at: datetime) -> None:
    """Make another of its people owner, and the owner who hands over an editor.

    Raises:
        Membership.DoesNotExist: One of the two is not, or no longer, among them.

    """
    lock(business)
    own = Membership.objects.get(business=business, person=actor, role=Membership.Role.OWNER)
    change_member_role(to, role=Membership.Role.OWNER, actor=actor, at=at)
    if own.pk != to.pk:
        change_member_role(own, role=Membership.Role.EDITOR, actor=actor, at=at)


@transaction.atomic
def remove_member(membership: Membership, *, actor: User, at: datetime, reason: str = "") -> None:
    """Take a person out of a business; taken out twice is taken out once.

    What they have not published yet stays theirs to read but cannot be published.

    Raises:
        LastOwner: It is the only owner.

    """
    lock(membership.business)
    present = Membership.objects.filter(pk=membership.pk).first()
    if present is None:
        return
    if present.role == Membership.Role.OWNER:
        _keep_an_owner(present)
    _take_out(membership.business, present, actor=actor, at=at, reason=reason)


@transaction.atomic
def take_back(business: Business, *, person: User, actor: User, at: datetime, reason: str) -> None:
    """Let the office take a profile from a person, also from its only owner; it says why.

    Taken from whoever no longer has it, nothing happens.
    """
    lock(business)
    present = Membership.objects.filter(business=business, person=person).first()
    if present is not None:
        _take_out(business, present, actor=actor, at=at, reason=reason)


def _take_out(
    business: Business, membership: Membership, *, actor: User, at: datetime, reason: str
) -> None:
    end_membership(business, membership, actor=actor, at=at, reason=reason)
    _tell(business, membership.person, "", actor=actor, at=at, reason=reason)


def end_membership(
    business: Business,
    membership: Membership,
    *,
    actor: User | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Take a person out of a locked profile; those who stay behind without an owner are told."""
    membership.delete()
    if membership.role == Membership.Role.OWNER:
        _write_page_anew(business)
        _tell_ownerless(business, at=at)
    record(
        "directory.member.removed",
        business,
        actor=actor,
        at=at,
        reason=reason,
        before={"role": membership.role},
        person=membership.person_id,
    )


def _tell_ownerless(business: Business, *, at: datetime) -> None:
    left = Membership.objects.filter(business=business).select_related("person")
    people = [] if any(one.role == Membership.Role.OWNER for one in left) else list(left)
    for person in (one.person for one in people if one.person.email):
        send_template(
            "directory/mail/ownerless",
            {"business": business},
            person.language,
            to=person.email or "",
            kind="membership",
            at=at,
            key=f"ownerless:{business.pk}:{person.pk}:{at.isoformat()}",
        )


def _write_page_anew(business: Business) -> None:
    """Let the public page, which may be kept, say whether anybody looks after the profile."""
    if business.status == Business.Status.LISTED:
        put_in_lists(business, profile_of(business), pictures_of(business))


def _join(  # who, what, by whom and why
    business: Business,
    person: User,
    role: str,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
    **details: int,
) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        business=business, person=person, defaults={"role": role, "since": at}
    )
    before = "" if is_new else membership.role
    if not is_new and _RANK[Membership.Role(role)] > _RANK[Membership.Role(before)]:
        membership.role = role
        membership.save(update_fields=["role"])
    if membership.role == Membership.Role.OWNER and before != Membership.Role.OWNER:
        _write_page_anew(business)
    record(
        "directory.member.joined",
        business,
        actor=actor,
        at=at,
        reason=reason,
        before={"role": before},
        after={"role": membership.role},
        person=person.pk,
        **details,
    )
    return membership


def _tell(  # whom, of what, who did it and why
    business: Business, person: User, role: str, *, actor: User, at: datetime, reason: str
) -> None:
    """Write to a person whose role somebody else changed; without an e-mail nobody can."""
    if person.pk == actor.pk or not person.email:
        return
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "business": business,
            "role": str(Membership.Role(role).label).lower() if role else "",
            "changed_by": gettext("the network's office") if actor.is_staff else actor.name,
            "reason": reason,
        }
    send_template(
        "directory/mail/membership",
        context,
        language,
        to=person.email,
        kind="membership",
        at=at,
        key=f"membership:{business.pk}:{person.pk}:{role}:{at.isoformat()}",
    )


def _keep_an_owner(membership: Membership) -> None:
    others = Membership.objects.filter(
        business=membership.business_id, role=Membership.Role.OWNER
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise LastOwner
