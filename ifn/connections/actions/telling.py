"""Tell the people of a business what becomes of an opportunity."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from ifn.connections.models import Opportunity
from ifn.connections.opportunities import stillopen
from ifn.connections.voice import settle_at, tell_firm
from ifn.notices.actions import News
from ifn.notices.letters import Mail
from ifn.notices.paths import path_of
from ifn.notices.values import day, in_each_language


def tell(opportunity: Opportunity, what: str, *, on: date, at: datetime) -> int:
    """Tell ``what`` (opened, refused, ending, expired); return how many messages go out at once.

    Told twice of one thing, nothing is told the second time.
    """
    business, until = opportunity.business, opportunity.expires_on

    def facts(_language: str) -> Mapping[str, Any]:
        link = reverse("connections:still-open", args=[stillopen.token_for(opportunity, on)])
        return {
            "title": opportunity.title,
            "number": opportunity.public_number,
            "business": business.name,
            "reason": opportunity.reason,
            "until": until,
            "page": f"{settings.PUBLIC_ADDRESS}{_own(opportunity)}",
            "link": f"{settings.PUBLIC_ADDRESS}{link}",
        }

    values = {
        "title": in_each_language(lambda: opportunity.title),
        "firm": business.name,
        "until": day(until) if until else "",
        "why": opportunity.reason,
    }
    return tell_firm(
        business,
        News(f"opportunities.{what}", path_to(opportunity), values),
        Mail(f"connections/mail/{what}", f"connections.{what}", facts),
        key=f"opportunity-{what}:{opportunity.pk}:{opportunity.since.isoformat()}:{until}",
        at=at,
    )


def let_rest(opportunity: Opportunity, *, at: datetime) -> None:
    """Remind nobody of a question about an opportunity that was answered."""
    settle_at(opportunity.business, path_to(opportunity), at=at)


def path_to(opportunity: Opportunity) -> str:
    """Return where its people look after it, as notices keep it."""
    return path_of("connections:own", opportunity.number)


def _own(opportunity: Opportunity) -> str:
    return reverse("connections:own", args=[opportunity.number])
