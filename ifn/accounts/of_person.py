"""What this room keeps about a person, for the copy they may ask for. No secrets, no digests."""

from collections.abc import Mapping, Sequence

from ifn.accounts.consenting import words
from ifn.accounts.models import Consent, Duty, Passkey, Session, Territory, User


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the account, its ways in, where it is open, and what the person agreed to."""
    consents = Consent.objects.filter(person=person).order_by("given_at", "pk")
    return {
        "account": [
            {
                "name": person.name,
                "email": person.email,
                "phone": person.phone,
                "role": person.role,
                "language": person.language,
                "joined_at": person.joined_at,
                "last_signed_in_at": person.last_login,
                "second_factor_since": person.secured_at,
            }
        ],
        "duties": list(Duty.objects.filter(person=person).order_by("pk").values("kind")),
        "territory": list(Territory.objects.filter(person=person).order_by("pk").values("region")),
        "sessions": list(
            Session.objects.filter(account=person)
            .order_by("started_at")
            .values("device", "started_at", "seen_at")
        ),
        "passkeys": list(
            Passkey.objects.filter(person=person)
            .order_by("created_at")
            .values("name", "created_at", "used_at")
        ),
        "consents": [
            {
                "purpose": one.purpose,
                "version": one.version,
                "text_id": words(one.purpose, one.version).indonesian,
                "text_en": words(one.purpose, one.version).english,
                "how": one.how,
                "profile": one.profile,
                "field": one.field,
                "value": one.value,
                "given_at": one.given_at,
                "withdrawn_at": one.withdrawn_at,
            }
            for one in consents
        ],
    }
