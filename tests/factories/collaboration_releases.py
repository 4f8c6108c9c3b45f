"""What a project made, to test with: batches, hand-outs, releases, and what a test changes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.actions import batching, consenting, receiving, releasing
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.models import (
    Allocation,
    ProductionBatch,
    Project,
    ProjectPartner,
    Receipt,
    Release,
)
from ifn.directory.models import Business, Membership
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, ON, profile, registered
from tests.factories.programmes import officer

S39, S40, S41 = Decimal("39.0"), Decimal("40.0"), Decimal("41.0")
MADE = {S39: 10, S40: 20, S41: 10}


def firm(name: str = "Langkah Baru", owner: User | None = None, **facts: Any) -> Business:
    made = registered(profile(name=name, **facts))
    if owner is not None:
        Membership.objects.create(business=made, person=owner, role="owner", since=AT)
    return made


def project(led_by: Business | None = None, **facts: Any) -> Project:
    given = {
        "title_id": "Sol luar jejak air",
        "title_en": "The water trail outsole",
        "state": "running",
        "is_public": True,
        "since": AT,
        "created_at": AT,
    }
    return Project.objects.create(
        **given | facts, led_by=led_by, code=codes.new(codes.Kind.PROJECT)
    )


def partner(of: Project, role: str = "outsole", **facts: Any) -> ProjectPartner:
    """Let a firm, or somebody by name, take part in a project."""
    given: dict[str, Any] = {
        "state": "accepted",
        "is_named": True,
        "name": getattr(facts.get("business"), "name", "Bengkel Sol"),
        "since": AT,
        "added_at": AT,
    }
    return ProjectPartner.objects.create(**given | facts, project=of, role=role)


def led(**facts: Any) -> tuple[Project, User]:
    """Return a project that a firm leads, and its owner."""
    owner = UserFactory()
    return project(firm("Merek Melangkah", owner), **facts), owner


def batch(
    of: Project | None = None, sizes: Mapping[Decimal, int] = MADE, **facts: Any
) -> ProductionBatch:
    given: dict[str, Any] = {"made_on": date(2026, 5, 20), "key": uuid4()} | facts
    return batching.begin_batch(
        of or project(), "Sol luar karet", sizes, actor=officer(), at=AT, **given
    )


def recipients(of: ProductionBatch, number: int = 2) -> list[Allocation]:
    """Put as many new firms on the list."""
    before = Allocation.objects.filter(batch=of).count()
    firms = [firm(f"Penerima {before + place}") for place in range(number)]
    batching.add_recipients(of, firms, actor=officer(), at=AT)
    rows = Allocation.objects.filter(batch=of).select_related("batch__project", "business")
    return list(rows.order_by("pk"))[before:]


def allocated(
    number: int = 2, sizes: Mapping[Decimal, int] = MADE, **facts: Any
) -> tuple[ProductionBatch, list[Allocation]]:
    """Return a batch that is shared out, the same for each."""
    made = batch(sizes=sizes, **facts)
    rows = recipients(made, number)
    batching.share_out(made, batching.sharing.Rule.EQUAL, asked={}, actor=officer(), at=AT)
    made.refresh_from_db()
    return made, rows


def signed(one: Allocation, name: str = "Bu Ratna", **facts: Any) -> Receipt:
    given: dict[str, Any] = {"on": ON} | facts
    receipt, _is_new = receiving.sign(one, Handover(name, **given), actor=None, at=AT)
    return receipt


TEXTS = {
    "title_id": "Sepatu Jejak Air",
    "title_en": "The water trail shoe",
    "story_id": "Dari sketsa pemenang menjadi sepatu, bersama Bengkel Sol.",
    "story_en": "From a winner's sketch to a shoe, together with Bengkel Sol.",
    "how_id": "Di toko Merek Melangkah.",
    "how_en": "At the shop of Merek Melangkah.",
}


def written(of: Project | None = None, **texts: str) -> Release:
    return releasing.write_release(of or project(), TEXTS | texts, actor=officer(), at=AT)


def asked(of: Project | None = None, partners: int = 2, **texts: str) -> Release:
    """Return a release about which as many partners by name are asked."""
    of = of or project()
    for place in range(partners):
        partner(of, name=f"Mitra {place + 1}", role="designer")
    release = written(of, **texts)
    releasing.ask_partners(release, actor=officer(), at=AT)
    release.refresh_from_db()
    return release


def agree(release: Release, *, but: int = 0) -> Release:
    """Let everybody agree but the last ones."""
    consents = list(release.consents.order_by("pk"))
    for one in consents[: len(consents) - but]:
        consenting.answer(one, agrees=True, text_version=release.text_version, actor=None, at=AT)
    return release


def published(of: Project | None = None, partners: int = 2, **texts: str) -> Release:
    release = agree(asked(of, partners, **texts))
    return releasing.publish(release, on=ON, actor=officer(), at=AT)
