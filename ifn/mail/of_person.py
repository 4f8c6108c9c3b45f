"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.mail.models import Message


def to_address(address: str) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the messages to an address; what lets somebody in is left out."""
    found = Message.objects.filter(to=address).order_by("created_at")
    columns = ("kind", "subject", "text", "is_secret", "state", "created_at", "sent_at")
    return {
        "messages": [
            row | ({"text": ""} if row["is_secret"] else {}) for row in found.values(*columns)
        ]
    }
