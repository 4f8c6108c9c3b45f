"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.intake.models import List


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the lists a person loaded."""
    lists = List.objects.filter(actor=person).order_by("received_at")
    return {"lists": list(lists.values("file_name", "sheet", "received_at", "state"))}
