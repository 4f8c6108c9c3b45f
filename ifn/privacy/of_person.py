"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.privacy.models import DataRequest, Export


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return a person's requests about their data and the copies they asked for."""
    return {
        "data_requests": list(
            DataRequest.objects.filter(person=person)
            .order_by("received_at")
            .values(
                "number", "kind", "state", "text", "received_at", "due_at", "ended_at", "reason"
            )
        ),
        "exports": list(
            Export.objects.filter(person=person)
            .order_by("asked_at")
            .values("asked_at", "made_at", "expires_at")
        ),
    }
