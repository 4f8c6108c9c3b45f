"""What a list says about a profile that is there: field by field, taken or not, and why. Pure.

What is empty never erases. Lists of things are added to. What the firm itself said, or the office
for it, is never overwritten unless a person chose so; what an older list said is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from ifn.directory.merging import KEYS
from ifn.directory.profile import Profile, comparable
from ifn.directory.provenance import Statement

#: Fields that a list can state; how others are to be taken is never a list's to say.
FIELDS: Final = (
    *("name", "legal_form", "brands", "founded_year", "nib", "workers", "capabilities"),
    *("region", "address", "postcode", "contacts"),
)
#: Who may not be overwritten: the business itself, the office for it, and the office.
OWN_WORD: Final = frozenset({"self", "assisted", "officer"})


@dataclass(frozen=True, slots=True)
class Change:
    """A field in which a list and a profile differ; ``why`` says why it is taken, or not."""

    field: str
    before: Any
    after: Any
    is_taken: bool
    why: str
    stated: Statement | None = None


def changes(
    current: Profile,
    stated: Profile,
    said_by: Mapping[str, Statement],
    *,
    stated_on: date,
    chosen: Mapping[str, bool] | None = None,
) -> list[Change]:
    """Return the fields in which a row and a profile differ, with what is to happen.

    ``said_by`` tells who stated what stands; ``chosen`` is what a person said of single fields.
    """
    found = []
    for name in FIELDS:
        before, after = getattr(current, name), _joined(current, stated, name)
        if after in ("", (), None) or _is_same(current, name, after):
            continue
        known = said_by.get(name)
        is_taken, why = _rule(name, before, known, stated_on)
        if chosen and name in chosen:
            is_taken, why = chosen[name], "chosen"
        found.append(Change(name, before, after, is_taken, why, known))
    return found


def revised(current: Profile, found: list[Change]) -> Profile:
    """Return the profile with the changes that are taken."""
    return replace(current, **{one.field: one.after for one in found if one.is_taken})


def _joined(current: Profile, stated: Profile, name: str) -> Any:
    """Return what a field holds when the list's word is taken: of lists of things, both."""
    after = getattr(stated, name)
    if name not in KEYS:
        return after
    key = KEYS[name]
    there = {key(one) for one in getattr(current, name)}
    new = tuple(one for one in after if key(one) not in there)
    return (*getattr(current, name), *new) if new else ()


def _is_same(current: Profile, name: str, after: Any) -> bool:
    if name == "name":  # capitals and spaces are no change of a name
        return " ".join(after.casefold().split()) == " ".join(current.name.casefold().split())
    return comparable(replace(current, **{name: after}), name) == comparable(current, name)


def _rule(name: str, before: Any, known: Statement | None, stated_on: date) -> tuple[bool, str]:
    if name in KEYS and before:
        return (True, "added") if known is None or known.kind not in OWN_WORD else (False, "own")
    if before in ("", (), None):
        return True, "empty"
    if known is not None and known.kind in OWN_WORD:
        return False, "own"
    if known is not None and known.stated_on > stated_on:
        return False, "newer"
    if name in {"name", "region"}:
        return False, "who_it_is"
    return True, "older_list"
