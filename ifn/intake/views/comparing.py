"""A row of a list beside the profiles it may be: facts, differences, and what speaks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from ifn.directory.models import Business, Visibility
from ifn.directory.profile import Profile
from ifn.directory.queries import profile_of
from ifn.directory.serial import from_json
from ifn.directory.wording import field_names, said
from ifn.intake import policies
from ifn.intake.models import Row
from ifn.intake.views.desk import Desk
from ifn.intake.views.rowlines import percent_of
from ifn.linkage.evidence import Evidence
from ifn.linkage.normalise import plain
from ifn.linkage.wording import LEAST_TOLD, LIKENESS, REASONS
from ifn.linkage.wording import said as told

#: Candidates shown beside a row.
MOST_CANDIDATES: Final = 5
#: Facts compared, in the order they are read; contacts follow by kind.
FACTS: Final = (
    *("name", "legal_form", "brands", "region", "address", "postcode", "nib"),
    *("capabilities", "workers", "founded_year"),
)
CONTACTS: Final = ("phone", "whatsapp", "email", "website", "instagram")
#: What a profile shows to nobody but those who look after it, and evidence that would tell of it.
PRIVATE: Final = frozenset({"nib", "workers"})
TELLS: Final = ("phone", "email", "nib", "contact", "site", "instagram", "house", "street", "part")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the row beside the profile's: "same", "differs", "row" or "profile" alone."""

    label: str
    row: str
    profile: str
    mark: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A piece of evidence in words, and whether it speaks for or against."""

    words: str
    is_for: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A profile that a row may be."""

    business: Business
    percent: int | None
    reasons: tuple[Reason, ...]
    facts: tuple[Fact, ...]
    is_visible: bool
    is_joined: bool


def profile_in(row: Row) -> Profile | None:
    """Return what a row says, cleaned; nothing when it has an error."""
    return from_json(row.facts) if row.facts else None


def facts_of(row: Row) -> list[tuple[str, str]]:
    """Return what a row says by itself, in words; only what it says."""
    profile = profile_in(row)
    if profile is None:
        return []
    return [(label, text) for label, text in _facts(profile, None) if text]


def candidates(row: Row, desk: Desk) -> list[Candidate]:
    """Return the profiles a row may be, the likeliest first, with the one it was joined with."""
    kept = [one for one in row.candidates if one.get("business")][:MOST_CANDIDATES]
    keys = [one["business"] for one in kept]
    if row.business_id and row.business_id not in keys:
        keys.insert(0, row.business_id)
        kept.insert(0, {"business": row.business_id, "probability": row.probability})
    found = Business.objects.in_bulk(keys)
    mine = profile_in(row)
    return [
        _candidate(row, found[one["business"]], one, mine, desk)
        for one in kept
        if one["business"] in found
    ]


def _candidate(
    row: Row, business: Business, kept: dict[str, Any], mine: Profile | None, desk: Desk
) -> Candidate:
    sees_private = policies.can_see_private(desk.person, business.region_id)
    is_visible = policies.can_be_shown(desk.person, business)
    theirs = profile_of(business) if is_visible else None
    return Candidate(
        business=business,
        percent=percent_of(kept.get("probability")),
        reasons=tuple(_reasons(kept.get("evidence", ()), sees_private=sees_private)),
        facts=_beside(mine, theirs, sees_private=sees_private) if mine and theirs else (),
        is_visible=is_visible,
        is_joined=row.business_id == business.pk,
    )


def _reasons(evidence: Iterable[Sequence[Any]], *, sees_private: bool) -> Iterable[Reason]:
    for code, value, weight in evidence:
        if abs(weight) < LEAST_TOLD or (code not in LIKENESS and code not in REASONS):
            continue
        if not sees_private and code.endswith(TELLS):
            continue
        yield Reason(told(Evidence(code, float(value), float(weight))), weight > 0)


def _beside(mine: Profile, theirs: Profile, *, sees_private: bool) -> tuple[Fact, ...]:
    hidden = None if sees_private else theirs
    pairs = zip(_facts(mine, None), _facts(theirs, hidden), strict=True)
    return tuple(
        Fact(label, row, profile, _mark(row, profile))
        for (label, row), (_label, profile) in pairs
        if row or profile
    )


def _mark(row: str, profile: str) -> str:
    if not profile:
        return "row"
    if not row:
        return "profile"
    return "same" if plain(row) == plain(profile) else "differs"


def _facts(profile: Profile, hidden: Profile | None) -> list[tuple[str, str]]:
    """Return the facts that are compared, in words; with ``hidden`` only those others may see."""
    labels = field_names()
    found = [
        (
            _upper(labels.get(name, name)),
            "" if hidden and _is_hidden(profile, name) else said(profile, name),
        )
        for name in FACTS
    ]
    titles = {
        "phone": _("Phone"),
        "whatsapp": _("WhatsApp"),
        "email": _("E-mail"),
        "website": _("Website"),
        "instagram": _("Instagram"),
    }
    for kind in CONTACTS:
        values = (
            one.value
            for one in profile.contacts
            if one.kind == kind and not (hidden and one.visibility == Visibility.NOBODY)
        )
        found.append((titles[kind], ", ".join(values)))
    return found


def _is_hidden(profile: Profile, name: str) -> bool:
    if name == "address":
        return profile.address_visibility == Visibility.NOBODY
    return name in PRIVATE


def _upper(label: str) -> str:
    return label[:1].upper() + label[1:]
