"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.connections.models import Chain


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the briefs a person asked chains for."""
    return {
        "chains": list(
            Chain.objects.filter(person=person)
            .order_by("asked_at", "pk")
            .values("name", "brief", "state", "asked_at", "saved_at", "shared_at")
        )
    }
