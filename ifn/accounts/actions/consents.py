"""People agree and withdraw; consents about contacts go through the directory, which hides them."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.consenting import newest
from ifn.accounts.models import Consent, User
from ifn.audit.actions import record


@transaction.atomic
def agree(purpose: Consent.Purpose, *, person: User, at: datetime) -> Consent:
    """Note that a person agrees to something of their own account; said twice it is noted once."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    mine = Consent.objects.standing().filter(person=person, purpose=purpose, profile="")
    if there := mine.first():
        return there
    consent = Consent(
        purpose=purpose,
        version=newest(purpose),
        how=Consent.How.SELF,
        person=person,
        recorded_by=person,
        given_at=at,
    )
    return note_consent(consent, actor=person, at=at)


def note_consent(consent: Consent, *, actor: User | None, at: datetime) -> Consent:
    """Keep a consent that was given, in the caller's transaction."""
    consent.save(force_insert=True)
    record(
        "accounts.consent.given",
        consent,
        actor=actor,
        at=at,
        purpose=consent.purpose,
        version=consent.version,
        how=consent.how,
        profile=consent.profile,
        field=consent.field,
    )
    return consent


def end_consent(consent: Consent, *, actor: User | None, at: datetime) -> bool:
    """Note that a consent is withdrawn, in the caller's transaction; say whether it stood."""
    ended = Consent.objects.standing().filter(pk=consent.pk)
    if not ended.update(withdrawn_at=max(at, consent.given_at), withdrawn_by=actor):
        return False
    record(
        "accounts.consent.withdrawn",
        consent,
        actor=actor,
        at=at,
        purpose=consent.purpose,
        profile=consent.profile,
        field=consent.field,
    )
    return True


@transaction.atomic
def withdraw(consent: Consent, *, actor: User, at: datetime) -> None:
    """Withdraw a consent that is about no contact."""
    end_consent(consent, actor=actor, at=at)
