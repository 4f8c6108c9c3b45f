"""What a firm's timeline tells of enquiries to it and by it, and of what came of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import Consent
from ifn.connections.enquiring import reasons
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.models import Enquiry, Step, Worth
from ifn.connections.wording import firm_name, money
from ifn.directory.models import Business
from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name

RECEIVED: Final = "steps.received"
SENT: Final = "steps.sent"
AGREED: Final = "agreed.received"
AGREED_OWN: Final = "agreed.sent"

#: What is told; that somebody read it, went over to WhatsApp or was asked is on its own page.
_TITLES: Final[Mapping[str, Promise]] = {
    Event.DELIVER: _("Enquiry received"),
    Event.ACCEPT: _("Enquiry accepted"),
    Event.DECLINE: _("Enquiry declined"),
    Event.EXPIRE: _("Enquiry not answered in time"),
    Event.WITHDRAW: _("Enquiry taken back"),
    Event.MEET: _("Contact made"),
    Event.TALK: _("Still talking"),
    Event.AGREE: _("Agreed"),
    Event.FAIL: _("No agreement"),
    Event.CLOSE: _("Enquiry closed"),
    Step.WORTH: _("Stated a value"),
}
_OF_STAFF: Final[Mapping[str, Promise]] = {Event.MARK_SPAM: _("Marked as spam")}
_OUTCOMES: Final = frozenset({Event.AGREE.value, Event.FAIL.value, Step.WORTH})
_REASONS: Final = {
    Event.DECLINE: reasons.Declined,
    Event.WITHDRAW: reasons.Withdrawn,
    Event.FAIL: reasons.NotAgreed,
    Event.CLOSE: reasons.Closed,
}
_RELATED: Final = (
    "person",
    "enquiry__letter__person",
    "enquiry__letter__business__merged_into",
    "enquiry__letter__opportunity",
    "enquiry__business__merged_into",
)
#: What of all these a line tells; anything else would cost a query each.
_PERSON: Final = ("name", "email", "role", "is_active")
_READ: Final = (
    *("event", "side", "reason", "at"),
    *(f"person__{name}" for name in _PERSON),
    *(f"enquiry__{name}" for name in ("code", "is_unnamed", "met_at", "state")),
    *("enquiry__business__name", "enquiry__business__merged_into__name"),
    *(f"enquiry__letter__person__{name}" for name in _PERSON),
    *("enquiry__letter__name", "enquiry__letter__opportunity__number"),
    *("enquiry__letter__business__name", "enquiry__letter__business__merged_into__name"),
)
_OTHERS: Final = ("letter__business__merged_into", "business__merged_into")


def received(window: Window) -> list[Moment]:
    """Return what happened to enquiries to the firm; it reads only of those that it was sent."""
    found = Step.objects.filter(enquiry__business__in=window.keys)
    if not window.is_staff:
        found = found.filter(enquiry__in=Enquiry.objects.delivered())
    return _steps(window, found, RECEIVED, Side.FIRM)


def sent(window: Window) -> list[Moment]:
    """Return what happened to enquiries that people sent for the firm."""
    found = Step.objects.filter(enquiry__letter__business__in=window.keys)
    return _steps(window, found, SENT, Side.ASKER)


def _steps(window: Window, found: QuerySet[Step], source: str, own: Side) -> list[Moment]:
    known = {**_TITLES, **(_OF_STAFF if window.is_staff else {})}
    titles = {event: title for event, title in known.items() if window.wants(_kind(event))}
    found = found.filter(event__in=titles)
    # The keys are sorted first: whole rows of all that a firm ever did are not.
    keys = window.cut(found, source).values("pk")
    steps = Step.objects.filter(pk__in=keys).select_related(*_RELATED).only(*_READ)
    rows = list(steps.order_by("-at", "-pk"))
    stated = _worths(one for one in rows if one.event == Step.WORTH)
    return [_of_step(one, window, source, own, str(titles[one.event]), stated) for one in rows]


def _of_step(  # what, for whom, on whose side, in which words
    one: Step, window: Window, source: str, own: Side, title: str, stated: Mapping[int, str]
) -> Moment:
    if one.event == Event.DELIVER and own == Side.ASKER:
        title = gettext("Enquiry sent")
    enquiry = one.enquiry
    other = _asker(enquiry, window) if own == Side.FIRM else _asked(enquiry, window)
    note = stated.get(one.pk, "") if one.event == Step.WORTH else _reason(one)
    return Moment(
        Place(one.at, source, one.pk),
        _kind(one.event),
        title,
        _who(one, window, own, other),
        (other, enquiry.public_code),
        note,
        enquiry,
        window.via(enquiry.business_id) if own == Side.FIRM else "",
    )


def _kind(event: str) -> Kind:
    return Kind.OUTCOME if event in _OUTCOMES else Kind.ENQUIRY


def _asker(enquiry: Enquiry, window: Window) -> str:
    """Return who asks: the business, else the person by name."""
    letter = enquiry.letter
    if letter.business is not None:
        return (letter.business.merged_into or letter.business).name
    if letter.person is not None:
        return actor_name(letter.person, window)
    return letter.name or gettext("a sender whose data was erased")


def _asked(enquiry: Enquiry, window: Window) -> str:
    """Return which firm was asked; whoever asked does not know it before it says yes."""
    return enquiry.firm.name if window.is_staff else firm_name(enquiry)


def _who(one: Step, window: Window, own: Side, other: str) -> str:
    """Return who did it: a person of the reader's own side by name, the other side as such."""
    if one.event == Event.DELIVER:  # the clock sends it; what counts is who wrote it
        writer = one.enquiry.letter.person
        return actor_name(writer, window) if writer and own == Side.ASKER else other
    if one.side in {Side.OFFICE, Side.CLOCK}:
        return actor_name(one.person, window) if one.person else str(Side(one.side).label)
    if one.person is not None and (window.is_staff or one.side == own):
        return actor_name(one.person, window)
    return window.business.name if one.side == own else other


