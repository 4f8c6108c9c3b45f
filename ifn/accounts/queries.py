"""Questions about people."""

from django.db.models import Q, QuerySet

from ifn.accounts.identifiers import identifier
from ifn.accounts.models import User


def person_with(text: str) -> User | None:
    """Return whoever signs in with this e-mail address or phone number, however it is spelt."""
    spelt = identifier(text)
    # One query either way, so that nobody learns from the time whether something is an identifier.
    return User.objects.filter(Q(email=spelt or "") | Q(phone=spelt or "")).first()


def administrators() -> QuerySet[User]:
    """Return the people who can look after the others."""
    return User.objects.filter(role=User.Role.ADMINISTRATOR, is_active=True).order_by("pk")
