"""Tell people by e-mail what happens to their accounts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.mail.actions import send_template


def tell(  # what, to whom, where, when
    what: str,
    *,
    to: str,
    language: str,
    at: datetime,
    key: str,
    **context: Any,
) -> None:
    """Write the message of this name to an address."""
    context["platform"] = settings.PUBLIC_ADDRESS
    template = f"accounts/mail/{what}"
    send_template(
        template,
        context,
        language,
        to=to,
        kind=f"accounts.{what}",
        at=at,
        key=key,
        is_secret="kunci=" in context.get("address", ""),
    )


def tell_person(what: str, person: User, *, at: datetime, **context: Any) -> None:
    """Write to a person who has an e-mail address that something about their account changed."""
    if person.email and not person.is_demo:
        tell(
            what,
            to=person.email,
            language=person.language,
            at=at,
            key=f"accounts.{what}:{person.pk}:{at.isoformat()}",
            name=person.name,
            moment=at,
            account=address_of("accounts:account", person.language),
            ask=address_of("accounts:ask-link", person.language),
            **context,
        )


def address_of(view: str, language: str, key: str = "") -> str:
    """Return the full address of a page in a language, with the key of a link when it has one."""
    with translation.override(language):
        address = f"{settings.PUBLIC_ADDRESS}{reverse(view)}"
    return f"{address}?kunci={key}" if key else address
