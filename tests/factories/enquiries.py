"""Enquiries to test with: a member asks a workshop with an owner, and what a test changes of it."""

from itertools import count
from typing import Any

from ifn.accounts.models import User
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import By, Written
from ifn.connections.enquiring.askers import Asker
from ifn.connections.enquiring.challenge import has_zeros
from ifn.connections.enquiring.states import Side
from ifn.connections.models import Enquiry, Letter
from ifn.directory.models import Business, Membership
from ifn.directory.profile import ContactFact
from ifn.vocabulary.models import Term
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, profile, registered

TEXT = "Kami mencari 500 pasang sol karet hitam ukuran 38 sampai 43. Berapa harganya?"
WHATSAPP, EMAIL = "+6281234567890", "ibu.ratna@kelom.example"
CONTACTS = (
    ContactFact("whatsapp", WHATSAPP, "nobody"),
    ContactFact("email", EMAIL, "nobody"),
)
FIRM, ASKER = By(Side.FIRM), By(Side.ASKER)


def firm(*, owner: User | None = None, **facts: Any) -> Business:
    """Return a listed workshop with hidden contacts, and its owner if one is given."""
    made = registered(profile(**{"contacts": CONTACTS} | facts))
    if owner is not None:
        Membership.objects.create(business=made, person=owner, role="owner", since=AT)
    return made


def member(person: User | None = None, **options: Any) -> Asker:
    person = person or UserFactory()
    return Asker(**{"person": person, "email": person.email, "phone": person.phone} | options)


def visitor(**options: Any) -> Asker:
    given = {"name": "Jane Buyer", "email": "jane@buyer.example", "language": "en"}
    return Asker(**given | options)


def written(text: str = TEXT, **options: Any) -> Written:
    return Written(text, **options)


def pairs(quantity: int) -> dict[str, int]:
    unit = Term.objects.get(vocabulary="unit", code="PASANG")
    return {"quantity": quantity, "unit": unit.pk}


def sent(*firms: Business, **options: Any) -> Letter:
    """Return a letter of a member to these firms, or to one of its own making."""
    given: dict[str, Any] = {"asker": None, "at": AT, "text": TEXT} | options
    asker = given.pop("asker") or member()
    text = given.pop("text")
    return actions.send(written(text), firms or [firm()], asker=asker, **given)


def enquiry(*firms: Business, **options: Any) -> Enquiry:
    """Return the enquiry of a letter to one firm."""
    return sent(*firms, **options).enquiries.select_related("letter", "business").get()


def accepted(*firms: Business, share: str = f"whatsapp:{WHATSAPP}", **options: Any) -> Enquiry:
    made = enquiry(*firms, **options)
    actions.accept(made, share=share, words="", by=FIRM, at=options.get("at", AT))
    return made


def solve(word: str) -> str:
    """Return the number that solves a challenge, as the script finds it."""
    return next(str(n) for n in count() if has_zeros(f"{word}.{n}"))
