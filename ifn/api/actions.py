"""What happens to API keys; each making and revoking leaves a line in the record."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from ifn.accounts.models import User
from ifn.api.models import Key
from ifn.api.queries import digest_of
from ifn.audit.actions import record

#: Letters and digits that nobody mistakes for one another.
_ALPHABET: Final = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 40
BEGINNING: Final = 12
#: Live keys a person may have.
MOST: Final = 10
#: "Last used" is as exact as this, so that using a key does not cost a write each time.
USE_NOTED_EVERY: Final = timedelta(hours=1)


class NameTaken(Exception):  # noqa: N818
    """The person has a live key of this name already, perhaps by pressing the button twice."""


class TooManyKeys(Exception):  # noqa: N818
    """The person has as many live keys as anybody may have."""


@transaction.atomic
def make_key(*, person: User, name: str, actor: User, at: datetime) -> tuple[Key, str]:
    """Make a key and return it with what is shown once and kept nowhere.

    Raises:
        NameTaken: A live key has this name.
        TooManyKeys: The person must revoke one first.

    """
    User.objects.select_for_update().get(pk=person.pk)
    if Key.objects.live().filter(person=person).count() >= MOST:
        raise TooManyKeys
    secret = "ifn_" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    key = Key(
        person=person,
        name=name,
        beginning=secret[:BEGINNING],
        digest=digest_of(secret),
        made_at=at,
    )
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError:  # a second digest of the same kind would need 2 to the 116th keys
        raise NameTaken from None
    record("api.key.made", key, actor=actor, at=at, after={"name": name})
    return key, secret


@transaction.atomic
def revoke_key(key: Key, *, actor: User, at: datetime) -> Key:
    """End a key; revoking it once more changes nothing."""
    key = Key.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        record("api.key.revoked", key, actor=actor, at=at)
    return key


def note_use(key: Key, *, at: datetime) -> None:
    """Note that a key was used, at most once an hour."""
    if key.used_at is not None and at - key.used_at < USE_NOTED_EVERY:
        return
    unnoted = Q(used_at=None) | Q(used_at__lte=at - USE_NOTED_EVERY)
    Key.objects.filter(unnoted, pk=key.pk).update(used_at=at)


@transaction.atomic
def erase_keys(person: User, *, actor: User | None, at: datetime) -> int:
    """Remove a person's keys; what they opened is closed with the next request."""
    gone = Key.objects.filter(person=person).delete()[0]
    if gone:
        record("api.keys.erased", person, actor=actor, at=at, keys=gone)
    return gone
