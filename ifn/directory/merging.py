"""Bring together what two people changed in one profile since both opened it. Pure.

What only one of them changed is taken from that one. Where both changed a list (capabilities,
brands, languages, contacts, certificates), what each added is there and what each removed is gone.
Only where both wrote something else into the same field has a person to choose.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ifn.directory.profile import Profile, changed_fields, comparable

#: By what the entries of a list are the same entry, whatever else is said of them.
KEYS: Mapping[str, Callable[[Any], Hashable]] = {
    "brands": lambda one: one,
    "languages": lambda one: one,
    "capabilities": lambda one: (one.vocabulary, one.code),
    "certificates": lambda one: (one.code, one.number),
    "contacts": lambda one: (one.kind, one.value),
}


@dataclass(frozen=True, slots=True)
class Merged:
    """A profile with both people's changes; in conflicts it has what was written last."""

    profile: Profile
    #: Fields into which both wrote something else.
    conflicts: tuple[str, ...]
    #: Fields that only the other one changed.
    taken: tuple[str, ...]


def merge(base: Profile, mine: Profile, theirs: Profile) -> Merged:
    """Return what comes of ``base`` when one person made ``mine`` of it and another ``theirs``."""
    values: dict[str, Any] = {}
    conflicts: list[str] = []
    own, other = changed_fields(base, mine), changed_fields(base, theirs)
    for name in other:
        if name not in own:
            values[name] = getattr(theirs, name)
        elif comparable(mine, name) == comparable(theirs, name):
            continue
        elif name in KEYS:
            values[name], agreed = _merged_list(
                getattr(base, name), getattr(mine, name), getattr(theirs, name), KEYS[name]
            )
            if not agreed:
                conflicts.append(name)
        else:
            conflicts.append(name)
    taken = tuple(name for name in values if name not in conflicts)
    return Merged(replace(mine, **values), tuple(conflicts), taken)


def _merged_list(
    start: tuple[Any, ...],
    own: tuple[Any, ...],
    other: tuple[Any, ...],
    key: Callable[[Any], Hashable],
) -> tuple[tuple[Any, ...], bool]:
    """Return the list with both people's changes, and whether they agree about each entry."""
    before, mine, theirs = ({key(one): one for one in many} for many in (start, own, other))
    removed = before.keys() - mine.keys()
    found = {name: one for name, one in theirs.items() if name not in removed}
    agreed = True
    for name, one in mine.items():
        was = before.get(name)
        if one == was:
            continue  # as it was: what the other one made of it stands
        agreed &= theirs.get(name, was) in (was, one)
        if was is None or name in theirs:
            found[name] = one
    return tuple(found.values()), agreed
