"""Take what is personal out of a profile, or a person out of the profiles they look after."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ifn.accounts.actions import erase_consent_values
from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.pictures import delete_files, file_names
from ifn.directory.actions.profiles import lock, replace_facts
from ifn.directory.indexing import put_in_lists, take_off_lists
from ifn.directory.models import (
    Attribution,
    Business,
    Draft,
    Invitation,
    Membership,
    Picture,
    Revision,
    Twins,
)
from ifn.directory.profile import Profile, changed_fields
from ifn.directory.queries import pictures_of, profile_of

#: The name of a profile that was erased.
ERASED = "Profil dihapus"


@transaction.atomic
def erase_contacts(business: Business, *, actor: User | None, at: datetime) -> int:
    """Remove every contact of a profile, what could bring one back, and their consents' values."""
    lock(business)
    before = profile_of(business)
    emptied = replace(before, contacts=())
    gone = len(before.contacts)
    if gone:
        replace_facts(
            business,
            emptied,
            ["contacts"],
            version=business.version + 1,
            confirmed_on=business.confirmed_on,
            at=at,
        )
        Attribution.objects.filter(business=business, field="contacts").delete()
        put_in_lists(business, emptied, pictures_of(business))
    gone += _forget_states(business)
    gone += erase_consent_values(business.number, actor=actor, at=at)
    if gone:
        record("directory.contacts.erased", business, actor=actor, at=at)
    return gone


@transaction.atomic
def erase_profile(business: Business, *, actor: User | None, at: datetime) -> int:
    """Empty and hide a profile; number, kind and region stay, so that links end at one place."""
    gone = erase_contacts(business, actor=actor, at=at)
    lock(business)
    before = profile_of(business)
    after = Profile(name=ERASED, kind=before.kind, region=before.region)
    changed = changed_fields(before, after)
    pictures = list(Picture.objects.filter(business=business))
    if not (changed or pictures or business.status != Business.Status.HIDDEN):
        return gone
    files = [name for one in pictures for name in file_names(one)]
    Picture.objects.filter(business=business).delete()
    replace_facts(business, after, changed, version=business.version + 1, confirmed_on=None, at=at)
    Business.objects.filter(pk=business.pk).update(status=Business.Status.HIDDEN)
    business.refresh_from_db()
    Attribution.objects.filter(business=business).delete()
    take_off_lists([business.pk])
    record("directory.business.erased", business, actor=actor, at=at)
    if not business.is_demo:  # demo profiles share their drawings
        transaction.on_commit(lambda: delete_files(files))
    return gone + len(changed) + len(pictures)


@transaction.atomic
def erase_from_profiles(person: User, *, actor: User | None, at: datetime) -> int:
    """Take a person out of all profiles, with their drafts and the invitations they made."""
    gone = Draft.objects.filter(person=person).delete()[0]
    gone += Invitation.objects.filter(invited_by=person).delete()[0]
    gone += Invitation.objects.filter(accepted_by=person).exclude(note="").update(note="")
    gone += Revision.objects.filter(person=person).delete()[0]
    for membership in Membership.objects.filter(person=person).select_related("business"):
        business = membership.business
        lock(business)
        membership.delete()
        gone += 1
        if business.status == Business.Status.LISTED:
            put_in_lists(business, profile_of(business), pictures_of(business))
        record("directory.member.removed", business, actor=actor, at=at, person=person.pk)
    return gone


def _forget_states(business: Business) -> int:
    """Remove what keeps earlier states of a profile."""
    gone = Draft.objects.filter(business=business).delete()[0]
    gone += Revision.objects.filter(business=business).delete()[0]
    for side in ("left", "right"):
        gone += Twins.objects.filter(**{side: business}).exclude(evidence=[]).update(evidence=[])
    return gone
