"""Each side moves an enquiry on: reads, answers, makes contact, says how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections import telling
from ifn.connections.actions.enquiries.problems import NoSuchContact, NotNow, ReasonMissing
from ifn.connections.enquiring import reasons, states
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.models import Enquiry, Step, Worth
from ifn.connections.queries.enquiries import contacts_to_share


@dataclass(frozen=True, slots=True)
class By:
    """Who does something: a side, and the person, where they are signed in."""

    side: Side
    person: User | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as one side states it."""

    kind: str
    amount: Decimal
    currency: str = "IDR"


PLATFORM = By(Side.CLOCK)


@transaction.atomic
def see(enquiry: Enquiry, *, by: By, at: datetime) -> bool:
    """Note that the firm opened an enquiry; say whether that is news."""
    return move(enquiry, Event.SEE, by=by, at=at)


@transaction.atomic
def accept(  # what is accepted, what is shown for it, and in which words
    enquiry: Enquiry, *, share: str, words: str, by: By, at: datetime
) -> bool:
    """Say yes for the firm, and show the asker one contact; say whether that is news.

    ``share`` is a contact as ``contacts_to_share`` names it, or nothing: the firm writes first.

    Raises:
        NoSuchContact: It is none of the firm's, or no longer.
        NotNow: The enquiry is over.

    """
    chosen = {one.key: one for one in contacts_to_share(enquiry, by.person)}
    if share and share not in chosen:
        raise NoSuchContact
    kind, value = (chosen[share].kind, chosen[share].value) if share else ("", "")
    is_news = move(
        enquiry,
        Event.ACCEPT,
        by=by,
        at=at,
        words=words,
        answered_at=at,
        met_at=at,
        shared_kind=kind,
        shared_value=value,
    )
    if is_news:
        telling.tell_asker(enquiry, words=words, at=at)
    return is_news


@transaction.atomic
def decline(enquiry: Enquiry, *, reason: str, words: str, by: By, at: datetime) -> bool:
    """Say no for the firm, with the reason; say whether that is news.

    Raises:
        ReasonMissing: No reason, or "another one" without a word about it.
        NotNow: The enquiry is over, or was accepted.

    """
    if not reason or (reason == reasons.Declined.OTHER and not words):
        raise ReasonMissing
    given = reasons.Declined(reason)
    is_news = move(enquiry, Event.DECLINE, by=by, at=at, reason=given, words=words, answered_at=at)
    if is_news:
        telling.tell_asker(enquiry, words=words, at=at)
    return is_news


@transaction.atomic
def withdraw(  # what is taken back, why, and what the asker knew
    enquiry: Enquiry, *, reason: str, words: str, knows_answer: bool, by: By, at: datetime
) -> bool:
    """Take an open enquiry back for the asker, and tell the firm; say whether that is news.

    ``knows_answer`` says whether the page on which it was done showed that the firm has answered:
    a yes that came meanwhile is read first.

    Raises:
        ReasonMissing: No reason, or "another one" without a word about it.
        NotNow: The enquiry is over, or the firm answered meanwhile.

    """
    if not reason or (reason == reasons.Withdrawn.OTHER and not words):
        raise ReasonMissing
    _lock(enquiry)
    if enquiry.is_open and enquiry.answered_at is not None and not knows_answer:
        raise NotNow(enquiry)
    given = reasons.Withdrawn(reason)
    is_news = move(enquiry, Event.WITHDRAW, by=by, at=at, reason=given, words=words)
    if is_news:
        telling.tell_withdrawn(enquiry, words=words, at=at)
    return is_news


@transaction.atomic
def report_contact(enquiry: Enquiry, *, by: By, at: datetime) -> bool:
    """Note that a side goes over to WhatsApp, or made contact otherwise; once for each side.

    Raises:
        NotNow: The enquiry ended without contact, or the asker does not know yet whose it is.

    """
    _lock(enquiry)
    if not enquiry.is_firm_known:
        raise NotNow(enquiry)
    is_news = move(enquiry, Event.MEET, by=by, at=at, met_at=enquiry.met_at or at)
    _step, is_new = Step.objects.get_or_create(
        enquiry=enquiry,
        event=Step.HAND_OVER,
        side=by.side,
        defaults={"state": enquiry.state, "person": by.person, "at": at},
    )
    if is_new:
        record("connections.enquiry.whatsapp", enquiry, actor=by.person, at=at, side=by.side.value)
    return is_news


