"""What this room keeps about a person, for the copy they may ask for; never a key itself."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.api.models import Key


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return a person's keys by what they are called."""
    keys = Key.objects.filter(person=person).order_by("made_at")
    return {"api_keys": list(keys.values("name", "beginning", "made_at", "used_at", "revoked_at"))}
