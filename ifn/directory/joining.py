"""Make one profile of two that are about one business, by groups of fields. Pure.

Fields that only mean something together are chosen together: an address with who may see it and
its point on the map, a capacity with who may see it. So nobody's address or number is shown to more
people than its own profile showed it to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from ifn.directory.merging import KEYS
from ifn.directory.models import Visibility
from ifn.directory.profile import ContactFact, Profile, comparable
from ifn.directory.provenance import Statement

#: Whose word counts.
KEPT, GONE, BOTH = "kept", "gone", "both"
#: Fields by the group that is chosen as one; a group is called as its first field.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    fields[0]: fields
    for fields in (
        ("name",),
        ("legal_form",),
        ("kind",),
        ("nib",),
        ("founded_year",),
        ("brands",),
        ("summary_id",),
        ("summary_en",),
        ("story_id",),
        ("story_en",),
        ("services_id",),
        ("services_en",),
        ("capabilities",),
        ("certificates",),
        ("size_ministry",),
        ("size_statistics",),
        ("size_msme",),
        ("workers",),
        ("monthly_capacity", "capacity_visibility"),
        ("minimum_order",),
        ("lead_time_days",),
        ("size_from", "size_to"),
        ("sample_policy", "sample_days"),
        ("sole_source",),
        ("takes_job_orders",),
        ("has_own_production",),
        ("sells_locally",),
        ("sells_nationally",),
        ("exports", "export_countries"),
        ("languages",),
        (
            *("region", "address", "postcode", "address_visibility"),
            *("latitude", "longitude", "precision"),
        ),
        ("contacts",),
    )
}
#: From the fewest to the most who see it.
_SEEN_BY: Final = (Visibility.NOBODY, Visibility.MEMBERS, Visibility.PUBLIC)


def differing(one: Profile, other: Profile) -> list[str]:
    """Return the groups in which two profiles say something else."""
    return [
        group
        for group, fields in GROUPS.items()
        if any(comparable(one, name) != comparable(other, name) for name in fields)
    ]


def is_list(group: str) -> bool:
    """Say whether of this group both can be kept."""
    return group in KEYS


def says(profile: Profile, group: str) -> bool:
    """Say whether a profile says anything in a group; who may see nothing says nothing."""
    return any(
        getattr(profile, name) not in (None, "", (), False)
        for name in GROUPS[group]
        if not name.endswith("_visibility")
    )


def proposed(
    kept: Profile,
    gone: Profile,
    stated: tuple[Mapping[str, Statement], Mapping[str, Statement]],
) -> dict[str, str]:
    """Return whose word should count where two profiles differ.

    Of lists both; else whoever says anything; else the business's own word before others' and
    lists'; then the newer one; then the kept one's.
    """
    return {group: _proposed(group, kept, gone, stated) for group in differing(kept, gone)}


def _proposed(
    group: str,
    kept: Profile,
    gone: Profile,
    stated: tuple[Mapping[str, Statement], Mapping[str, Statement]],
) -> str:
    if not says(gone, group):
        return KEPT
    if not says(kept, group):
        return GONE
    if is_list(group):
        return BOTH
    own, other = (_of_group(one, group) for one in stated)
    if other and (own is None or other.weight > own.weight):
        return GONE
    return KEPT


def _of_group(stated: Mapping[str, Statement], group: str) -> Statement | None:
    """Return the statement that decides for a group: that of its first stated field."""
    return next((stated[name] for name in GROUPS[group] if name in stated), None)


def joined(kept: Profile, gone: Profile, chosen: Mapping[str, str]) -> Profile:
    """Return the kept profile with what was chosen from the other one."""
    values: dict[str, Any] = {}
    for group, side in chosen.items():
        if side == BOTH and is_list(group):
            values[group] = _together(group, getattr(kept, group), getattr(gone, group))
        elif side == GONE:
            values |= {name: getattr(gone, name) for name in GROUPS[group]}
    return replace(kept, **values)


def _together(group: str, kept: Iterable[Any], gone: Iterable[Any]) -> tuple[Any, ...]:
    key: Callable[[Any], Any] = KEYS[group]
    found: dict[Any, Any] = {}
    for one in (*kept, *gone):
        before = found.setdefault(key(one), one)
        if before is not one and isinstance(one, ContactFact):
            found[key(one)] = replace(before, visibility=_fewest(before, one))
    return tuple(found.values())


def _fewest(one: ContactFact, other: ContactFact) -> str:
    """Return who may see a contact that was shown to more people on one of two profiles."""
    return min(
        (one.visibility, other.visibility), key=lambda seen: _SEEN_BY.index(Visibility(seen))
    )


def attributed(
    profiles: tuple[Profile, Profile],
    chosen: Mapping[str, str],
    stated: tuple[Mapping[str, Statement], Mapping[str, Statement]],
) -> dict[str, Statement]:
    """Return who stated each field of the joined profile.

    Where entries of two lists stand together, the weaker and older statement is given for all:
    nobody is said to have stated what they did not.
    """
    found: dict[str, Statement] = {}
    for group, fields in GROUPS.items():
        side = chosen.get(group, KEPT)
        for name in fields:
            given = [one.get(name) for one in stated]
            said = given[side == GONE] if side != BOTH else _of_both(group, profiles, given)
            if said is not None:
                found[name] = said
    return found


def _of_both(
    group: str, profiles: tuple[Profile, Profile], given: list[Statement | None]
) -> Statement | None:
    kept, gone = ({KEYS[group](one) for one in getattr(each, group)} for each in profiles)
    if gone <= kept:
        return given[0]
    if kept <= gone:
        return given[1]
    return min(filter(None, given), key=lambda one: one.weight, default=None)


def for_visitors(profile: Profile) -> Profile:
    """Return of a profile what everybody may see, for officers of other regions."""
    shows_where = profile.address_visibility == Visibility.PUBLIC
    hidden: dict[str, Any] = {"workers": None}
    if not shows_where:
        hidden |= {"address": "", "postcode": "", "precision": ""}
        hidden |= {"latitude": None, "longitude": None}
    if profile.capacity_visibility != Visibility.PUBLIC:
        hidden["monthly_capacity"] = None
    seen = tuple(one for one in profile.contacts if one.visibility == Visibility.PUBLIC)
    return replace(profile, **hidden, contacts=seen)