def _reason(one: Step) -> str:
    known = _REASONS.get(Event(one.event))
    return str(known(one.reason).label) if known and one.reason in known.values else ""


def _worths(steps: Iterable[Step]) -> dict[int, str]:
    """Return by step the values that were stated with it, each kind apart; one query at most.

    A value stated anew since stands with the newer step alone.
    """
    by_moment = {(one.enquiry_id, one.side, one.at): one.pk for one in steps}
    if not by_moment:
        return {}
    said: defaultdict[int, list[str]] = defaultdict(list)
    order = list(reasons.Value.values)
    found = Worth.objects.filter(enquiry__in={enquiry for enquiry, _side, _at in by_moment})
    for one in sorted(found, key=lambda worth: order.index(worth.kind)):
        step = by_moment.get((one.enquiry_id, one.side, one.stated_at))
        if step is not None:
            said[step].append(f"{one.get_kind_display()}: {money(one)}")
    return {step: " · ".join(texts) for step, texts in said.items()}


def agreed(window: Window) -> list[Moment]:
    """Return for everyone which enquiries to the firm led to an agreement, where it consented."""
    found = Enquiry.objects.filter(business__in=window.keys, state=State.AGREED)
    rows = _with_others(window.cut(found, AGREED, "since"))
    others = {
        one.pk: one.letter.business.merged_into or one.letter.business
        for one in rows
        if one.letter.business is not None
    }
    return _agreements(rows, others, AGREED)


def agreed_own(window: Window) -> list[Moment]:
    """Return for everyone which enquiries of the firm led to an agreement, where it consented."""
    found = Enquiry.objects.filter(letter__business__in=window.keys, state=State.AGREED)
    rows = _with_others(window.cut(found, AGREED_OWN, "since"))
    return _agreements(rows, {one.pk: one.firm for one in rows}, AGREED_OWN)


def _with_others(cut: QuerySet[Enquiry]) -> list[Enquiry]:
    rows = Enquiry.objects.filter(pk__in=cut.values("pk")).select_related(*_OTHERS)
    return list(rows.order_by("-since", "-pk"))


def _agreements(
    rows: Iterable[Enquiry], others: Mapping[int, Business], source: str
) -> list[Moment]:
    """Tell agreements without values; the other side by name only where it agreed to that too."""
    numbers = {one.number for one in others.values() if one.status == Business.Status.LISTED}
    named = set(
        Consent.objects.standing()
        .filter(purpose=Consent.Purpose.OUTCOMES_PUBLIC, profile__in=numbers)
        .values_list("profile", flat=True)
        if numbers
        else ()
    )
    moments = []
    for one in rows:
        other = others.get(one.pk)
        is_named = other is not None and other.number in named
        moments.append(
            Moment(
                Place(one.since, source, one.pk),
                Kind.OUTCOME,
                gettext("Agreed on an order found through the network"),
                parts=(other.name,) if other and is_named else (),
                thing=other if is_named else None,
            )
        )
    return moments
