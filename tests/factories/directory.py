"""Profiles to test with: a workshop in Mojokerto, and whatever a test changes of it."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate, now
from PIL import Image

from ifn.accounts.models import User
from ifn.directory import actions
from ifn.directory.actions import Consenting
from ifn.directory.indexing import put_in_lists
from ifn.directory.models import Business, Source, Verification
from ifn.directory.profile import CapabilityFact, CertificateFact, ContactFact, Profile
from ifn.directory.queries import pictures_of, profile_of
from tests.factories.accounts import OfficerFactory

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
ON = date(2026, 6, 1)
LATER = datetime(2026, 7, 1, 9, tzinfo=UTC)
LATER_ON = date(2026, 7, 1)

MOJOKERTO, SIDOARJO, BANDUNG = "35.16", "35.15", "32.73"


def role(code: str) -> CapabilityFact:
    return CapabilityFact("value_chain_role", code)


def profile(**changes: Any) -> Profile:
    """Return a maker of outsoles with little known about it."""
    facts: dict[str, Any] = {
        "name": "Sol Jaya Abadi",
        "region": MOJOKERTO,
        "capabilities": (CapabilityFact("material", "RUBBER"), role("CO_OUTSOLE")),
    }
    return Profile(**facts | changes)


def full_profile(**changes: Any) -> Profile:
    """Return a workshop of which everything is known."""
    facts: dict[str, Any] = {
        "name": "Langkah Jaya",
        "legal_form": "cv",
        "brands": ("Langkah", "Jaya Kaki"),
        "summary_id": "Sneakers kulit untuk merek Anda",
        "summary_en": "Leather sneakers for your brand",
        "story_id": "Kami mulai dari teras rumah.",
        "story_en": "We began on a porch.",
        "founded_year": 2009,
        "nib": "9120001234567",
        "size_ministry": "IK",
        "size_statistics": "kecil",
        "size_msme": "mikro",
        "workers": 14,
        "capabilities": (
            CapabilityFact("construction", "CEMENTED"),
            CapabilityFact("machine", "SEWPOST", units=3),
            CapabilityFact("material", "COW"),
            CapabilityFact("process", "STITCH", monthly_pairs=777),
            CapabilityFact("product_type", "SNEAKER"),
            role("PR_MAKLON"),
        ),
        "certificates": (
            CertificateFact(
                "SNI_0111",
                "LSPr-07",
                "BPIPI",
                issued_on=date(2024, 2, 1),
                expires_on=date(2028, 2, 1),
            ),
        ),
        "monthly_capacity": 4321,
        "capacity_visibility": "public",
        "address_visibility": "public",
        "minimum_order": 50,
        "lead_time_days": 30,
        "size_from": Decimal("36.0"),
        "size_to": Decimal("44.5"),
        "sample_policy": "refunded",
        "sample_days": 7,
        "sole_source": "partner",
        "takes_job_orders": True,
        "has_own_production": False,
        "sells_locally": True,
        "sells_nationally": True,
        "exports": True,
        "export_countries": "Malaysia, Jepang",
        "languages": ("id", "en"),
        "region": MOJOKERTO,
        "address": "Jl. Sepatu 1",
        "postcode": "61361",
        "latitude": -7.47,
        "longitude": 112.43,
        "precision": "street",
        "contacts": (
            ContactFact("whatsapp", "+6281234567890", "public"),
            ContactFact("phone", "+62321555123", "members"),
            ContactFact("email", "rahasia@langkah.example", "nobody"),
            ContactFact("website", "https://langkah.example", "public"),
            ContactFact("instagram", "langkahjaya", "public"),
            ContactFact("marketplace", "https://toko.example/langkah", "public"),
        ),
    }
    return Profile(**facts | changes)


def organisation(**changes: Any) -> Profile:
    facts: dict[str, Any] = {
        "name": "Koperasi Alas Kaki",
        "kind": "organisation",
        "legal_form": "koperasi",
        "services_id": "Kami membeli bahan bersama.",
        "services_en": "We buy materials together.",
        "capabilities": (role("IN_ASSOC"),),
        "region": SIDOARJO,
        "contacts": (ContactFact("email", "halo@koperasi.example", "public"),),
    }
    return Profile(**facts | changes)


def office() -> Source:
    return actions.source_named(Source.Kind.OFFICER, "Sri Wahyuni")


def on_the_phone() -> Consenting:
    """Return that the owner agreed on the phone to have every contact shown as it is stated."""
    officer = User.objects.filter(email="telepon@kantor.example").first()
    officer = officer or OfficerFactory(email="telepon@kantor.example", phone=None, duties=[])
    return Consenting("phone", given_by="Bu Ratna", recorded_by=officer)


def registered(facts: Profile | None = None, **options: Any) -> Business:
    """Enter a profile as the office would."""
    given: dict[str, Any] = {"source": office(), "stated_on": ON, "actor": None, "at": AT}
    given["consenting"] = on_the_phone()
    return actions.register(facts or profile(), **given | options)


def revised(business: Business, facts: Profile, **options: Any) -> Business:
    given: dict[str, Any] = {
        "version": business.version,
        "source": office(),
        "stated_on": LATER_ON,
        "actor": None,
        "at": LATER,
        "consenting": on_the_phone(),
    }
    return actions.revise(business, facts, **given | options)


def verified(business: Business, topic: str = "legality", **options: Any) -> Verification:
    """Verify a topic today, as an officer for verification would."""
    given: dict[str, Any] = {
        "replaces": None,
        "actor": options.pop("actor", None) or OfficerFactory(duties=["verifier"]),
        "at": options.pop("at", None) or now(),
    }
    if "replaces" in options:
        given["replaces"] = options.pop("replaces")
    given["on"] = localdate(given["at"])
    upload = options.pop("upload", None) or photo()
    facts = {"checked_on": given["on"], "note": "Akta dan NIB dilihat."}
    check = actions.Check(topic=topic, **facts | options)
    return actions.verify(business, check, upload, **given)


def let_expire(verification: Verification, on: date) -> None:
    """Let a verification end on a day gone by, as time does, with lists that follow."""
    Verification.objects.filter(pk=verification.pk).update(
        checked_on=on - timedelta(days=365), expires_on=on
    )
    business = verification.business
    put_in_lists(business, profile_of(business), pictures_of(business))


def photo(
    size: tuple[int, int] = (640, 480), kind: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """Return a picture file with a gradient, so that it compresses like a real one."""
    wide, high = size
    shades = Image.linear_gradient("L").resize(size)
    if mode in {"RGB", "RGBA", "CMYK"}:
        flat = [Image.new("L", (wide, high), shade) for shade in (90, 200, 128)][: len(mode) - 1]
        picture = Image.merge(mode, [shades, *flat])
    else:
        picture = shades.convert(mode)
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
