"""Invented assessments: what makers of the demo network needed in 2023, and some a year later.

Levels follow from the firm's number and the dimension alone, so that a load gives the same again.
"""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from ifn.accounts.models import User
from ifn.assessments.actions import answering, deciding, instruments
from ifn.assessments.actions.answering import Change
from ifn.assessments.actions.instruments import SHIPPED
from ifn.assessments.instruments.document import Document, Kind, Question
from ifn.assessments.instruments.reading import read
from ifn.assessments.models import Assessment, InstrumentVersion
from ifn.assessments.queries.instruments import document_of
from ifn.directory.models import Business

CODE: Final = "kebutuhan-demo"
#: The province of the model case, all of whose makers are assessed, and how many others.
PROVINCE: Final = "52"
OTHERS: Final = 30
OWN_FIRM: Final = "Jahit Upper Bu Ratna"
FIRST: Final = datetime(2023, 5, 8, 2, tzinfo=UTC)
AGAIN: Final = datetime(2024, 11, 4, 2, tzinfo=UTC)
#: Dimensions in which small makers of the east are usually weak, and how much.
WEAK: Final = {"PATTERN": 1.1, "MARKET": 0.9, "DIGITAL": 0.8, "FINANCE": 0.7, "DESIGN": 0.5}


def write_all(*, at: datetime) -> int:
    """Put a questionnaire in use, assess the makers, and return how many assessments there are."""
    shipped = json.loads(SHIPPED.read_text())
    version = instruments.create_instrument(
        CODE,
        name_id=f"{shipped['name_id']} (contoh)",
        name_en=f"{shipped['name_en']} (demo)",
        document=read(shipped["content"]),
        is_demo=True,
        actor=None,
        at=FIRST - timedelta(days=30),
    )
    instruments.put_in_use(version, actor=None, at=FIRST - timedelta(days=7))
    version.refresh_from_db()
    firms = _firms()
    for place, firm in enumerate(firms):
        assess(firm, version, FIRST + timedelta(days=3 * place), gain=0.0)
    for place, firm in enumerate(one for one in firms if _is_of_province(one)):
        assess(firm, version, AGAIN + timedelta(days=place), gain=0.9)
    waiting = _begun(firms[-1], version, at - timedelta(days=2), gain=0.5)
    deciding.submit(waiting, actor=None, at=at - timedelta(days=2))
    return Assessment.objects.filter(version=version).count() + _own(version, at)


def _firms() -> list[Business]:
    """Return the makers: all of the province, then some of the rest, in the order of numbers."""
    makers = Business.objects.filter(
        is_demo=True, kind=Business.Kind.BUSINESS, status=Business.Status.LISTED
    ).exclude(region=None)
    of_province = makers.filter(region__code__startswith=PROVINCE).order_by("number")
    others = makers.exclude(region__code__startswith=PROVINCE).exclude(name=OWN_FIRM)
    return [*of_province, *others.order_by("number")[:OTHERS]]


def _is_of_province(firm: Business) -> bool:
    return (firm.region_id or "").startswith(PROVINCE)


def assess(firm: Business, version: InstrumentVersion, at: datetime, *, gain: float) -> None:
    """Let an assessor see a firm on a visit, so much above where it began, and approve it."""
    one = _begun(firm, version, at, gain=gain)
    deciding.submit(one, actor=None, at=at)
    deciding.approve(one, actor=None, at=at + timedelta(days=2))


def _begun(firm: Business, version: InstrumentVersion, at: datetime, *, gain: float) -> Assessment:
    one = answering.start(firm, version, mode="visit", assessed_on=at.date(), actor=None, at=at)
    chance = Random(f"{firm.number}:{version.number}")  # noqa: S311  # no secret
    document = document_of(version)
    answering.save_answers(one, _changes(document, chance, gain), actor=None, at=at)
    return one


def _changes(document: Document, chance: Random, gain: float) -> list[Change]:
    found = []
    skill = chance.uniform(1.2, 2.6)
    for one in document.questions:
        if one.kind == Kind.SCALE:
            level = skill - WEAK.get(one.dimension, 0.0) + gain + chance.gauss(0, 0.6)
            seen = min(4, max(0, round(level)))
            thought = min(4, max(0, seen + chance.choice((0, 0, 0, 1, 1, -1))))
            found.append(Change(one.code, "assessor", "value", None, seen))
            found.append(Change(one.code, "own", "value", None, thought))
        elif fact := _fact(one, chance):
            found.append(Change(one.code, "own", "value", None, fact))
    return found


def _fact(one: Question, chance: Random) -> str:
    if one.kind == Kind.CHOICE:
        return chance.choice(one.choices).code
    largest = {"CAPACITY_PAIRS": 900, "OUTPUT_PAIRS": 500, "EXPORT_SHARE": 5}.get(one.code, 6)
    if one.kind == Kind.NUMBER:
        value = chance.randint(0, largest)
        return str(value * 25_000 + 75_000 if one.code == "PRICE_PAIR" else value)
    return ""


def _own(version: InstrumentVersion, at: datetime) -> int:
    """Let the demo member have begun to assess their own firm; return how many."""
    member = User.objects.filter(is_demo=True, role=User.Role.MEMBER, is_active=True).first()
    firm = Business.objects.filter(is_demo=True, name=OWN_FIRM).first()
    if member is None or firm is None:
        return 0
    one = answering.start(firm, version, mode="self", assessed_on=at.date(), actor=member, at=at)
    document = document_of(version)
    begun = [
        Change(asked.code, "own", "value", None, 2) for asked in document.questions_of("STITCH")
    ]
    answering.save_answers(one, begun, actor=member, at=at)
    return 1
