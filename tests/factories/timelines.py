"""A firm to which everything happens that a timeline tells of."""

from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape
from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.connections.actions import desk
from ifn.connections.actions import enquiries as asking
from ifn.connections.actions.enquiries import Amount
from ifn.connections.enquiring.states import Event
from ifn.connections.models import Enquiry
from ifn.directory import actions
from ifn.directory.models import Business, Merge
from ifn.intake import actions as intake
from ifn.moderation import actions as moderation
from ifn.moderation.models import Claim
from tests.factories import lists
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, LATER, profile, revised
from tests.factories.enquiries import ASKER, FIRM, enquiry, firm, member
from tests.factories.moderation import reported
from tests.factories.opportunities import opened


def live(business: Business, owner: User, brand: tuple[Business, User], times: int = 1) -> Enquiry:
    """Let everything happen to a business that can, so often."""
    officer = OfficerFactory(name="Bu Ani", duties=["verifier"])
    for number in range(times):
        at = AT + timedelta(days=number)
        business.refresh_from_db()
        revised(business, profile(name=business.name, workers=9 + number), actor=owner, at=at)
        refused_claim(business, officer, at)
        report = reported(business, at=at)
        moderation.answer_report(report, is_fixed=True, answer="", actor=officer, at=at)
        request = opened(business, owner, at=at)
        made = enquiry(
            business, asker=member(brand[1], business=brand[0]), text="x" * number, at=at
        )
        asking.accept(made, share="", words="", by=FIRM, at=at)
        asking.note_outcome(made, Event.AGREE, by=ASKER, at=at)
        asking.state_worth(made, [Amount("committed", Decimal(7_000_000))], by=ASKER, at=at)
        own = enquiry(firm(name=f"Pabrik {number}"), asker=member(owner, business=business), at=at)
        desk.write_note(request, "Catatan rahasia", actor=officer, at=at)
        desk.write_note(made, "Menelepon pabrik", actor=officer, at=at)
        desk.write_note(own, "Menelepon tujuan", actor=officer, at=at)
        desk.introduce(business, brand[0], f"Hai {number}", about=request, actor=officer, at=at)
        came_in(business, number)
    return made


def came_in(business: Business, number: int) -> None:
    received = lists.received("applied", source="Dinas 2026", sha256=f"{number:064}")
    said = profile(name=business.name, workers=50 + number)
    row = lists.row(received, business.name, "same", facts=said, decision="join", business=business)
    intake.apply_row(row, actor=OfficerFactory(), at=AT + timedelta(days=number, hours=1))


def refused_claim(business: Business, officer: User, at: datetime) -> Claim:
    """Return a claim of before the business had an owner."""
    return Claim.objects.create(
        business=business,
        person=UserFactory(name="Pak Joko"),
        way=Claim.Way.EVIDENCE,
        state=Claim.State.REFUSED,
        begun_at=at,
        since=at,
        decided_at=at,
        decided_by=officer,
        reason="Bukan pemilik",
    )


def merged(kept: Business, gone: Business) -> Merge:
    return actions.merge(
        kept,
        gone,
        versions=(kept.version, gone.version),
        chosen={},
        reason="",
        actor=OfficerFactory(),
        at=LATER,
    )


def page(name: str, business: Business, **query: str) -> str:
    with translation.override("en"):
        address = reverse(f"site:{name}", args=[business.number])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def read(client: Client, name: str, business: Business, **query: str) -> str:
    answer = client.get(page(name, business, **query))
    assert answer.status_code == HTTPStatus.OK
    return unescape(answer.content.decode())
