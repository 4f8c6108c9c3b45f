"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.connections.models import Follow


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the searches a person follows."""
    follows = Follow.objects.filter(person=person).order_by("made_at", "pk")
    columns = ("name", "page", "query", "made_at", "looked_at", "news_at", "paused_at")
    return {"follows": list(follows.values(*columns))}
