"""What two workers, or two taps, do at the same moment."""

import pytest

from ifn.connections.actions import following
from ifn.connections.following import Search
from ifn.connections.models import Follow
from ifn.mail.models import Message
from ifn.notices.actions import wish
from ifn.notices.kinds import FOLLOWING
from ifn.notices.mailing import send_due_digests, send_urgent
from ifn.notices.models import Digest, Notice, Often
from tests.directory.test_two_at_once import together  # noqa: F401  # the fixture
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, ON
from tests.factories.notices import FRIDAY_ROUND, THURSDAY, alarm, declare_urgent, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(together):  # noqa: F811  # as fixtures are asked for
    return together


def afterwards(at_once, *questions):
    """Ask the database where both did what they did."""
    return at_once(lambda: [question() for question in questions])[0]


def faults(found):
    return [one for one in found if isinstance(one, Exception)]


def test_two_workers_send_the_digests_of_one_day(at_once):
    for _ in range(3):
        person = UserFactory()
        wish(person, {FOLLOWING: Often.DAILY}, actor=person, at=THURSDAY)
        told(person)

    def work():
        return send_due_digests(0, at=FRIDAY_ROUND)

    found = at_once(work, work)

    assert faults(found) == []
    assert afterwards(
        at_once, Message.objects.count, Digest.objects.count, Notice.objects.waiting().count
    ) == [3, 3, 0]


def test_two_workers_send_what_is_urgent(at_once, monkeypatch):
    declare_urgent(monkeypatch)
    alarm(UserFactory())

    def work():
        return send_urgent(at=THURSDAY)

    found = at_once(work, work)

    assert faults(found) == []
    assert afterwards(at_once, Message.objects.count) == [1]


def test_a_message_is_stopped_while_it_goes_out(at_once):
    person = UserFactory()
    wish(person, {FOLLOWING: Often.DAILY}, actor=person, at=THURSDAY)
    told(person)

    found = at_once(
        lambda: send_due_digests(0, at=FRIDAY_ROUND),
        lambda: wish(person, {FOLLOWING: Often.OFF}, actor=person, at=FRIDAY_ROUND),
    )

    assert faults(found) == []
    notice, messages = afterwards(at_once, Notice.objects.get, Message.objects.count)
    assert (notice.mailing, messages) in [("mailed", 1), ("none", 0)]


def test_one_search_is_followed_by_two_taps(at_once):
    person = UserFactory()

    def tap():
        search = Search("q=sol", "Sol")
        return following.follow(person, "directory", search, actor=person, on=ON, at=AT)[1]

    found = at_once(tap, tap)

    assert sorted(found) == [False, True]
    assert afterwards(at_once, Follow.objects.count) == [1]
