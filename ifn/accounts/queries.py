"""Questions about people."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Q, QuerySet

from ifn.accounts.identifiers import identifier
from ifn.accounts.models import Authenticator, Link, Passkey, RecoveryCode, Session, User


def person_with(text: str) -> User | None:
    """Return whoever signs in with this e-mail address or phone number, however it is spelt."""
    spelt = identifier(text)
    # One query either way, so that nobody learns from the time whether something is an identifier.
    return User.objects.filter(Q(email=spelt or "") | Q(phone=spelt or "")).first()


def administrators() -> QuerySet[User]:
    """Return the people who can look after the others."""
    return User.objects.filter(role=User.Role.ADMINISTRATOR, is_active=True).order_by("pk")


def people(*, words: str = "", role: str = "") -> QuerySet[User]:
    """Return people by name, with these words in name, e-mail or phone, and of this role."""
    found = User.objects.order_by("name", "pk")
    for word in words.split()[:8]:
        fits = Q(name__icontains=word) | Q(email__icontains=word)
        digits = identifier(word) if "@" not in word else None
        found = found.filter(fits | Q(phone__contains=digits or word.lstrip("+0") or word))
    return found.filter(role=role) if role else found


def digest_of(key: str) -> str:
    """Return what is kept of a link's key."""
    return sha256(key.encode()).hexdigest()


def link_with(key: str, purpose: Link.Purpose, *, at: datetime) -> Link | None:
    """Return the link of this purpose and key, if it still opens."""
    found = Link.objects.filter(digest=digest_of(key), purpose=purpose, expires_at__gt=at)
    return found.first()


def sessions_of(person: User, *, at: datetime) -> QuerySet[Session]:
    """Return where a person is signed in, the last used first."""
    found = Session.objects.filter(account=person, expire_date__gt=at)
    return found.order_by("-seen_at", "-started_at", "session_key")


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has beside the password."""

    authenticator: Authenticator | None
    passkeys: list[Passkey]
    recovery_codes: int


def factors_of(person: User) -> Factors:
    """Return the second factors of a person."""
    return Factors(
        Authenticator.objects.filter(person=person).first(),
        list(Passkey.objects.filter(person=person).order_by("created_at", "pk")),
        RecoveryCode.objects.filter(person=person).count(),
    )


def passkey_with(credential: str) -> Passkey | None:
    """Return the passkey that a device calls by this name, with its person."""
    return Passkey.objects.select_related("person").filter(credential=credential).first()
