"""A firm's timeline: what every room knows of it in one order, for one of three readers.

The staff reads all, notes of the broker desk too; the firm its own story, nothing internal and
nothing private of others; everyone that it joined, what is verified, what it opened, and agreements
where it consented. Each source is one statement of a room (``happenings``), bounded by the page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ifn.accounts.models import User
from ifn.collaboration import happenings as collaboration
from ifn.connections.policies.enquiries import can_look_after
from ifn.connections.queries import enquiryhappenings as enquiries
from ifn.connections.queries import happenings as connections
from ifn.directory import happenings as directory
from ifn.directory import policies
from ifn.directory.models import Business
from ifn.directory.queries import merged_into, shows_outcomes
from ifn.directory.timeline import Audience, Kind, Moment, Place, Window, told_together
from ifn.intake import happenings as intake
from ifn.moderation import happenings as moderation
from ifn.programmes import happenings as programmes

#: Moments of one page, and of one piece of a file.
PAGE_SIZE: Final = 40
FILE_SIZE: Final = 500

_BOTH: Final = frozenset({Audience.STAFF, Audience.FIRM})
_STAFF: Final = frozenset({Audience.STAFF})
_PUBLIC: Final = frozenset({Audience.PUBLIC})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what of it: the staff's work on profiles, enquiries, other regions."""

    audience: Audience
    sees_work: bool = False
    everywhere: bool = True
    shows_outcomes: bool = False


def reader_of_staff(user: User, business: Business) -> Reader | None:
    """Return what somebody of the staff reads of a firm's timeline; nothing where they may not.

    The office's verifiers and data officers read all, who brokers all but claims and reports, a
    Dinas all of its own region's firms but what these asked of firms that may be elsewhere.
    """
    if not user.is_staff:
        return None
    works, brokers = policies.can_edit(user, business), can_look_after(user)
    if not (works or brokers):
        return None
    everywhere = brokers or policies.can_edit_any(user)
    return Reader(Audience.STAFF, sees_work=works, everywhere=everywhere)


def reader_of_firm() -> Reader:
    """Return what the people of a business read of it."""
    return Reader(Audience.FIRM)


def reader_of_public(business: Business) -> Reader:
    """Return what everyone reads; a query, for whether the firm shows what it agreed on."""
    return Reader(Audience.PUBLIC, shows_outcomes=shows_outcomes(business) is not None)


@dataclass(frozen=True, slots=True)
class _Source:
    """A question of a room, what its answers are about, and who reads them."""

    ask: Callable[[Window], list[Moment]]
    kinds: frozenset[Kind]
    audiences: frozenset[Audience] = _BOTH
    #: What of ``Reader`` must hold besides.
    needs: str = ""


def _of(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


_DEALINGS: Final = _of(Kind.ENQUIRY, Kind.OUTCOME)
_SOURCES: Final = (
    _Source(directory.entered, _of(Kind.PROFILE), _BOTH | _PUBLIC),
    _Source(directory.recorded, _of(Kind.PROFILE, Kind.VERIFICATION)),
    _Source(directory.verified, _of(Kind.VERIFICATION), _PUBLIC),
    _Source(intake.rows_applied, _of(Kind.LIST)),
    _Source(moderation.claims_begun, _of(Kind.CLAIM), _STAFF, "sees_work"),
    _Source(moderation.claims_ended, _of(Kind.CLAIM), _STAFF, "sees_work"),
    _Source(moderation.claims_ended, _of(Kind.CLAIM), frozenset({Audience.FIRM})),
    _Source(moderation.reports_made, _of(Kind.REPORT), _STAFF, "sees_work"),
    _Source(moderation.reports_answered, _of(Kind.REPORT), _STAFF, "sees_work"),
    _Source(connections.opportunity_changes, _of(Kind.OPPORTUNITY), _BOTH | _PUBLIC),
    _Source(enquiries.received, _DEALINGS),
    _Source(enquiries.sent, _DEALINGS, _BOTH, "everywhere"),
    _Source(enquiries.agreed, _of(Kind.OUTCOME), _PUBLIC, "shows_outcomes"),
    _Source(enquiries.agreed_own, _of(Kind.OUTCOME), _PUBLIC, "shows_outcomes"),
    _Source(programmes.steps, _of(Kind.MENTORING)),
    _Source(programmes.attended, _of(Kind.MENTORING)),
    _Source(programmes.certified, _of(Kind.MENTORING)),
    _Source(programmes.actions_done, _of(Kind.MENTORING)),
    _Source(programmes.took_part, _of(Kind.MENTORING), _PUBLIC),
    _Source(collaboration.partner_steps, _of(Kind.COLLABORATION)),
    _Source(collaboration.application_steps, _of(Kind.COLLABORATION)),
    _Source(collaboration.received, _of(Kind.COLLABORATION)),
    _Source(collaboration.takes_part, _of(Kind.COLLABORATION), _PUBLIC),
    _Source(collaboration.released, _of(Kind.COLLABORATION), _PUBLIC),
    _Source(connections.introductions, _of(Kind.INTRODUCTION)),
    _Source(connections.notes_about_opportunities, _of(Kind.DESK), _STAFF),
    _Source(connections.notes_about_enquiries, _of(Kind.DESK), _STAFF),
    _Source(connections.notes_about_own_enquiries, _of(Kind.DESK), _STAFF, "everywhere"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of a timeline, the newest first, and where the earlier part begins, if there is any."""

    moments: list[Moment]
    earlier: Place | None


def kinds_for(reader: Reader) -> list[Kind]:
    """Return what this reader's timeline can be about, in the order of kinds."""
    known = {kind for source in _SOURCES if _is_for(source, reader) for kind in source.kinds}
    return [kind for kind in Kind if kind in known]


def stretch(
    business: Business,
    reader: Reader,
    *,
    today: date,
    before: Place | None = None,
    kind: Kind | None = None,
    size: int = PAGE_SIZE,
) -> Stretch:
    """Return so many moments of a firm's timeline; a query a source, however long it is."""
    window = Window(
        business,
        merged_into(business),
        reader.audience,
        today,
        size + 1,  # one more tells whether there is any
        before,
        kind,
    )
    found = [
        moment
        for source in _SOURCES
        if _is_for(source, reader) and (kind is None or kind in source.kinds)
        for moment in source.ask(window)
    ]
    found.sort(key=lambda one: one.place.key, reverse=True)
    shown = found[:size]
    return Stretch(told_together(shown), shown[-1].place if len(found) > size else None)


def whole_story(business: Business, reader: Reader, *, today: date) -> Iterator[list[Moment]]:
    """Yield all of a timeline in pieces, the newest first, for a file."""
    before: Place | None = None
    while True:
        part = stretch(business, reader, today=today, before=before, size=FILE_SIZE)
        yield part.moments
        if part.earlier is None:
            return
        before = part.earlier


def _is_for(source: _Source, reader: Reader) -> bool:
    if reader.audience not in source.audiences:
        return False
    return not source.needs or bool(getattr(reader, source.needs))
