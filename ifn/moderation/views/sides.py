"""One of two profiles that are compared: what an officer may see of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.directory.history import Event, history
from ifn.directory.joining import for_visitors, proposed
from ifn.directory.joinwords import LEFT, RIGHT, Compared, by_side, compared, reasons
from ifn.directory.models import Business, Draft, Membership, Twins
from ifn.directory.policies import can_edit
from ifn.directory.profile import Profile
from ifn.directory.provenance import Statement
from ifn.directory.queries import members_of
from ifn.directory.twinning import public_reasons
from ifn.directory.verified import valid
from ifn.directory.whole import Whole, whole
from ifn.directory.wording import topic_name
from ifn.regions.queries import all_regions

#: So much of the history is shown beside each other.
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Side:
    """One of two profiles as the page shows it; of other regions what any visitor sees."""

    key: str
    letter: str
    business: Business
    profile: Profile
    place: str
    #: Who stated its name: where the profile comes from.
    source: str
    members: list[Membership]
    verified: list[str]
    pictures: int
    drafts: int
    history: list[Event]
    said_by: Mapping[str, Statement]
    is_open: bool
    has_owner: bool

    @property
    def weight(self) -> tuple[bool, bool, int, int]:
        """Return what the profile that should stay has more of."""
        is_listed = self.business.status == Business.Status.LISTED
        return is_listed, self.has_owner, len(self.verified), self.business.completeness


def side_of(key: str, business: Business, person: User) -> Side:
    known = whole(business)
    is_open = can_edit(person, business) or business.merged_into_id is not None
    return Side(
        key=key,
        letter={LEFT: "A", RIGHT: "B"}[key],
        business=business,
        profile=known.profile if is_open else for_visitors(known.profile),
        place=all_regions().full_name(business.region_id),
        source=_source(known),
        members=members_of(business) if is_open else [],
        verified=[topic_name(one.topic) for one in valid(known.verifications, localdate())],
        pictures=len(known.pictures),
        drafts=Draft.objects.filter(business=business).count(),
        history=history(business)[:SHOWN] if is_open else [],
        is_open=is_open,
        has_owner=known.has_owner,
        said_by=known.said_by,
    )


def _source(known: Whole) -> str:
    stated = known.said_by.get("name")
    return ": ".join(filter(None, (stated.kind_name, stated.label))) if stated else ""


def to_stay(left: Side, right: Side) -> str:
    """Return which of two profiles should stay; the older one where nothing decides."""
    return RIGHT if right.weight > left.weight else LEFT


def lines_of(left: Side, right: Side, stays: str, picked: Mapping[str, str]) -> Compared:
    """Return the two line by line, each with what was picked, else whose word should count."""
    kept, gone = (left, right) if stays == LEFT else (right, left)
    stated = kept.said_by, gone.said_by
    chosen = proposed(kept.profile, gone.profile, stated)
    return compared(left.profile, right.profile, by_side(chosen, stays=stays) | dict(picked))


def evidence_in_words(pair: Twins, left: Side, right: Side) -> tuple[list[str], list[str]]:
    """Return what speaks for the two being one, and what against it, as this person may know it."""
    evidence = [(str(code), float(value)) for code, value in pair.evidence]
    closed = next((one for one in (left, right) if not one.is_open), None)
    if closed is not None:
        return public_reasons(evidence, closed.business), []
    return reasons(evidence)
