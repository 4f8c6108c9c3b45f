"""Where the profile page leads to about its profile."""

from typing import Final

from ifn.ui.addresses import address_with

_NAMES: Final = {
    "write": "connections:write",
    "claim": "moderation:claim",
    "links": "moderation:links",
    "timeline": "site:timeline",
    "report": "moderation:report",
    "edit": "directory:overview",
}


def leads_of(number: str) -> dict[str, str]:
    """Return the addresses about the profile of a public number, by what they are for."""
    return {name: address_with(to, number) for name, to in _NAMES.items()}
