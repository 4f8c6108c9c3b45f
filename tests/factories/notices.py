"""Notices to test with: of a followed search, which waits for a digest, and of something urgent."""

from datetime import UTC, datetime
from typing import Any

from ifn.accounts.models import User
from ifn.notices.actions import News, tell
from ifn.notices.kinds import KINDS, WORDS, Kind, Words
from ifn.notices.models import Notice

#: A Thursday, 16:00 in Jakarta.
THURSDAY = datetime(2026, 6, 4, 9, tzinfo=UTC)
#: The moments at which digests go out: seven in Jakarta.
FRIDAY_ROUND = datetime(2026, 6, 5, 0, tzinfo=UTC)
MONDAY_ROUND = datetime(2026, 6, 8, 0, tzinfo=UTC)

URGENT = "test-urgent"


def declare_urgent(monkeypatch: Any) -> None:
    """Let there be a kind that is mailed at once."""
    monkeypatch.setitem(KINDS, URGENT, Kind(URGENT, "Alarms", "What cannot wait.", is_urgent=True))
    words = Words(URGENT, "Alarm %(number)d", "You are on duty.", "Come at once.")
    monkeypatch.setitem(WORDS, "test.alarm", words)


def told(person: User, key: str = "1", at: datetime = THURSDAY, **changes: Any) -> Notice:
    """Tell a person of three new profiles in a search they follow."""
    given: dict[str, Any] = {
        "words": "following.profiles",
        "address": "/direktori?q=sol",
        "values": {"count": 3, "name": "Sol"},
        "items": [("Sol Jaya, Mojokerto", "/usaha/7K3MS")],
        "more": 2,
    }
    tell(person, News(**given | changes), key=key, at=at)
    return Notice.objects.get(person=person, key=key)


def alarm(person: User, key: str = "alarm:1", at: datetime = THURSDAY) -> Notice:
    """Tell a person something urgent."""
    return told(
        person, key, at, words="test.alarm", values={"number": 7}, items=(), more=0, address="/saya"
    )
