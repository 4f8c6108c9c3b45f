"""A phone number, WhatsApp or e-mail address is shown only with consent; without it stays hidden.

The database refuses anything else; here it is said how consent comes to a contact and how it ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from ifn.accounts.actions import end_consent, note_consent
from ifn.accounts.consenting import BEFORE, newest
from ifn.accounts.models import Consent, User
from ifn.audit.actions import record
from ifn.directory.completeness import percent
from ifn.directory.indexing import put_in_lists
from ifn.directory.models import Business, Contact, Revision, Visibility
from ifn.directory.profile import ContactFact, Profile
from ifn.directory.queries import pictures_of, profile_of

Key = tuple[str, str]
#: Which purpose a visibility takes.
PURPOSE: Final = {
    Visibility.PUBLIC: Consent.Purpose.CONTACT_PUBLIC,
    Visibility.MEMBERS: Consent.Purpose.CONTACT_MEMBERS,
}


@dataclass(frozen=True, slots=True)
class Consenting:
    """Who agreed that these contacts are shown, and how: by publishing, on the phone, on paper."""

    how: str
    person: User | None = None
    given_by: str = ""
    recorded_by: User | None = None


#: For invented profiles: there is nobody to ask.
INVENTED: Final = Consenting(Consent.How.DEMO)


def by_themselves(person: User) -> Consenting:
    """Return that somebody agrees by publishing their own profile."""
    return Consenting(Consent.How.SELF, person=person, recorded_by=person)


def needs_consent(fact: ContactFact) -> bool:
    """Say whether a contact, as it is to be shown, takes consent."""
    return fact.kind in Contact.PERSONAL and fact.visibility in PURPOSE


def allowed(
    profile: Profile, consenting: Consenting | None, business: Business | None = None
) -> Profile:
    """Return the profile with those contacts hidden that nobody agreed to have shown."""
    if consenting or not any(map(needs_consent, profile.contacts)):
        return profile
    there = _standing(business) if business else {}
    return replace(
        profile,
        contacts=tuple(
            one
            if not needs_consent(one) or _covers(there.get((one.kind, one.value)), one)
            else replace(one, visibility=Visibility.NOBODY)
            for one in profile.contacts
        ),
    )


def settled(
    business: Business,
    profile: Profile,
    consenting: Consenting | None,
    *,
    actor: User | None,
    at: datetime,
) -> Profile:
    """Return an allowed profile whose contacts have their consents; what is shown no more ends."""
    there = _standing(business)
    kept: set[int] = set()
    contacts = []
    for one in profile.contacts:
        if not needs_consent(one):
            contacts.append(one)
            continue
        consent = there.get((one.kind, one.value))
        if consent is None or not _covers(consent, one):
            consent = _given(business, one, consenting or INVENTED, actor=actor, at=at)
        kept.add(consent.pk)
        contacts.append(replace(one, consent=consent.pk))
    for consent in there.values():
        if consent.profile and consent.pk not in kept:
            end_consent(consent, actor=actor, at=at)
    return replace(profile, contacts=tuple(contacts))


def invented(profile: Profile, consent: Consent) -> Profile:
    """Return an invented profile whose contacts all have the one consent of the demo network."""
    return replace(
        profile,
        contacts=tuple(
            replace(one, consent=consent.pk) if needs_consent(one) else one
            for one in profile.contacts
        ),
    )


def carried_over(profile: Profile, *businesses: Business) -> Profile:
    """Return facts joined from these businesses with the consents they had; others are hidden."""
    there: dict[Key, Consent] = {}
    for business in businesses:
        there = _standing(business) | there
    contacts = []
    for one in profile.contacts:
        consent = there.get((one.kind, one.value))
        if not needs_consent(one):
            contacts.append(one)
        elif consent is not None and _covers(consent, one):
            contacts.append(replace(one, consent=consent.pk))
        else:
            contacts.append(replace(one, visibility=Visibility.NOBODY))
    return replace(profile, contacts=tuple(contacts))


def move_consents(gone: Business, kept: Business) -> None:
    """Let the consents of a profile be about the one that it was merged into."""
    known = _standing(kept)
    for key, consent in _standing(gone).items():
        if consent.profile and key not in known:
            consent.profile = kept.number
            consent.save(update_fields=["profile"])


def return_consents(gone: Business) -> None:
    """Let the consents of a profile that stands by itself again be about it again."""
    of_contacts = Contact.objects.filter(business=gone, consent__isnull=False).values("consent")
    Consent.objects.filter(pk__in=of_contacts).exclude(profile="").update(profile=gone.number)


def hide_what_others_agreed_to(business: Business) -> None:
    """Hide contacts that are shown by the consent of another profile, as a merge had left them."""
    lent = Contact.objects.filter(business=business, consent__isnull=False)
    lent = lent.exclude(consent__profile__in=["", business.number])
    lent.update(visibility=Visibility.NOBODY, consent=None)


def of_demo(*, at: datetime) -> Consent:
    """Return the consent that stands for all invented contacts, made when there is none."""
    found = Consent.objects.filter(how=Consent.How.DEMO, profile="").order_by("pk").first()
    return found or Consent.objects.create(
        purpose=Consent.Purpose.CONTACT_PUBLIC, version=BEFORE, how=Consent.How.DEMO, given_at=at
    )


def stood_before(last: Revision) -> None:
    """Let consents stand again that ended with a change which its own author takes back."""
    Consent.objects.filter(
        profile=last.business.number, withdrawn_at=last.made_at, withdrawn_by=last.person
    ).update(withdrawn_at=None, withdrawn_by=None)


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor: User, at: datetime) -> bool:
    """End a consent about a profile and hide what it showed; say whether it stood till now.

    What it showed, a contact or that orders were agreed, is hidden at once and everywhere.
    """
    business = Business.objects.select_for_update().filter(number=consent.profile).first()
    if business is None:
        return end_consent(consent, actor=actor, at=at)
    if consent.purpose == Consent.Purpose.OUTCOMES_PUBLIC:
        return end_outcomes(business, consent, actor=actor, at=at)
    return hide_contacts(business, [consent], actor=actor, at=at) > 0


def hide_contacts(
    business: Business, consents: Iterable[Consent], *, actor: User | None, at: datetime
) -> int:
    """End these consents and hide what they showed; call it when the business is locked."""
    ended = [one for one in consents if end_consent(one, actor=actor, at=at)]
    if not ended:
        return 0
    shown = Contact.objects.filter(business=business, consent__in=ended)
    kinds = sorted(set(shown.values_list("kind", flat=True)))
    shown.update(visibility=Visibility.NOBODY, consent=None)
    profile, pictures = profile_of(business), pictures_of(business)
    business.version += 1  # whoever has the profile open is told; nobody takes it back
    business.updated_at = at
    business.completeness = percent(profile, pictures=len(pictures))
    business.save(update_fields=["version", "updated_at", "completeness"])
    put_in_lists(business, profile, pictures)
    record("directory.contact.withdrawn", business, actor=actor, at=at, kinds=kinds)
    return len(ended)


def end_outcomes(business: Business, consent: Consent, *, actor: User | None, at: datetime) -> bool:
    """End the consent to show agreements, in the caller's transaction; say whether it stood."""
    if not end_consent(consent, actor=actor, at=at):
        return False
    record("directory.outcomes.hidden", business, actor=actor, at=at)
    return True


