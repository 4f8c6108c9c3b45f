"""Tell each side what happened to an enquiry: the one door through which it hears of it.

Whoever has an account finds it among the notices; visitors and firms without people get a message.
Who left no e-mail reads it on the enquiry's page. Visitors are not told what an invented firm did:
many of them are invented, too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.connections.enquiring import reasons, tokens
from ifn.connections.enquiring.states import UNANSWERED, Side, State
from ifn.connections.models import Enquiry, Introduction, Letter, Question
from ifn.connections.voice import settle_at, tell_firm
from ifn.connections.wording import firm_name, quantity_of
from ifn.directory.actions.confirming import addresses_of, language_of, people_of
from ifn.directory.models import Business
from ifn.directory.queries import has_people
from ifn.mail.actions import send_template
from ifn.notices.actions import News, tell, write_to_address
from ifn.notices.kinds import WORDS
from ifn.notices.letters import Mail
from ifn.notices.paths import path_of
from ifn.notices.values import day, in_each_language

_REMINDED: Final = (*UNANSWERED, State.EXPIRED)


def address_of(enquiry: Enquiry, side: Side, language: str, *, at: datetime) -> str:
    """Return the whole address under which one side reads an enquiry without signing in."""
    token = tokens.for_side(enquiry.pk, side, localdate(at), _people_on(side, enquiry))
    return _whole("connections:by-link", token, language)


def _people_on(side: Side, enquiry: Enquiry) -> list[int]:
    """Return for whom a link to a side is made: the firm's people, or whoever asked, by address."""
    return [one.pk for one in people_of(enquiry.firm)] if side == Side.FIRM else []


def address_of_proof(letter: Letter) -> str:
    """Return the whole address that confirms whose an address is."""
    return _whole("connections:prove", tokens.for_proof(letter.pk), letter.language)


def path_to(enquiry: Enquiry) -> str:
    """Return where those with accounts read an enquiry, as notices keep it."""
    return path_of("connections:enquiry", enquiry.code)


def path_to_introduction(one: Introduction) -> str:
    """Return where a firm reads that it was introduced to somebody without a business."""
    return f"{path_of('site:own-timeline', one.first.number)}#perkenalan-{one.pk}"


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
            told += tell_of_new(enquiry, at=at)
    return told


def tell_of_new(enquiry: Enquiry, *, at: datetime) -> int:
    """Tell a firm of a new enquiry; return how many messages go out at once."""
    firm, letter = enquiry.firm, enquiry.letter
    if not enquiry.is_before_firm:
        return 0
    asker, is_unclaimed = asker_name(letter), not has_people(firm)

    def facts(language: str) -> dict[str, Any]:
        return {
            "firm": firm.name,
            "asker": asker,
            **_about(letter),
            "is_unnamed": not enquiry.is_firm_known,
            "text": letter.text,
            "quantity": quantity_of(letter),
            "deadline": letter.deadline,
            "code": enquiry.public_code,
            "answer_by": enquiry.answer_by,
            "address": address_of(enquiry, Side.FIRM, language, at=at),
            "is_unclaimed": is_unclaimed,
            "claim": f"{settings.PUBLIC_ADDRESS}{firm.get_absolute_url()}",
        }

    until = day(localdate(enquiry.answer_by or at))
    news = News(
        "enquiries.new", path_to(enquiry), {"asker": asker, "firm": firm.name, "until": until}
    )
    return tell_firm(
        firm, news, _mail("enquiry_new", facts), key=f"enquiry:{enquiry.pk}:new", at=at
    )


def let_rest(enquiry: Enquiry, *, at: datetime) -> None:
    """Remind nobody of a firm of an enquiry that needs no answer any more."""
    if enquiry.state not in _REMINDED:
        settle_at(enquiry.firm, path_to(enquiry), at=at)


def tell_withdrawn(enquiry: Enquiry, *, words: str = "", at: datetime) -> int:
    """Tell a firm that the sender took an enquiry back; return how many messages go out at once."""
    firm, letter = enquiry.firm, enquiry.letter
    if not enquiry.is_before_firm:
        return 0
    asker = asker_name(letter)

    def facts(language: str) -> dict[str, Any]:
        return {
            "asker": asker,
            **_about(letter),
            "code": enquiry.public_code,
            "reason": reason_of(enquiry),
            "words": words,
            "address": address_of(enquiry, Side.FIRM, language, at=at),
        }

    values = {
        "asker": asker,
        "why": in_each_language(lambda: reason_of(enquiry)),
        "firm": firm.name,
    }
    news = News("enquiries.withdrawn", path_to(enquiry), values)
    mail = _mail("enquiry_withdrawn", facts)
    return tell_firm(firm, news, mail, key=f"enquiry:{enquiry.pk}:withdrawn", at=at)


