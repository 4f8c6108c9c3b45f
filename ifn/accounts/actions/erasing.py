"""Take a person out of their account; the row stays, for the record of deeds points at it."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.actions.people import LastAdministrator
from ifn.accounts.actions.sessions import end_sessions
from ifn.accounts.models import (
    Authenticator,
    Consent,
    Duty,
    Link,
    Passkey,
    RecoveryCode,
    Session,
    Territory,
    User,
)
from ifn.accounts.queries import administrators
from ifn.audit.actions import record

#: What stands in place of a name, a number, an address.
NOBODY = "Akun dihapus"


@transaction.atomic
def erase_person(person: User, *, actor: User | None, at: datetime) -> int:
    """Close an account for good and leave nothing in it that says whose it was.

    Erased once more, nothing happens. Returns how many rows went or were emptied.

    Raises:
        LastAdministrator: It is the only administrator's.

    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        return 0
    if person.is_administrator and not administrators().exclude(pk=person.pk).exists():
        raise LastAdministrator
    known = [one for one in (person.email, person.phone) if one]
    gone = Link.objects.filter(subject__in=[*known, str(person.pk)]).delete()[0]
    gone += Authenticator.objects.filter(person=person).delete()[0]
    gone += Passkey.objects.filter(person=person).delete()[0]
    gone += RecoveryCode.objects.filter(person=person).delete()[0]
    gone += Duty.objects.filter(person=person).delete()[0]
    gone += Territory.objects.filter(person=person).delete()[0]
    gone += Session.objects.filter(account=person).delete()[0]
    gone += Consent.objects.filter(person=person).exclude(given_by="").update(given_by="")
    before = {"name": person.name, "email": person.email, "phone": person.phone}
    person.name, person.email, person.phone = NOBODY, person.erased_email, None
    person.role, person.is_active, person.secured_at = User.Role.MEMBER, False, None
    person.set_unusable_password()
    person.save()
    end_sessions(person)
    record(
        "accounts.person.erased",
        person,
        actor=actor,
        at=at,
        before=before,
        after={"name": person.name, "email": person.email, "phone": None},
    )
    return gone + 1


@transaction.atomic
def erase_consent_values(profile: str, *, actor: User | None, at: datetime) -> int:
    """End what people agreed to about a profile's contacts and forget the contacts themselves."""
    found = Consent.objects.filter(profile=profile)
    for consent in found.standing():
        Consent.objects.filter(pk=consent.pk).update(
            withdrawn_at=max(at, consent.given_at), withdrawn_by=actor
        )
    return found.exclude(value="", given_by="").update(value="", given_by=NOBODY)
