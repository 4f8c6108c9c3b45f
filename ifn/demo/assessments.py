"""Invented assessments: what makers needed in 2023, and some a year later or after mentoring.

Levels follow from the firm's number and the dimension alone, so that a load gives the same again.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from types import MappingProxyType
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
#: The province of the model case: at most so many of its makers are assessed, and so many others.
PROVINCE: Final = "52"
MOST: Final = 40
OTHERS: Final = 30
OWN_FIRM: Final = "Jahit Upper Bu Ratna"
FIRST: Final = datetime(2023, 5, 8, 2, tzinfo=UTC)
AGAIN: Final = datetime(2024, 11, 4, 2, tzinfo=UTC)
#: When those who were mentored in 2024 were assessed once more.
AFTER: Final = datetime(2025, 3, 3, 2, tzinfo=UTC)
NO_GAINS: Final[Mapping[str, float]] = MappingProxyType({})
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


def assess_before(firms: Iterable[Business]) -> int:
    """Assess those firms as in 2023 that were not assessed then; return how many."""
    return _assess_all(firms, FIRST, gain=0.0, gains=NO_GAINS, unless_in=FIRST.year)


def assess_after(firms: Iterable[Business], dimensions: Iterable[str]) -> int:
    """Assess firms in 2025 that were mentored in these dimensions, or in none; return how many.

    They are further there, and a little further in the rest.
    """
    gains = dict.fromkeys(dimensions, 1.3)
    return _assess_all(firms, AFTER, gain=0.4, gains=gains, unless_in=AFTER.year)


def _assess_all(
    firms: Iterable[Business],
    first: datetime,
    *,
    gain: float,
    gains: Mapping[str, float],
    unless_in: int,
) -> int:
    version = InstrumentVersion.objects.filter(instrument__code=CODE, state="in_use").first()
    if version is None:
        return 0
    done = Assessment.objects.filter(version=version, assessed_on__year=unless_in)
    known = set(done.values_list("business", flat=True))
    left = [one for one in firms if one.pk not in known]
    for place, firm in enumerate(left):
        assess(firm, version, first + timedelta(days=2 * place), gain=gain, gains=gains)
    return len(left)


def _firms() -> list[Business]:
    """Return the makers: those of the province, then some of the rest, in the order of numbers."""
    makers = Business.objects.filter(
        is_demo=True, kind=Business.Kind.BUSINESS, status=Business.Status.LISTED
    ).exclude(region=None)
    of_province = makers.filter(region__code__startswith=PROVINCE).order_by("number")
    others = makers.exclude(region__code__startswith=PROVINCE).exclude(name=OWN_FIRM)
    return [*of_province[:MOST], *others.order_by("number")[:OTHERS]]


def _is_of_province(firm: Business) -> bool:
    return (firm.region_id or "").startswith(PROVINCE)


def assess(
    firm: Business,
    version: InstrumentVersion,
    at: datetime,
    *,
    gain: float,
    gains: Mapping[str, float] = NO_GAINS,
) -> None:
    """Let an assessor see a firm on a visit, so much above where it began, and approve it."""
    one = _begun(firm, version, at, gain=gain, gains=gains)
    deciding.submit(one, actor=None, at=at)
    deciding.approve(one, actor=None, at=at + timedelta(days=2))


def _begun(
    firm: Business,
    version: InstrumentVersion,
    at: datetime,
    *,
    gain: float,
    gains: Mapping[str, float] = NO_GAINS,
) -> Assessment:
    one = answering.start(firm, version, mode="visit", assessed_on=at.date(), actor=None, at=at)
    chance = Random(f"{firm.number}:{version.number}")  # noqa: S311  # no secret
    document = document_of(version)
    answering.save_answers(one, _changes(document, chance, gain, gains), actor=None, at=at)
    return one


def _changes(
    document: Document, chance: Random, gain: float, gains: Mapping[str, float]
) -> list[Change]:
    found = []
    skill = chance.uniform(1.2, 2.6)
    for one in document.questions:
        if one.kind == Kind.SCALE:
            further = gains.get(one.dimension, gain)
            level = skill - WEAK.get(one.dimension, 0.0) + further + chance.gauss(0, 0.6)
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
