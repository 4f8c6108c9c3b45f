"""A profile as JSON and back, for drafts and for what a change can be undone to. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from ifn.directory.profile import CapabilityFact, CertificateFact, ContactFact, Profile

_NAMES = frozenset(field.name for field in fields(Profile))
_SIZES = ("size_from", "size_to")
_DAYS = ("issued_on", "expires_on")


def to_json(profile: Profile) -> dict[str, Any]:
    """Return a profile as JSON has it; dates and sizes are text."""
    found = asdict(profile)
    for name in _SIZES:
        if found[name] is not None:
            found[name] = str(found[name])
    for certificate in found["certificates"]:
        for name in _DAYS:
            if certificate[name] is not None:
                certificate[name] = certificate[name].isoformat()
    return found


def from_json(stored: Mapping[str, Any]) -> Profile:
    """Return a profile kept as JSON; fields that did not exist then have their empty value."""
    found = {name: value for name, value in stored.items() if name in _NAMES}
    for name in _SIZES:
        if found.get(name) is not None:
            found[name] = Decimal(found[name])
    for name in ("brands", "languages"):
        found[name] = tuple(found.get(name, ()))
    found["capabilities"] = tuple(CapabilityFact(**one) for one in found.get("capabilities", ()))
    found["contacts"] = tuple(ContactFact(**one) for one in found.get("contacts", ()))
    found["certificates"] = tuple(map(_certificate, found.get("certificates", ())))
    return Profile(**found)


def _certificate(stored: Mapping[str, Any]) -> CertificateFact:
    days = {name: date.fromisoformat(stored[name]) for name in _DAYS if stored.get(name)}
    return CertificateFact(**{**stored, **dict.fromkeys(_DAYS), **days})