def _covers(consent: Consent | None, fact: ContactFact) -> bool:
    if consent is None:
        return False
    return consent.purpose == Consent.Purpose.CONTACT_PUBLIC or (
        fact.visibility == Visibility.MEMBERS
    )


def _standing(business: Business) -> dict[Key, Consent]:
    """Return the consents of a profile's contacts; to everybody where there is one to both."""
    standing = Consent.objects.standing().about_contacts()
    own = standing.filter(profile=business.number).order_by("-purpose")
    found = {(one.field, one.value): one for one in own}
    shared = Contact.objects.filter(business=business, consent__how=Consent.How.DEMO)
    for contact in shared.select_related("consent"):
        if contact.consent:
            found.setdefault((contact.kind, contact.value), contact.consent)
    return found


def _given(
    business: Business,
    fact: ContactFact,
    consenting: Consenting,
    *,
    actor: User | None,
    at: datetime,
) -> Consent:
    if consenting.how == Consent.How.DEMO:
        return of_demo(at=at)
    purpose = PURPOSE[Visibility(fact.visibility)]
    about = {"profile": business.number, "field": fact.kind, "value": fact.value}
    # A row of the same words may stand that a removed contact left behind.
    if stands := Consent.objects.standing().filter(purpose=purpose, **about).first():
        return stands
    consent = Consent(
        purpose=purpose,
        version=newest(purpose),
        how=consenting.how,
        person=consenting.person,
        given_by=consenting.given_by,
        recorded_by=consenting.recorded_by,
        given_at=at,
        **about,
    )
    return note_consent(consent, actor=actor, at=at)


def still_hidden(business: Business, wanted: Sequence[ContactFact]) -> list[str]:
    """Return the kinds of contacts that were to be shown and are hidden for want of consent."""
    stored = {(one.kind, one.value): one.visibility for one in profile_of(business).contacts}
    return [
        one.kind
        for one in wanted
        if needs_consent(one) and stored.get((one.kind, one.value)) == Visibility.NOBODY
    ]
