"""Claims and reports to test with."""

from typing import Any

from ifn.accounts.models import User
from ifn.directory.handing import Handed
from ifn.directory.models import Business, Contact
from ifn.directory.profile import ContactFact
from ifn.moderation import actions
from ifn.moderation.models import Claim, Report
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, MOJOKERTO, profile, registered

PDF = b"%PDF-1.7 izin usaha %%EOF"
CONTACTS = (
    ContactFact("whatsapp", "+6281234567890", "public"),
    ContactFact("email", "ibu.ratna@kelom.example", "nobody"),
)


def reachable(region: str = MOJOKERTO, **facts: Any) -> Business:
    """Return a listed profile without an owner, with a number and a hidden e-mail address."""
    return registered(profile(region=region, contacts=CONTACTS, **facts))


def contact(business: Business, kind: str = "email") -> int:
    return Contact.objects.get(business=business, kind=kind).pk


def waiting_claim(business: Business | None = None, **options: Any) -> Claim:
    """Return a claim with evidence that waits for the office."""
    given: dict[str, Any] = {
        "text": "Saya Ratna, pemiliknya.",
        "handed": None,
        "person": None,
        "at": AT,
    } | options
    given["person"] = given["person"] or UserFactory()
    return actions.claim_by_evidence(business or reachable(), **given)


def handed() -> Handed:
    return Handed(PDF, "pdf", "NIB saya.pdf")


def reported(
    business: Business | None = None,
    *,
    kind: str = Report.Kind.CLOSED,
    text: str = "Tutup sejak lebaran",
    person: User | None = None,
    **options: Any,
) -> Report:
    given: dict[str, Any] = {"email": "", "phone": "", "language": "id"} | options
    at = given.pop("at", AT)
    reporter = actions.Reporter(person=person, **given)
    return actions.report(business or reachable(), kind=kind, text=text, reporter=reporter, at=at)
