"""Invented enquiries: who of the demo network asked whom for what, and what came of it."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import Amount, By, Written
from ifn.connections.enquiring.askers import Asker
from ifn.connections.enquiring.states import Event, Side
from ifn.connections.models import Enquiry, Letter, Opportunity
from ifn.directory.models import Business
from ifn.vocabulary.models import Vocabulary
from ifn.vocabulary.queries import lexicon

FILE: Final = Path(__file__).parent / "data" / "enquiries.toml"
#: The firm that the demo member looks after.
OWN_FIRM: Final = "Jahit Upper Bu Ratna"
#: One step follows another after so long.
PACE: Final = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class DemoEnquiry:
    """One enquiry as it is written down."""

    to: Sequence[str]
    text: str
    days: int
    path: Sequence[str]
    quantity: int | None = None
    unit: str = "PASANG"
    name: str = ""
    email: str = ""
    #: The business whose opportunity it answers, by the profile's place in its address.
    answers: str = ""


@lru_cache(maxsize=1)
def written() -> tuple[DemoEnquiry, ...]:
    """Return all that is written down, in its order."""
    return tuple(
        DemoEnquiry(
            to=tuple(row.get("to", ())),
            text=row["text"],
            days=row["days"],
            path=tuple(row["path"].split()),
            quantity=row.get("quantity"),
            unit=row.get("unit", "PASANG"),
            name=row.get("from", ""),
            email=row.get("email", ""),
            answers=row.get("answers", ""),
        )
        for row in tomllib.loads(FILE.read_text())["enquiry"]
    )


def write_all(member: User, *, at: datetime) -> int:
    """Write the enquiries whose firms are there and let happen what happened; return how many."""
    firms = {one.name: one for one in Business.objects.listed().filter(is_demo=True)}
    asked = {
        one.business.slug: one
        for one in Opportunity.objects.open_on(localdate(at))
        .filter(is_demo=True)
        .select_related("business")
    }
    made = 0
    for one in written():
        to = [firms[name] for name in one.to if name in firms]
        if one.answers in asked:
            letter = _answered(one, asked[one.answers], member, at - timedelta(days=one.days))
        elif to:
            letter = _sent(one, to, member, at - timedelta(days=one.days))
        else:
            continue
        made += _happened(letter, one, at=at)
    actions.expire(at=at)
    return made


def remove_all() -> int:
    """Remove what demo people and invented visitors wrote; return how many letters."""
    emails = [one.email for one in written() if one.email]
    letters = Letter.objects.filter(enquiries__business__is_demo=True)
    own = letters.filter(person__is_demo=True) | letters.filter(email__in=emails)
    gone = list(own.distinct().values_list("pk", flat=True))
    Letter.objects.filter(pk__in=gone).delete()
    return len(gone)


def _sent(one: DemoEnquiry, to: list[Business], member: User, at: datetime) -> Letter:
    letter = actions.send(_words(one), to, asker=_asker(one, member), at=at)
    return actions.prove(letter, at=at)


def _answered(one: DemoEnquiry, to: Opportunity, member: User, at: datetime) -> Letter:
    letter = actions.answer_opportunity(to, _words(one), asker=_asker(one, member), at=at)
    return actions.prove(letter, at=at)


def _words(one: DemoEnquiry) -> Written:
    unit = lexicon().get(Vocabulary.UNIT, one.unit)
    return Written(one.text, one.quantity, unit.pk if unit and one.quantity else None)


def _asker(one: DemoEnquiry, member: User) -> Asker:
    if one.email:
        return Asker(name=one.name, email=one.email)
    return Asker(person=member, email=member.email or "", phone=member.phone or "")


def _happened(letter: Letter, one: DemoEnquiry, *, at: datetime) -> int:
    enquiries = list(Enquiry.objects.filter(letter=letter).order_by("place"))
    for enquiry in enquiries:
        for when, step in _timed(one, at):
            _step(enquiry, *step.partition(":")[::2], at=when)
    return len(enquiries)


def _timed(one: DemoEnquiry, at: datetime) -> Iterator[tuple[datetime, str]]:
    began = at - timedelta(days=one.days)
    for place, step in enumerate(one.path, start=1):
        yield min(at, began + place * PACE), step


def _step(enquiry: Enquiry, word: str, detail: str, *, at: datetime) -> None:
    firm, asker = By(Side.FIRM), By(Side.ASKER)
    match word:
        case "see":
            actions.see(enquiry, by=firm, at=at)
        case "accept":
            actions.accept(enquiry, share="", words="Bisa, mari kita bicarakan.", by=firm, at=at)
        case "decline":
            actions.decline(enquiry, reason=detail, words="", by=firm, at=at)
        case "withdraw":
            actions.withdraw(enquiry, reason=detail, words="", knows_answer=False, by=asker, at=at)
        case "whatsapp":
            actions.report_contact(enquiry, by=asker, at=at)
        case "talk" | "fail" | "agree":
            actions.note_outcome(enquiry, Event(word), reason=detail, by=asker, at=at)
    if word == "agree":
        actions.state_worth(enquiry, [Amount("committed", Decimal(detail))], by=asker, at=at)
