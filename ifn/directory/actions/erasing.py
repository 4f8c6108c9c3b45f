"""Take what is personal out of a profile, or a person out of the profiles they look after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ifn.accounts.actions import erase_consent_values
from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.people import end_membership
from ifn.directory.actions.pictures import delete_files, file_names
from ifn.directory.actions.profiles import lock, replace_facts
from ifn.directory.indexing import put_in_lists, take_off_lists
from ifn.directory.models import (
    Attribution,
    Business,
    Draft,
    Invitation,
    Membership,
    Merge,
    Picture,
    Revision,
    Twins,
)
from ifn.directory.profile import Profile, changed_fields
from ifn.directory.queries import pictures_of, profile_of
from ifn.directory.serial import from_json, to_json

#: The name of a profile that was erased.
ERASED = "Profil dihapus"


@transaction.atomic
def erase_contacts(business: Business, *, actor: User | None, at: datetime) -> int:
    """Remove every contact of a profile, what could bring one back, and their consents' values."""
    lock(business)
    before = profile_of(business)
    emptied = _without_contacts(before)
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
    gone += _empty_merged(business, _without_contacts, at=at)
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
    after = _without_facts(before)
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
    gone += _empty_merged(business, _without_facts, at=at)
    Merge.objects.filter(gone__merged_into=business).update(status=Business.Status.HIDDEN)
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
        end_membership(business, membership, actor=actor, at=at)
        gone += 1
    return gone


def _without_contacts(profile: Profile) -> Profile:
    return replace(profile, contacts=())


def _without_facts(profile: Profile) -> Profile:
    return Profile(name=ERASED, kind=profile.kind, region=profile.region)


def _empty_merged(business: Business, empty: Callable[[Profile], Profile], *, at: datetime) -> int:
    """Empty profiles merged into this one, and how profiles stood before; return how many facts."""
    gone = 0
    everyone = [business, *Business.objects.filter(merged_into=business).order_by("pk")]
    for one in everyone[1:]:
        before = profile_of(one)
        after = empty(before)
        changed = changed_fields(before, after)
        if changed:
            day = one.confirmed_on
            replace_facts(one, after, changed, version=one.version + 1, confirmed_on=day, at=at)
        gone += len(changed) + _forget_states(one)
    for merge in Merge.objects.filter(kept__in=everyone).order_by("pk"):
        stood = from_json(merge.before["profile"])
        emptied = empty(stood)
        if emptied != stood:
            merge.before = {**merge.before, "profile": to_json(emptied)}
            merge.save(update_fields=["before"])
            gone += 1
    return gone


def _forget_states(business: Business) -> int:
    """Remove what keeps earlier states of a profile."""
    gone = Draft.objects.filter(business=business).delete()[0]
    gone += Revision.objects.filter(business=business).delete()[0]
    for side in ("left", "right"):
        gone += Twins.objects.filter(**{side: business}).exclude(evidence=[]).update(evidence=[])
    return gone
