"""Answers to opportunities to test with: a firm easily found in any text, and who answers it."""

from typing import Any

from django.core import mail
from django.urls import reverse

from ifn.accounts.models import User
from ifn.connections.actions import enquiries as actions
from ifn.connections.models import Enquiry, Letter, Opportunity
from ifn.directory.models import Business, Membership
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, profile, registered
from tests.factories.enquiries import TEXT, member, written
from tests.factories.opportunities import opened_today

NAME = "Rahasia Kaki Mas"
OWNER = "Ibu Sulastri Rahayu"
NUMBER, EMAIL = "+6281377788899", "halo@rahasia-kaki.example"
PRICE = {"price_from": 85000, "currency": "IDR", "price_unit": "PASANG", "price_shown": "accepted"}
#: Anything that tells who the firm is; its number in the directory comes with the firm.
TELLTALES = (NAME, "rahasia", OWNER, "81377788899")


def secret_firm(**facts: Any) -> tuple[Business, User]:
    """Return a listed firm whose contacts everybody sees, and its owner."""
    contacts = (ContactFact("whatsapp", NUMBER, "public"), ContactFact("email", EMAIL, "public"))
    business = registered(profile(**{"name": NAME, "contacts": contacts} | facts))
    owner = UserFactory(name=OWNER, email="sulastri@rahasia-kaki.example")
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    return business, owner


def unnamed(business: Business | None = None, owner: User | None = None, **facts: Any) -> Any:
    """Return an open opportunity that does not show its firm's name."""
    if business is None or owner is None:
        business, owner = secret_firm()
    return opened_today(business, owner, **{"visibility": "unnamed"} | facts)


def answered(opportunity: Opportunity, **options: Any) -> Letter:
    """Return the letter of a member that answers an opportunity."""
    given: dict[str, Any] = {"asker": None, "text": TEXT} | options
    asker = given.pop("asker") or member()
    words = written(given.pop("text"))
    given.setdefault("at", opportunity.opened_at)
    return actions.answer_opportunity(opportunity, words, asker=asker, **given)


def answer(opportunity: Opportunity, **options: Any) -> Enquiry:
    """Return the enquiry of such a letter."""
    return answered(opportunity, **options).enquiries.select_related("letter", "business").get()


def way_to(opportunity: Opportunity) -> str:
    return reverse("connections:answer", args=[opportunity.number])


def told(address: str) -> str:
    """Return every message to an address, waiting or sent, as one text.

    What is secret in a message is forgotten once it is sent.
    """
    waiting = Message.objects.filter(to=address).order_by("pk")
    read = [f"{one.subject}\n{one.text}\n{one.html}\n{one.unsubscribe}" for one in waiting]
    for one in mail.outbox:
        if address in one.to:
            read += [str(one.subject), str(one.body), str(one.extra_headers)]
            read += [str(content) for content, _kind in getattr(one, "alternatives", [])]
    return "\n".join(read)