def tell_asker(enquiry: Enquiry, *, words: str = "", at: datetime) -> None:
    """Tell whoever asked how an enquiry stands now, with the firm's words."""

    def facts(language: str) -> dict[str, Any]:
        return {
            "firm": firm_name(enquiry),
            **_about(enquiry.letter),
            "code": enquiry.public_code,
            "state": enquiry.state,
            "reason": reason_of(enquiry),
            "words": words,
            "address": address_of(enquiry, Side.ASKER, language, at=at),
        }

    values = {
        "firm": in_each_language(lambda: firm_name(enquiry)),
        "why": in_each_language(lambda: reason_of(enquiry)),
    }
    news = News(f"answers.{enquiry.state}", path_to(enquiry), values)
    key = f"enquiry:{enquiry.pk}:{enquiry.state}:{enquiry.since.isoformat()}"
    _to_asker(enquiry, news, _mail("enquiry_news", facts), key=key, at=at)


def ask_for_proof(letter: Letter, *, at: datetime, again: bool = False) -> None:
    """Send a visitor the link that confirms their address; who has it is said to nobody.

    Whoever writes the same words ``again`` gets the link again, once a day.
    """
    found = letter.enquiries.select_related("letter__opportunity", "business__merged_into")
    with translation.override(letter.language):
        facts = {
            "name": letter.name,
            "text": letter.text,
            "address": address_of_proof(letter),
            "firms": [firm_name(one) for one in found.order_by("place")],
            **_about(letter),
        }
    key = f"proof:{letter.pk}:{localdate(at)}" if again else f"proof:{letter.pk}"
    _send("enquiry_proof", facts, letter.language, to=letter.email, at=at, key=key)


def ask_how_it_went(question: Question, *, at: datetime) -> int:
    """Ask one side how it went, with a link that needs no account; return how many messages."""
    enquiry, side = question.enquiry, Side(question.side)
    firm, asker = enquiry.firm, asker_name(enquiry.letter)
    token = tokens.for_question(question.pk, side, localdate(at), _people_on(side, enquiry))

    def facts(language: str) -> dict[str, Any]:
        return {
            "other": firm_name(enquiry) if side == Side.ASKER else asker,
            "code": enquiry.public_code,
            "address": _whole("connections:question", token, language),
            "days": question.days,
        }

    where = path_to(enquiry)
    mail, key = _mail("enquiry_question", facts), f"enquiry:q:{question.pk}"
    if side == Side.ASKER:
        values = {"firm": in_each_language(lambda: firm_name(enquiry))}
        news = News("answers.question", where, values)
        return _to_asker(enquiry, news, mail, key=key, at=at)
    news = News("enquiries.question", where, {"other": asker, "firm": firm.name})
    return tell_firm(firm, news, mail, key=key, at=at)


def send_link_again(enquiry: Enquiry, side: Side, *, at: datetime) -> int:
    """Send a side a new link in place of one that is too old; once a day.

    It was asked for, so it is no notice and nothing stops it.
    """
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
    if letter.business is None:
        return letter.writer
    return f"{(letter.business.merged_into or letter.business).name} ({letter.writer})"


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


def _to_asker(enquiry: Enquiry, news: News, mail: Mail, *, key: str, at: datetime) -> int:
    """Tell whoever asked: in the account, and where that has no address, at the letter's."""
    return tell_writer(enquiry.letter, enquiry.firm, news, mail, key=key, at=at)


def tell_writer(  # of which letter, of which firm, in a few words and in many
    letter: Letter, firm: Business, news: News, mail: Mail, *, key: str, at: datetime
) -> int:
    """Tell whoever wrote a letter of a firm; return how many messages go out at once."""
    told = 0
    if letter.person is not None:
        told = tell(letter.person, news, key=key, at=at, mail=mail)
        if letter.person.email or letter.person.is_demo:
            return told
    elif firm.is_demo:
        return 0
    if letter.email:
        kind = WORDS[news.words].kind
        told += write_to_address(letter.email, mail, letter.language, kind=kind, key=key, at=at)
    return told


def _email_of(letter: Letter) -> str:
    if letter.person is not None and letter.person.is_demo:
        return ""
    return letter.email or (letter.person.email if letter.person else "") or ""


def _whole(name: str, token: str, language: str) -> str:
    with translation.override(language):
        path = reverse(name, args=[token])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _mail(template: str, facts: Callable[[str], Mapping[str, Any]]) -> Mail:
    """Return a message of this room; it holds a link that lets one in."""
    kind = f"connections.{template}"
    return Mail(f"connections/mail/{template}", kind, facts, is_secret=True)


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