@transaction.atomic
def note_outcome(
    enquiry: Enquiry, event: Event, *, reason: str = "", words: str = "", by: By, at: datetime
) -> bool:
    """Note how it goes: still talking, agreed, or not and why; say whether that is news.

    Raises:
        ReasonMissing: Nothing came of it, and nobody said why.
        NotNow: The two sides never had contact.

    """
    if event == Event.FAIL:
        if not reason:
            raise ReasonMissing
        reason = reasons.NotAgreed(reason)
    else:
        reason = ""
    return move(enquiry, event, by=by, at=at, reason=reason, words=words)


@transaction.atomic
def state_worth(enquiry: Enquiry, amounts: Sequence[Amount], *, by: By, at: datetime) -> int:
    """Note what an enquiry is worth as one side sees it; return how many values changed.

    Raises:
        NotNow: The two sides never had contact.

    """
    _lock(enquiry)
    if enquiry.state not in states.TOLD_HOW_IT_WENT:
        raise NotNow(enquiry)
    before = {one.kind: one for one in Worth.objects.filter(enquiry=enquiry, side=by.side)}
    changed = 0
    for one in amounts:
        known = before.get(one.kind)
        if known and (known.amount, known.currency) == (one.amount, one.currency):
            continue
        Worth.objects.update_or_create(
            enquiry=enquiry,
            kind=reasons.Value(one.kind),
            side=by.side,
            defaults={"amount": one.amount, "currency": one.currency, "stated_at": at},
        )
        changed += 1
    if changed:
        add_step(enquiry, Step.WORTH, by=by, at=at)
        kinds = sorted({one.kind for one in amounts})
        record("connections.enquiry.worth", enquiry, actor=by.person, at=at, kinds=kinds)
    return changed


def move(  # what happens to what, by whom, why, and what is noted with it
    enquiry: Enquiry,
    event: Event,
    *,
    by: By,
    at: datetime,
    reason: str = "",
    words: str = "",
    **noted: object,
) -> bool:
    """Let something happen to an enquiry, as the table of states has it; say whether it is news.

    Call it inside a transaction. What lies behind it already changes nothing.

    Raises:
        NotNow: It cannot happen as the enquiry stands.

    """
    if not states.may(by.side, event):
        raise NotNow(enquiry)
    _lock(enquiry)
    before = enquiry.state
    to = states.after(before, event)
    if to is None:
        if states.is_done(before, event):
            return False
        raise NotNow(enquiry)
    noted |= {"state": to, "reason": reason, "since": at}
    noted["ended_at"] = at if to in states.OVER else None
    for name, value in noted.items():
        setattr(enquiry, name, value)
    try:
        with transaction.atomic():
            enquiry.save(update_fields=list(noted))
    except IntegrityError:  # the same words are open at this firm in another enquiry
        enquiry.refresh_from_db()
        raise NotNow(enquiry) from None
    add_step(enquiry, event, by=by, at=at, reason=reason, words=words)
    record(
        f"connections.enquiry.{event}",
        enquiry,
        actor=by.person,
        at=at,
        reason=reason,
        before={"state": before},
        after={"state": to},
        side=by.side.value,
    )
    telling.let_rest(enquiry, at=at)
    return True


def add_step(  # what, by whom, when, and why
    enquiry: Enquiry, event: str, *, by: By, at: datetime, reason: str = "", words: str = ""
) -> Step:
    """Add a line to what happened to an enquiry."""
    return Step.objects.create(
        enquiry=enquiry,
        event=event,
        state=State(enquiry.state),
        side=by.side,
        person=by.person,
        reason=reason,
        words=words[:400],
        at=at,
    )


def _lock(enquiry: Enquiry) -> None:
    """Bring an enquiry up to date and let nobody else change it until the end."""
    enquiry.refresh_from_db(from_queryset=Enquiry.objects.select_for_update(of=("self",)))
