"""Questions about API keys."""

import hashlib

from ifn.accounts.models import User
from ifn.api.models import Key


def digest_of(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def keys_of(person: User) -> list[Key]:
    """Return a person's keys, live ones first, the newest first."""
    keys = Key.objects.filter(person=person).order_by("-made_at", "-pk")
    return sorted(keys, key=lambda key: key.revoked_at is not None)


def live_key(given: str) -> Key | None:
    """Return the live key of somebody who may still sign in, or nothing."""
    return Key.objects.live().filter(digest=digest_of(given), person__is_active=True).first()
