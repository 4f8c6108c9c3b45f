"""Who stated each field of a profile, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ifn.directory.models import Attribution, Source
from ifn.directory.profile import NAMES, Profile

#: Questions that "no" answers; for all others a no is the same as nothing said.
_YES_OR_NO: Final = frozenset({"takes_job_orders", "has_own_production"})
#: What says how others are to be taken, not something about the business.
_SILENT: Final = frozenset({"address_visibility", "capacity_visibility", "kind"})


#: How much a statement weighs by the kind of its source.
_WEIGHT: Final = {
    Source.Kind.SELF: 4,
    Source.Kind.ASSISTED: 3,
    Source.Kind.OFFICER: 2,
    Source.Kind.LIST: 1,
    Source.Kind.DEMO: 0,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Who stated one field, and when; ``kind`` and ``label`` are those of the ``source``."""

    field: str
    source: int
    kind: str
    label: str
    stated_on: date

    @property
    def kind_name(self) -> str:
        """Return what the kind of source is called."""
        return str(Source.Kind(self.kind).label)

    @property
    def weight(self) -> tuple[int, date]:
        """Return what the better of two statements has more of: an own word, then freshness."""
        return _WEIGHT[Source.Kind(self.kind)], self.stated_on


def stated_fields(profile: Profile) -> list[str]:
    """Return the names of fields that say something, so that a source can be given for each."""
    return [name for name in NAMES if name not in _SILENT and _says(profile, name)]


def by_field(profile: Profile, stated: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statement behind each field that says something.

    What was entered at once was stated at once, and has one statement for the whole profile; a
    field that was stated apart has its own.
    """
    own = {one.field: one for one in stated}
    whole = own.get(Attribution.WHOLE)
    found = [(name, own.get(name, whole)) for name in stated_fields(profile)]
    return tuple(
        Statement(name, one.source, one.kind, one.label, one.stated_on)
        for name, one in found
        if one
    )


def _says(profile: Profile, name: str) -> bool:
    value = getattr(profile, name)
    if value is False:
        return name in _YES_OR_NO
    return value is not None and value not in ("", ())
