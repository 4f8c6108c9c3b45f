"""Invented enquiries: who of the demo network asked whom for what, and what came of it."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from ifn.accounts.models import User
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import Amount, By
from ifn.connections.enquiring.askers import Asker
from ifn.connections.enquiring.states import Event, Side
from ifn.connections.models import Enquiry, Letter
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


@lru_cache(maxsize=1)
def written() -> tuple[DemoEnquiry, ...]:
    """Return all that is written down, in its order."""
    return tuple(
        DemoEnquiry(
            to=tuple(row["to"]),
            text=row["text"],
            days=row["days"],
            path=tuple(row["path"].split()),
            quantity=row.get("quantity"),
            unit=row.get("unit", "PASANG"),
            name=row.get("from", ""),
            email=row.get("email", ""),
        )
        for row in tomllib.loads(FILE.read_text())["enquiry"]
    )


def write_all(member: User, *, at: datetime) -> int:
    """Write the enquiries whose firms are there and let happen what happened; return how many."""
    firms = {one.name: one for one in Business.objects.listed().filter(is_demo=True)}
    made = 0
    for one in written():
        to = [firms[name] for name in one.to if name in firms]
        if to:
            letter = _sent(one, to, member, at - timedelta(days=one.days))
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
    unit = lexicon().get(Vocabulary.UNIT, one.unit)
    words = actions.Written(one.text, one.quantity, unit.pk if unit and one.quantity else None)
    if not one.email:
        asker = Asker(person=member, email=member.email or "", phone=member.phone or "")
        return actions.send(words, to, asker=asker, at=at)
    letter = actions.send(words, to, asker=Asker(name=one.name, email=one.email), at=at)
    return actions.prove(letter, at=at)


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
        case "whatsapp":
            actions.report_contact(enquiry, by=asker, at=at)
        case "talk":
            actions.note_outcome(enquiry, Event.TALK, by=asker, at=at)
        case "fail":
            actions.note_outcome(enquiry, Event.FAIL, reason=detail, by=asker, at=at)
        case "agree":
            actions.note_outcome(enquiry, Event.AGREE, by=asker, at=at)
            amount = Amount("committed", Decimal(detail))
            actions.state_worth(enquiry, [amount], by=asker, at=at)
