"""Two profiles side by side, in words: what an officer compares before making one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ifn.directory.joining import BOTH, GONE, GROUPS, KEPT, differing, is_list, says
from ifn.directory.models import Visibility
from ifn.directory.profile import Profile
from ifn.directory.wording import field_names, said
from ifn.linkage.evidence import AGAINST, Evidence
from ifn.linkage.wording import said as evidence_said

LEFT, RIGHT = "left", "right"
#: Who may see a fact is said behind it.
_SEEN_BY: Final = {"address_visibility": "address", "capacity_visibility": "monthly_capacity"}


@dataclass(frozen=True, slots=True)
class Line:
    """A group of fields of two profiles: what each says, and whose word should count."""

    group: str
    label: str
    left: str
    right: str
    picked: str
    has_both: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return what can be picked, with what each says."""
        both = [(BOTH, "")] if self.has_both else []
        return [(LEFT, self.left), (RIGHT, self.right), *both]


@dataclass(frozen=True, slots=True)
class Compared:
    """The lines in which both say something else, only one says anything, both say the same."""

    different: list[Line]
    one_sided: list[Line]
    same: list[Line]


def compared(left: Profile, right: Profile, picked: Mapping[str, str]) -> Compared:
    """Return two profiles line by line; what is ``picked`` is ``left``, ``right`` or ``both``."""
    apart = set(differing(left, right))
    lines = [
        Line(
            group,
            label_of(group),
            in_words(left, group),
            in_words(right, group),
            picked.get(group, LEFT),
            is_list(group) and says(left, group) and says(right, group),
        )
        for group in GROUPS
        if says(left, group) or says(right, group) or group in apart
    ]
    contrary = {group for group in apart if says(left, group) and says(right, group)}
    return Compared(
        [line for line in lines if line.group in contrary],
        [line for line in lines if line.group in apart - contrary],
        [line for line in lines if line.group not in apart],
    )


def by_side(chosen: Mapping[str, str], *, stays: str) -> dict[str, str]:
    """Turn whose word counts from kept and gone into left and right."""
    goes = RIGHT if stays == LEFT else LEFT
    sides = {KEPT: stays, GONE: goes, BOTH: BOTH}
    return {group: sides[side] for group, side in chosen.items()}


def by_role(picked: Mapping[str, str], *, stays: str) -> dict[str, str]:
    """Turn what was picked from left and right into kept and gone; what is strange is left out."""
    goes = RIGHT if stays == LEFT else LEFT
    roles = {stays: KEPT, goes: GONE, BOTH: BOTH}
    return {group: roles[side] for group, side in picked.items() if side in roles}


def label_of(group: str) -> str:
    """Return what a group of fields is called."""
    together = {
        "region": _("Place, address and point on the map"),
        "monthly_capacity": _("Capacity"),
        "size_from": _("Sizes"),
        "sample_policy": _("Samples"),
        "exports": _("Export"),
    }
    return together.get(group) or _upper(field_names().get(group, group))


def in_words(profile: Profile, group: str) -> str:
    """Return what a profile says in a group of fields, or nothing."""
    return " · ".join(filter(None, (_said(profile, name) for name in GROUPS[group])))


def reasons(evidence: Iterable[tuple[str, float]]) -> tuple[list[str], list[str]]:
    """Return what speaks for two profiles being one, and what against it."""
    speaks_for: list[str] = []
    against: list[str] = []
    for code, value in evidence:
        weak = code in {"name", "street"} and value < 0.5  # noqa: PLR2004  # more unlike than alike
        told = against if weak or code in AGAINST else speaks_for
        told.append(evidence_said(Evidence(code, value, 0.0)))
    return speaks_for, against


def _said(profile: Profile, name: str) -> str:
    about = _SEEN_BY.get(name)
    if about is None:
        return said(profile, name)
    if getattr(profile, about) in {None, ""}:
        return ""
    return _("seen by: %(who)s") % {"who": Visibility(getattr(profile, name)).label}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
