"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.mail.models import Bounce, Message, Refusal


def to_address(address: str) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the messages to an address, and what was refused or came back; no keys that let in."""
    found = Message.objects.filter(to=address).order_by("created_at")
    columns = ("kind", "subject", "text", "is_secret", "state", "created_at", "sent_at")
    return {
        "messages": [
            row | ({"text": ""} if row["is_secret"] else {}) for row in found.values(*columns)
        ],
        "refusals": list(
            Refusal.objects.filter(address=address).values("address", "refused_at", "code")
        ),
        "bounces": list(
            Bounce.objects.filter(message__to=address)
            .order_by("noted_at", "pk")
            .values("message__subject", "status", "noted_at")
        ),
    }
