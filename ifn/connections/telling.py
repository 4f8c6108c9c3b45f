"""Tell each side what happened to an enquiry: the one door through which it hears of it.

Today that is a message from the outbox. Whoever left no e-mail reads it on the enquiry's page.
Nobody is behind invented firms and people, so nobody is written to there, nor are visitors about
what an invented firm did: many of them are invented, too.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.connections.enquiring import reasons, tokens
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Enquiry, Letter, Question
from ifn.connections.wording import firm_name, quantity_of
from ifn.directory.actions.confirming import addresses_of, language_of
from ifn.directory.queries import has_people
from ifn.mail.actions import send_template


def address_of(enquiry: Enquiry, side: Side, language: str, *, at: datetime) -> str:
    """Return the whole address under which one side reads an enquiry without signing in."""
    token = tokens.for_side(enquiry.pk, side, localdate(at))
    return _whole("connections:by-link", token, language)


def address_of_proof(letter: Letter) -> str:
    """Return the whole address that confirms whose an address is."""
    return _whole("connections:prove", tokens.for_proof(letter.pk), letter.language)


def tell_firms(letter: Letter, *, at: datetime) -> int:
    """Tell the firms of a letter that they have it, and the asker what was closed at once."""
    told = 0
    found = Enquiry.objects.filter(letter=letter).order_by("place")
    for enquiry in found.select_related(
        "letter__person", "letter__business", "letter__opportunity", "business__merged_into"
    ):
        if enquiry.state == State.CLOSED:
            tell_asker(enquiry, at=at)
        elif enquiry.state in {State.SENT, State.SEEN}:
            told += tell_firm(enquiry, at=at)
    return told


def tell_firm(enquiry: Enquiry, *, at: datetime) -> int:
    """Tell the people of a firm, or its own address, of a new enquiry; return how many messages."""
    firm, letter = enquiry.firm, enquiry.letter
    if firm.is_demo or not enquiry.is_before_firm:
        return 0
    language = language_of(firm)
    with translation.override(language):
        facts = {
            "firm": firm.name,
            "asker": asker_name(letter),
            **_about(letter),
            "is_unnamed": not enquiry.is_firm_known,
            "text": letter.text,
            "quantity": quantity_of(letter),
            "deadline": letter.deadline,
            "code": enquiry.public_code,
            "answer_by": enquiry.answer_by,
            "address": address_of(enquiry, Side.FIRM, language, at=at),
            "is_unclaimed": not has_people(firm),
            "claim": f"{settings.PUBLIC_ADDRESS}{firm.get_absolute_url()}",
        }
    addresses = addresses_of(firm)
    for place, to in enumerate(addresses):
        _send("enquiry_new", facts, language, to=to, at=at, key=f"{enquiry.pk}:new:{place}")
    return len(addresses)


def tell_withdrawn(enquiry: Enquiry, *, words: str = "", at: datetime) -> int:
    """Tell a firm that the sender took an enquiry back; return how many messages."""
    firm, letter = enquiry.firm, enquiry.letter
    if firm.is_demo or not enquiry.is_before_firm:
        return 0
    language = language_of(firm)
    with translation.override(language):
        facts = {
            "asker": asker_name(letter),
            **_about(letter),
            "code": enquiry.public_code,
            "reason": reason_of(enquiry),
            "words": words,
            "address": address_of(enquiry, Side.FIRM, language, at=at),
        }
    addresses = addresses_of(firm)
    for place, to in enumerate(addresses):
        key = f"{enquiry.pk}:withdrawn:{place}"
        _send("enquiry_withdrawn", facts, language, to=to, at=at, key=key)
    return len(addresses)


def tell_asker(enquiry: Enquiry, *, words: str = "", at: datetime) -> None:
    """Tell whoever asked how an enquiry stands now, with the firm's words."""
    letter = enquiry.letter
    to = _email_of(letter)
    if not to or (enquiry.firm.is_demo and letter.person is None):
        return
    with translation.override(letter.language):
        facts = {
            "firm": firm_name(enquiry),
            **_about(letter),
            "code": enquiry.public_code,
            "state": enquiry.state,
            "reason": reason_of(enquiry),
            "words": words,
            "address": address_of(enquiry, Side.ASKER, letter.language, at=at),
        }
    key = f"{enquiry.pk}:{enquiry.state}:{enquiry.since.isoformat()}"
    _send("enquiry_news", facts, letter.language, to=to, at=at, key=key)


