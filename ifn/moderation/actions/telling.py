"""What claimants are told by message; without an e-mail they read it on the claim's page."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.mail.actions import send_template
from ifn.moderation.models import Claim


def page_of(claim: Claim, language: str) -> str:
    """Return the whole address of the claim's page for its claimant."""
    with translation.override(language):
        path = reverse("moderation:claim", args=[claim.business.number])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def send_code(claim: Claim, code: str, *, to: str, language: str, at: datetime) -> None:
    """Send a code to an address on the profile, whose owner may know nothing of the claim."""
    send_template(
        "moderation/mail/claim_code",
        {"business": claim.business, "code": code, "name": claim.person.name},
        language,
        to=to,
        kind="moderation.claim.code",
        at=at,
        key=f"claim:{claim.pk}:code:{at.isoformat()}",
        is_secret=True,
    )


def tell(claim: Claim, *, text: str, at: datetime) -> None:
    """Tell the claimant how the claim stands now, with the office's words."""
    if not claim.person.email:
        return
    language = claim.person.language
    send_template(
        "moderation/mail/claim_news",
        {
            "business": claim.business,
            "state": claim.state,
            "text": text,
            "address": page_of(claim, language),
        },
        language,
        to=claim.person.email,
        kind="moderation.claim.news",
        at=at,
        key=f"claim:{claim.pk}:{claim.state}:{at.isoformat()}",
    )
