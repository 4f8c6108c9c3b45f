"""Letters to those whom a batch concerns: what was decided about them, what changes for all.

Nobody is behind invented firms, so nobody is written to there.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.directory.actions.confirming import addresses_of, language_of
from ifn.mail.actions import send_template
from ifn.programmes.models import Batch, Registration
from ifn.programmes.tokens import for_participant


def link_of(registration: Registration, language: str, *, at: datetime) -> str:
    """Return the whole address of a participant's own page, which needs no account."""
    with translation.override(language):
        token = for_participant(registration.pk, localdate(at))
        path = reverse("programmes:participant", args=[token])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def tell_registration(registration: Registration, batch: Batch, *, at: datetime) -> int:
    """Tell a firm, and the person who comes, how its registration stands; return how many."""
    facts = {"state": registration.state, "reason": registration.reason}
    return _write(registration, batch, "registration", facts, at=at)


def tell_everybody(batch: Batch, what: str, *, reason: str, at: datetime) -> int:
    """Tell everybody who is still in a batch what changed: its state or its days."""
    found = Registration.objects.filter(batch=batch).exclude(state__in=Registration.GONE)
    chosen = found.select_related("business", "person").order_by("pk")
    facts = {"what": what, "reason": reason}
    return sum(_write(one, batch, "batch", facts, at=at) for one in chosen)


def _write(
    registration: Registration, batch: Batch, template: str, facts: dict[str, Any], *, at: datetime
) -> int:
    business = registration.business
    if batch.is_demo or business.is_demo:
        return 0
    language = language_of(business)
    with translation.override(language):
        page = f"{settings.PUBLIC_ADDRESS}{batch.get_absolute_url()}"
        context = facts | {
            "title": batch.title,
            "firm": business.name,
            "name": registration.name,
            "starts_on": batch.starts_on,
            "ends_on": batch.ends_on,
            "place": ", ".join(
                filter(None, (batch.address, batch.region.name if batch.region else ""))
            ),
            "page": page,
            "link": link_of(registration, language, at=at),
            "is_seated": registration.seat is not None,
        }
    found = addresses_of(business)
    own = registration.person.email if registration.person else ""
    addresses = list(dict.fromkeys([*found, *([own] if own else [])]))
    for place, to in enumerate(addresses):
        send_template(
            f"programmes/mail/{template}",
            context,
            language,
            to=to,
            kind=f"programmes.{template}",
            at=at,
            key=f"programmes:{template}:{registration.pk}:{at.isoformat()}:{place}",
            is_secret=True,
        )
    return len(addresses)