def ask_for_proof(letter: Letter, *, at: datetime) -> None:
    """Send a visitor the link that confirms their address; who has it is said to nobody."""
    found = letter.enquiries.select_related("letter__opportunity", "business__merged_into")
    with translation.override(letter.language):
        facts = {
            "name": letter.name,
            "text": letter.text,
            "address": address_of_proof(letter),
            "firms": [firm_name(one) for one in found.order_by("place")],
            **_about(letter),
        }
    _send("enquiry_proof", facts, letter.language, to=letter.email, at=at, key=f"proof:{letter.pk}")


def ask_how_it_went(question: Question, *, at: datetime) -> int:
    """Ask one side how it went, with a link that needs no account; return how many messages."""
    enquiry = question.enquiry
    letter, firm, side = enquiry.letter, enquiry.firm, Side(question.side)
    if side == Side.ASKER:
        language, addresses = letter.language, [_email_of(letter)]
        with translation.override(language):
            other = firm_name(enquiry)
    else:
        language = language_of(firm)
        addresses = [] if firm.is_demo else addresses_of(firm)
        other = asker_name(letter)
    token = tokens.for_question(question.pk, side, localdate(at))
    facts = {
        "other": other,
        "code": enquiry.public_code,
        "address": _whole("connections:question", token, language),
        "days": question.days,
    }
    told = [to for to in addresses if to]
    for place, to in enumerate(told):
        _send("enquiry_question", facts, language, to=to, at=at, key=f"q:{question.pk}:{place}")
    return len(told)


def send_link_again(enquiry: Enquiry, side: Side, *, at: datetime) -> int:
    """Send a side a new link in place of one that is too old; once a day."""
    letter, firm = enquiry.letter, enquiry.firm
    if side == Side.ASKER:
        language, addresses = letter.language, [_email_of(letter)]
    else:
        language = language_of(firm)
        addresses = [] if firm.is_demo else addresses_of(firm)
    facts = {
        "code": enquiry.public_code,
        "address": address_of(enquiry, side, language, at=at),
    }
    told = [to for to in addresses if to]
    for place, to in enumerate(told):
        key = f"{enquiry.pk}:{side}:link:{localdate(at)}:{place}"
        _send("enquiry_link", facts, language, to=to, at=at, key=key)
    return len(told)


def asker_name(letter: Letter) -> str:
    """Return who asks, as the firm reads it: the business first."""
    person = letter.person.name if letter.person else letter.name
    if letter.business is None:
        return person
    return f"{(letter.business.merged_into or letter.business).name} ({person})"


def reason_of(enquiry: Enquiry) -> str:
    """Return in words why an enquiry ended; nothing where it did not."""
    lists = {
        State.DECLINED: reasons.Declined,
        State.WITHDRAWN: reasons.Withdrawn,
        State.CLOSED: reasons.Closed,
        State.NOT_AGREED: reasons.NotAgreed,
    }
    known = lists.get(State(enquiry.state))
    return str(known(enquiry.reason).label) if known and enquiry.reason else ""


def _about(letter: Letter) -> dict[str, str]:
    """Return the opportunity that a letter answers, as messages name it."""
    one = letter.opportunity
    return {"title": one.title, "number": one.public_number} if one else {}


def _email_of(letter: Letter) -> str:
    if letter.person is not None and letter.person.is_demo:
        return ""
    return letter.email or (letter.person.email if letter.person else "") or ""


def _whole(name: str, token: str, language: str) -> str:
    with translation.override(language):
        path = reverse(name, args=[token])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _send(
    template: str, facts: dict[str, Any], language: str, *, to: str, at: datetime, key: str
) -> None:
    send_template(
        f"connections/mail/{template}",
        facts,
        language,
        to=to,
        kind=f"connections.{template}",
        at=at,
        key=f"enquiry:{key}",
        is_secret=True,
    )
