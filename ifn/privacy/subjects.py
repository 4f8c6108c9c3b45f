"""Whom a request is about: an account, a profile, and the addresses that are theirs."""

from dataclasses import dataclass

from ifn.accounts.models import User
from ifn.directory.models import Business, Contact
from ifn.privacy.models import DataRequest


@dataclass(frozen=True, slots=True)
class Subject:
    """An account, a profile, or both, and every e-mail address and number that goes with them."""

    person: User | None
    business: Business | None
    addresses: tuple[str, ...]


def subject_of(asked: DataRequest) -> Subject:
    """Return whom a request is about, as things stand now."""
    known = {asked.email, asked.phone}
    if asked.person:
        known |= {asked.person.email or "", asked.person.phone or ""}
    if asked.business:
        contacts = Contact.objects.filter(business=asked.business, kind__in=Contact.PERSONAL)
        known |= set(contacts.values_list("value", flat=True))
    return Subject(asked.person, asked.business, tuple(sorted(known - {""})))
