"""Calls to test with: for an outsole maker and a designer, and whatever a test changes of it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from ifn.accounts.models import User
from ifn.collaboration.actions.calls import applying, judging, moving, screening, writing
from ifn.collaboration.actions.calls.applying import Offer
from ifn.collaboration.actions.calls.judging import Given
from ifn.collaboration.models import (
    Application,
    Call,
    CallPhase,
    CallRole,
    CallTerms,
    Criterion,
    Evaluator,
)
from ifn.collaboration.queries.calls import terms_of
from ifn.directory.models import Business, Membership
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, ON, profile, registered

OPENS, CLOSES, DECIDES = date(2026, 6, 1), date(2026, 6, 20), date(2026, 7, 10)
#: The day after the last on which firms may apply.
AFTER_ON = date(2026, 6, 21)
AFTER = datetime(2026, 6, 21, 3, tzinfo=UTC)


def officer() -> User:
    known = User.objects.filter(email="kolaborasi@kantor.example").first()
    return known or OfficerFactory(email="kolaborasi@kantor.example", duties=["programme"])


def firm(name: str = "Sol Jaya Abadi", **changes: Any) -> Business:
    return registered(profile(name=name, **changes))


def speaker(business: Business, role: str = "owner") -> User:
    """Return somebody who looks after a business."""
    person: User = UserFactory()
    Membership.objects.create(business=business, person=person, role=role, since=AT)
    return person


def drafted(business: Business | None = None, **changes: Any) -> Call:
    """Return a call of the office, or of a firm, with nothing but its title and days."""
    facts: dict[str, Any] = {
        "title_id": "Sol luar untuk sepatu sekolah",
        "title_en": "Outsoles for school shoes",
        "aim_id": "Sol yang ringan dan awet.",
        "opens_on": OPENS,
        "closes_on": CLOSES,
        "decides_on": DECIDES,
    }
    actor = changes.pop("actor", None) or officer()
    return writing.begin(facts | changes, business=business, actor=actor, at=AT)


def role(call: Call, kind: str = "outsole", **facts: Any) -> CallRole:
    return writing.write_part(
        CallRole(call=call), {"role": kind, "wanted": 1} | facts, actor=officer(), at=AT
    )


def criterion(call: Call, name: str = "Mutu", weight: int = 60) -> Criterion:
    facts = {"name_id": name, "name_en": "", "weight": weight}
    return writing.write_part(Criterion(call=call), facts, actor=officer(), at=AT)


def phase(call: Call, **facts: Any) -> CallPhase:
    given = {"label_id": "Bengkel", "label_en": "Workshop", "starts_on": OPENS, "ends_on": CLOSES}
    return writing.write_part(CallPhase(call=call), given | facts, actor=officer(), at=AT)


def terms(call: Call, text: str = "Hak desain tetap pada perancang.") -> CallTerms:
    return writing.write_terms(call, text, "", actor=officer(), at=AT)


def complete(business: Business | None = None, **changes: Any) -> Call:
    """Return a draft that can be opened: a role, criteria of 60 and 40 percent, terms."""
    conditions = changes.pop("conditions", {})
    call = drafted(business, **changes)
    role(call, **conditions)
    criterion(call)
    criterion(call, "Harga", 40)
    terms(call)
    return call


def moved(call: Call, *states: str, at: datetime = AT, on: date = ON, reason: str = "x") -> Call:
    for state in states:
        call = moving.move(call, state, reason=reason, actor=officer(), at=at, today=on)
    return call


def opened(business: Business | None = None, **changes: Any) -> Call:
    call = complete(business, **changes)
    return moved(call, "review", "open") if business else moved(call, "open")


def wanted(call: Call) -> CallRole:
    """Return the first role of a call."""
    return CallRole.objects.select_related("call__business").filter(call=call).order_by("pk")[0]


def applied(
    call: Call, business: Business | None = None, *, key: UUID | None = None, **options: Any
) -> Application:
    business = business or firm()
    given: dict[str, Any] = {
        "terms": terms_of(call),
        "actor": officer(),
        "at": AT,
        "today": ON,
    } | options
    offer = Offer("Kami membuat sol ringan.", "", key or uuid4())
    return applying.apply(wanted(call), business, offer, **given)


def at_panel(number: int = 2, business: Business | None = None) -> tuple[Call, list[Application]]:
    """Return a call with the panel, and its eligible applications."""
    call = opened(business, conditions={"wanted": max(number - 1, 1)})
    rows = [applied(call, firm(f"Pelamar {place}")) for place in range(number)]
    moved(call, "screening", at=AFTER, on=AFTER_ON)
    for one in rows:
        screened(one)
    call = moved(call, "panel", at=AFTER, on=AFTER_ON)
    return call, [Application.objects.get(pk=one.pk) for one in rows]


def screened(one: Application, *, is_eligible: bool = True, reason: str = "") -> Application:
    return screening.screen(
        one, is_eligible=is_eligible, reason=reason, actor=officer(), at=AFTER, today=AFTER_ON
    )


def evaluator(call: Call, person: User | None = None, *, declares: bool = True) -> Evaluator:
    one = judging.add_evaluator(call, person or UserFactory(), actor=officer(), at=AFTER)
    return judging.declare(one, {}, actor=one.person, at=AFTER) if declares else one


def judged(one: Evaluator, application: Application, *points: int) -> None:
    """Give points to the criteria, the heaviest first."""
    criteria = Criterion.objects.filter(call=one.call_id).order_by("-weight", "pk")
    given = {each.pk: Given(number) for each, number in zip(criteria, points, strict=True)}
    judging.score(one, application, given, actor=one.person, at=AFTER)
