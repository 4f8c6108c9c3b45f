"""Opportunities to test with: a brand that seeks a workshop, and whatever a test changes of it."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate, now

from ifn.accounts.models import User
from ifn.connections import actions
from ifn.connections.models import Opportunity
from ifn.connections.opportunities.particulars import Particulars
from ifn.directory.models import Business, Membership
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, MOJOKERTO, ON, profile, registered, verified

DEADLINE = date(2026, 7, 15)


def said(**changes: Any) -> Particulars:
    facts: dict[str, Any] = {
        "title_id": "Cari maklon sneakers kulit",
        "title_en": "Leather sneakers: manufacturer wanted",
        "text_id": "Upper kulit pull-up, sol karet, jahit rapi.",
        "terms": (("value_chain_role", "PR_MAKLON"), ("product_type", "SNEAKER")),
        "amount": 25,
        "unit": "KODI",
        "region": MOJOKERTO,
        "deadline": DEADLINE,
    }
    return Particulars(**facts | changes)


def owned(**facts: Any) -> tuple[Business, User]:
    """Return a listed business and its owner."""
    business, owner = registered(profile(**facts)), UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    return business, owner


def begun(business: Business, owner: User, **options: Any) -> Opportunity:
    given = {"direction": "request", "at": AT} | options
    given.setdefault("kind", f"CAPACITY_{'REQ' if given['direction'] == 'request' else 'OFFER'}")
    return actions.begin(business, actor=owner, **given)


def posted(
    business: Business | None = None, owner: User | None = None, **changes: Any
) -> Opportunity:
    """Post as the owner of a business would; of one that nobody knows, it waits for the office."""
    if business is None or owner is None:
        business, owner = owned()
    options = {name: changes.pop(name) for name in ("direction", "kind") if name in changes}
    at, today = changes.pop("at", AT), changes.pop("today", ON)
    opportunity = begun(business, owner, at=at, **options)
    return actions.post(
        opportunity,
        said(**changes),
        version=opportunity.version,
        actor=owner,
        at=at,
        today=today,
    )


def opened_today(business: Business, owner: User, **changes: Any) -> Opportunity:
    """Post for a business that the network has verified, for pages that ask what day it is."""
    changes = {"at": now(), "today": localdate(), "deadline": None} | changes
    return opened(business, owner, **changes)


def opened(
    business: Business | None = None, owner: User | None = None, **changes: Any
) -> Opportunity:
    """Post for a business that the network has verified."""
    if business is None or owner is None:
        business, owner = owned()
    if not business.verifications.exists():
        verified(business, at=changes.get("at", AT))
    return posted(business, owner, **changes)
