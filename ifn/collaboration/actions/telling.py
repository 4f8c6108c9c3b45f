"""Tell those whom a batch or a release concerns; nobody is behind what is invented."""

from datetime import datetime
from typing import Any

from ifn.collaboration.codes import Kind, spoken
from ifn.collaboration.models import Allocation, ProjectPartner, Release
from ifn.directory.actions.confirming import people_of
from ifn.directory.models import Business
from ifn.notices.actions import News, tell_many
from ifn.notices.paths import path_of
from ifn.notices.values import in_each_language


def ask_about_release(partner: ProjectPartner, release: Release, *, at: datetime) -> int:
    """Ask the people of a partner to read a release and say yes or no."""
    news = News(
        "collaboration.asked",
        path_of("collaboration:own-release", release.project.code),
        {"title": in_each_language(lambda: release.title), "firm": partner.name},
    )
    key = f"collaboration:asked:{release.pk}:{partner.pk}:{release.text_version}"
    return _tell(partner.business, release, news, key=key, at=at)


def tell_published(release: Release, *, at: datetime) -> int:
    """Tell every partner that the page is public."""
    partners = ProjectPartner.objects.filter(
        project=release.project_id, state=ProjectPartner.State.ACCEPTED, business__isnull=False
    )
    told = 0
    for partner in partners.select_related("business").order_by("pk"):
        news = News(
            "collaboration.published",
            path_of("collaboration:release", release.slug),
            {"title": in_each_language(lambda: release.title), "firm": partner.name},
        )
        key = f"collaboration:published:{release.pk}:{partner.pk}:{release.text_version}"
        told += _tell(partner.business, release, news, key=key, at=at)
    return told


def tell_allocated(one: Allocation, pairs: int, *, at: datetime) -> int:
    """Tell the people of a firm how much it gets, and where it signs for it."""
    firm, batch = one.business, one.batch
    if firm.is_demo or batch.project.is_demo:
        return 0
    values: dict[str, Any] = {
        "firm": firm.name,
        "what": batch.what,
        "pairs": pairs,
        "code": spoken(Kind.HAND_OUT, one.code),
        "rule": batch.rule_words or "–",
    }
    news = News("collaboration.allocated", path_of("collaboration:receive", one.code), values)
    key = f"collaboration:allocated:{one.pk}:{one.allocated_at.isoformat()}"
    return tell_many(people_of(firm), news, key=key, at=at)


def _tell(
    business: Business | None, release: Release, news: News, *, key: str, at: datetime
) -> int:
    if business is None or business.is_demo or release.project.is_demo:
        return 0
    return tell_many(people_of(business), news, key=key, at=at)
