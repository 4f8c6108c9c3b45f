"""What a firm's timeline tells of opportunities and of what the broker desk did."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ifn.connections.models import DeskNote, Enquiry, Introduction, Opportunity, StateChange
from ifn.directory.naming import only_named
from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name

CHANGED: Final = "opportunities.change"
INTRODUCED: Final = "introductions.made"
ABOUT_OPPORTUNITIES: Final = "notes.opportunity"
ABOUT_ENQUIRIES: Final = "notes.enquiry"
ABOUT_OWN_ENQUIRIES: Final = "notes.sent"

_State = Opportunity.State
_OFFERS: Final[Mapping[str, Promise]] = {
    _State.REVIEW: _("Offer waits for the office"),
    _State.OPEN: _("Offer opened"),
    _State.FILLED: _("Offer filled"),
    _State.EXPIRED: _("Offer expired"),
    _State.WITHDRAWN: _("Offer withdrawn"),
    _State.REFUSED: _("Offer not accepted"),
}
_REQUESTS: Final[Mapping[str, Promise]] = {
    _State.REVIEW: _("Request waits for the office"),
    _State.OPEN: _("Request opened"),
    _State.FILLED: _("Request filled"),
    _State.EXPIRED: _("Request expired"),
    _State.WITHDRAWN: _("Request withdrawn"),
    _State.REFUSED: _("Request not accepted"),
}
#: What everyone reads of opportunities: that they were opened, and that somebody was found.
_TWO: Final = ("first__merged_into", "second__merged_into")
_PUBLIC: Final = (_State.OPEN, _State.FILLED)
#: States in which an opportunity's own page is public.
_SHOWN: Final = (_State.OPEN, _State.FILLED, _State.EXPIRED)


def opportunity_changes(window: Window) -> list[Moment]:
    """Return what became of offers and requests; everyone reads of those that everyone saw.

    One that was shown without the firm's name is never told to everyone, nor one taken back.
    """
    found = StateChange.objects.filter(opportunity__business__in=window.keys)
    if window.is_public:
        found = found.filter(
            state__in=_PUBLIC,
            opportunity__state__in=_SHOWN,
            opportunity__visibility=Opportunity.Visibility.EVERYONE,
        )
    else:
        found = found.exclude(state=_State.DRAFT)
    # The keys are sorted first: whole opportunities of all that a firm ever posted are not.
    keys = window.cut(found, CHANGED).values("pk")
    rows = StateChange.objects.filter(pk__in=keys).select_related("opportunity", "person")
    rows = rows.defer("opportunity__text_id", "opportunity__text_en").order_by("-at", "-pk")
    return [_of_change(one, window) for one in rows]


def _of_change(one: StateChange, window: Window) -> Moment:
    opportunity = one.opportunity
    titles = _OFFERS if opportunity.direction == Opportunity.Direction.OFFER else _REQUESTS
    who = "" if window.is_public or one.person is None else actor_name(one.person, window)
    reason = gettext(one.reason) if one.reason and not window.is_public else ""
    return Moment(
        Place(one.at, CHANGED, one.pk),
        Kind.OPPORTUNITY,
        str(titles[one.state]),
        who,
        (opportunity.title,),
        reason,
        opportunity,
    )


def introductions(window: Window) -> list[Moment]:
    """Return whom the office brought together with this one; both were told of it."""
    found = Introduction.objects.filter(Q(first__in=window.keys) | Q(second__in=window.keys))
    rows = window.cut(
        only_named(
            found.select_related(*_TWO, "made_by", "letter__person"), *_TWO, "first", "second"
        ),
        INTRODUCED,
        "made_at",
    )
    own = set(window.keys)
    return [
        Moment(
            Place(one.made_at, INTRODUCED, one.pk),
            Kind.INTRODUCTION,
            gettext("Introduced to another business")
            if other
            else gettext("Introduced to somebody who looks for a business"),
            actor_name(one.made_by, window),
            ((other.merged_into or other).name if other else one.names[1],),
            one.text,
            other,
        )
        for one in rows
        for other in [one.second if one.first_id in own else one.first]
    ]


def notes_about_opportunities(window: Window) -> list[Moment]:
    """Return what the broker desk noted about the firm's opportunities; for the staff."""
    found = DeskNote.objects.filter(opportunity__business__in=window.keys)
    return _notes(window, found.select_related("opportunity"), ABOUT_OPPORTUNITIES)


def notes_about_enquiries(window: Window) -> list[Moment]:
    """Return what the broker desk noted about enquiries to the firm; for the staff."""
    found = DeskNote.objects.filter(enquiry__business__in=window.keys)
    return _notes(window, found.select_related("enquiry__business"), ABOUT_ENQUIRIES)


def notes_about_own_enquiries(window: Window) -> list[Moment]:
    """Return what the broker desk noted about enquiries of the firm; for the staff."""
    asked = Enquiry.objects.filter(letter__business__in=window.keys)
    found = DeskNote.objects.filter(enquiry__in=asked)
    return _notes(window, found.select_related("enquiry__business"), ABOUT_OWN_ENQUIRIES)


def _notes(window: Window, found: QuerySet[DeskNote], source: str) -> list[Moment]:
    # That two were introduced is told by the introduction itself.
    found = found.exclude(kind=DeskNote.Kind.INTRODUCED).select_related("author")
    return [
        Moment(
            Place(one.made_at, source, one.pk),
            Kind.DESK,
            one.get_kind_display(),
            actor_name(one.author, window) if one.author else "",
            (one.opportunity.title if one.opportunity else _code(one.enquiry),),
            one.text,
            one.opportunity or one.enquiry,
        )
        for one in window.cut(found, source, "made_at")
    ]


def _code(enquiry: Enquiry | None) -> str:
    return enquiry.public_code if enquiry else ""
