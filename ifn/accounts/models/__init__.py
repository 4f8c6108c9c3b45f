"""People, what they may do, and what they sign in with."""

from ifn.accounts.models.consents import Consent, ConsentQuerySet
from ifn.accounts.models.people import Duty, Joined, Territory, User
from ifn.accounts.models.signing import Authenticator, Link, Passkey, RecoveryCode, Session

__all__ = [
    "Authenticator",
    "Consent",
    "ConsentQuerySet",
    "Duty",
    "Joined",
    "Link",
    "Passkey",
    "RecoveryCode",
    "Session",
    "Territory",
    "User",
]
