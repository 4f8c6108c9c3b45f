"""Bring a row up to date with the shipped data without losing what was edited in the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What a row must hold now, and which fields keep an edit although the file says otherwise."""

    values: dict[str, Any]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load of shipped data did; all zero when it found everything in place."""

    created: int = 0
    updated: int = 0
    retired: int = 0
    kept_edits: int = 0

    @property
    def wrote(self) -> bool:
        """Say whether the load changed anything."""
        return bool(self.created or self.updated or self.retired)


def merge(current: Mapping[str, Any], last: Mapping[str, Any], new: Mapping[str, Any]) -> Merged:
    """Take each new value unless the current one was edited since ``last`` was loaded.

    A value was edited when it differs from the one loaded last; a field that was never loaded
    takes the new value.
    """
    values: dict[str, Any] = {}
    kept = []
    for field, value in new.items():
        if field in last and current[field] != last[field]:
            values[field] = current[field]
            if current[field] != value:
                kept.append(field)
        else:
            values[field] = value
    return Merged(values, tuple(kept))
