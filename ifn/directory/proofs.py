"""How a profile stands topic by topic, in words for its own people."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ifn.directory.verified import TOPICS, Verified, office_name
from ifn.directory.wording import topic_name
from ifn.regions.queries import Regions


def proofs(known: Iterable[Verified], regions: Regions, today: date) -> list[dict[str, str]]:
    """Return every topic with what is known of it, also those that nobody checked."""
    by_topic = {one.topic: one for one in known}
    return [
        {"title": topic_name(topic), **_standing(by_topic.get(topic), regions, today)}
        for topic in TOPICS
    ]


def _standing(one: Verified | None, regions: Regions, today: date) -> dict[str, str]:
    if one is None:
        return {"detail": _("Not verified"), "state": "missing"}
    until = date_format(one.expires_on, "j F Y")
    if not one.holds(today):
        detail = _("Expired on %(day)s; only you and staff see this.") % {"day": until}
        return {"detail": detail, "state": "expired"}
    detail = _("Checked on %(day)s by %(office)s, valid until %(until)s.") % {
        "day": date_format(one.checked_on, "j F Y"),
        "office": office_name(one.office, regions),
        "until": until,
    }
    return {"detail": detail, "state": ""}
