"""What ends soon: people are told once, before it does."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.confirming import addresses_of, language_of
from ifn.directory.actions.profiles import lock
from ifn.directory.models import (
    Business,
    Certificate,
    CertificateNotice,
    Verification,
    VerificationQuerySet,
)
from ifn.directory.verified import TOLD_DAYS
from ifn.mail.actions import send_template

#: Told of in one piece of work.
BATCH = 50


def verifications_ending(today: date) -> VerificationQuerySet:
    """Return the verifications of listed profiles that end soon and nobody was told of."""
    return (
        Verification.objects.standing()
        .filter(told_at=None, expires_on__range=_soon(today), business__is_demo=False)
        .filter(business__status=Business.Status.LISTED)
        .order_by("pk")
    )


def certificates_ending(today: date) -> QuerySet[Certificate]:
    """Return the certificates of listed profiles that end soon and nobody was told of."""
    told = CertificateNotice.objects.filter(
        **{name: OuterRef(name) for name in ("business", "term", "number", "expires_on")}
    )
    found = Certificate.objects.filter(expires_on__range=_soon(today), business__is_demo=False)
    return found.filter(~Exists(told), business__status=Business.Status.LISTED).order_by("pk")


def tell_of_endings(*, on: date, at: datetime) -> int:
    """Tell of the next things that end soon and return how many there were."""
    verifications = list(verifications_ending(on)[:BATCH])
    for verification in verifications:
        tell_of_verification(verification, on=on, at=at)
    certificates = list(certificates_ending(on)[: BATCH - len(verifications)])
    for certificate in certificates:
        tell_of_certificate(certificate, on=on, at=at)
    return len(verifications) + len(certificates)


@transaction.atomic
def tell_of_verification(verification: Verification, *, on: date, at: datetime) -> int:
    """Tell a profile's people and who verified it; return how many messages were written.

    Told twice, nothing is written the second time.
    """
    business = verification.business
    lock(business)
    found = verifications_ending(on).select_related("verifier").filter(pk=verification.pk).first()
    if found is None:
        return 0
    told = _told(business, found.verifier)
    for place, (address, language, is_verifier) in enumerate(told):
        with translation.override(language):
            name = str(found.get_topic_display())
        context = {"what": name, "expires_on": found.expires_on, "is_verifier": is_verifier}
        _write("verification", f"{found.pk}:{place}", address, language, business, context, at)
    found.told_at = at
    found.save(update_fields=["told_at"])
    record(
        "directory.verification.told",
        business,
        actor=None,
        at=at,
        topic=found.topic,
        messages=len(told),
    )
    return len(told)


@transaction.atomic
def tell_of_certificate(certificate: Certificate, *, on: date, at: datetime) -> int:
    """Tell a profile's people of a certificate; return how many messages were written.

    Told twice, nothing is written the second time.
    """
    business = certificate.business
    lock(business)
    found = certificates_ending(on).select_related("term").filter(pk=certificate.pk).first()
    if found is None or found.expires_on is None:
        return 0
    notice = CertificateNotice.objects.create(
        business=business,
        term=found.term,
        number=found.number,
        expires_on=found.expires_on,
        told_at=at,
    )
    language = language_of(business)
    addresses = addresses_of(business)
    for place, address in enumerate(addresses):
        context = {"what": _named(found, language), "expires_on": found.expires_on}
        _write("certificate", f"{notice.pk}:{place}", address, language, business, context, at)
    notice.messages = len(addresses)
    notice.save(update_fields=["messages"])
    record("directory.certificate.told", business, actor=None, at=at, messages=len(addresses))
    return len(addresses)


def _soon(today: date) -> tuple[date, date]:
    return today, today + timedelta(days=TOLD_DAYS)


def _told(business: Business, verifier: User | None) -> list[tuple[str, str, bool]]:
    """Return each address once, with its language and whether it is that of who verified."""
    language = language_of(business)
    told = [(address, language, False) for address in addresses_of(business)]
    if verifier and verifier.is_active and verifier.email:
        told.append((verifier.email, verifier.language, True))
    return list({one[0]: one for one in told}.values())


def _named(certificate: Certificate, language: str) -> str:
    with translation.override(language):
        return f"{certificate.term.name} {certificate.number}".strip()


def _write(  # noqa: PLR0913, PLR0917  # which message, about what, to whom, when
    template: str,
    occasion: str,
    address: str,
    language: str,
    business: Business,
    context: dict[str, Any],
    at: datetime,
) -> None:
    with translation.override(language):
        page = reverse("directory:overview", args=[business.number])
        work = reverse("directory:verification", args=[business.number])
        meaning = reverse("site:verification")
    links = {"page": page, "work": work, "meaning": meaning}
    send_template(
        f"directory/mail/{template}_ends",
        context
        | {"name": business.name, "number": business.public_number}
        | {name: f"{settings.PUBLIC_ADDRESS}{path}" for name, path in links.items()},
        language,
        to=address,
        kind=f"directory.{template}-ends",
        at=at,
        key=f"{template}-ends:{business.number}:{occasion}",
    )
