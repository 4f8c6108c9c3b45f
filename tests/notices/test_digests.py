"""Digests: everything in one message, when it is wanted, once, and nothing lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from ifn.jobs.running import run_due
from ifn.mail.models import Message, Refusal
from ifn.notices import mailing, tasks
from ifn.notices.actions import erase_notices, mark_read, wish
from ifn.notices.kinds import FOLLOWING
from ifn.notices.letters import MOST
from ifn.notices.mailing import send_due_digests, send_urgent
from ifn.notices.models import Digest, Notice, Often
from ifn.notices.tidying import KEEP, remove_old
from ifn.notices.timing import rounds
from tests.factories.accounts import UserFactory
from tests.factories.notices import (
    FRIDAY_ROUND,
    MONDAY_ROUND,
    THURSDAY,
    URGENT,
    alarm,
    declare_urgent,
    told,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def send_all(at):
    """Send the digests of everybody, as the job does."""
    last = 0
    while last is not None:
        last = send_due_digests(last, at=at)


def wants(person, often, kind=FOLLOWING):
    wish(person, {kind: often}, actor=person, at=THURSDAY)
    return person


class TestRounds:
    @pytest.mark.parametrize(
        ("at", "daily", "weekly"),
        [
            # 06:59 and 07:00 on Monday in Jakarta
            ("2026-06-07T23:59", "2026-06-07T00:00", "2026-06-01T00:00"),
            ("2026-06-08T00:00", "2026-06-08T00:00", "2026-06-08T00:00"),
            ("2026-06-09T12:00", "2026-06-09T00:00", "2026-06-08T00:00"),
        ],
    )
    def test_the_rounds_are_at_seven_in_jakarta(self, at, daily, weekly):
        due = rounds(datetime.fromisoformat(at).replace(tzinfo=UTC))

        assert due.daily == datetime.fromisoformat(daily).replace(tzinfo=UTC)
        assert due.weekly == datetime.fromisoformat(weekly).replace(tzinfo=UTC)

    def test_the_job_begins_with_the_round(self):
        assert (tasks.send_digests.every, tasks.send_digests.offset) == (
            timedelta(days=1),
            timedelta(),
        )


class TestDigest:
    def test_by_default_it_comes_on_monday_with_everything(self):
        person = UserFactory()
        told(person, "1")
        told(person, "2", address="/direktori?q=kulit", values={"count": 1, "name": "Kulit"})

        send_all(FRIDAY_ROUND + MINUTE)
        assert not Message.objects.exists()
        send_all(MONDAY_ROUND + MINUTE)

        message = Message.objects.get()
        assert (message.to, message.subject) == (person.email, "2 kabar baru untuk Anda")
        assert "3 profil baru di “Sol”" in message.text
        assert "1 profil baru di “Kulit”" in message.text
        assert "karena Anda mengikuti pencarian “Sol”" in message.text
        assert "- Sol Jaya, Mojokerto\n  http://127.0.0.1:8000/usaha/7K3MS" in message.text
        assert "- dan 2 lagi" in message.text
        assert set(Notice.objects.values_list("mailing", "digest__person")) == {
            ("mailed", person.pk)
        }

    def test_one_search_is_told_of_once_with_the_sum_and_the_newest(self):
        person = UserFactory()
        for number in range(4):
            items = [(f"Sol {number}{place}", f"/usaha/{number}{place}") for place in range(2)]
            told(person, f"{number}", THURSDAY + number * MINUTE, items=items, more=1)
        other = {"address": "/direktori?q=kulit", "values": {"count": 1, "name": "Kulit"}}
        told(person, "other", **other, items=[], more=0)

        send_all(MONDAY_ROUND)

        message = Message.objects.get()
        assert message.subject == "2 kabar baru untuk Anda"
        assert message.text.count("di “Sol”") == 1
        assert "12 profil baru di “Sol”" in message.text
        named = re.findall(r"- (Sol \d\d)", message.text)
        assert named == ["Sol 30", "Sol 31", "Sol 20", "Sol 21", "Sol 10"]
        assert "- dan 7 lagi" in message.text
        assert set(Notice.objects.values_list("mailing", flat=True)) == {"mailed"}

    def test_what_is_found_again_counts_once(self):
        person = UserFactory()
        told(person, "1", items=[("Sol", "/usaha/1")], more=0, values={"count": 1, "name": "Sol"})
        told(person, "2", items=[("Sol", "/usaha/1")], more=0, values={"count": 1, "name": "Sol"})

        send_all(MONDAY_ROUND)

        assert Message.objects.get().subject == "1 profil baru di “Sol”"

    def test_it_is_in_the_language_of_its_reader(self):
        told(UserFactory(language="en"))

        send_all(MONDAY_ROUND)

        message = Message.objects.get()
        assert message.subject == "3 new profiles in “Sol”"
        assert "http://127.0.0.1:8000/en/direktori?q=sol" in message.text
        assert "http://127.0.0.1:8000/en/pemberitahuan/berhenti/" in message.text

    def test_it_can_be_had_every_day_or_never(self):
        daily, never = wants(UserFactory(), Often.DAILY), wants(UserFactory(), Often.OFF)
        told(daily)
        told(never)

        send_all(FRIDAY_ROUND)
        send_all(MONDAY_ROUND)

        assert list(Message.objects.values_list("to", flat=True)) == [daily.email]

    def test_what_came_in_after_the_round_waits_for_the_next(self):
        person = wants(UserFactory(), Often.DAILY)
        told(person, "late", FRIDAY_ROUND + MINUTE)

        send_all(FRIDAY_ROUND + 2 * MINUTE)
        assert not Message.objects.exists()
        send_all(FRIDAY_ROUND + timedelta(days=1))
        assert Message.objects.count() == 1

    def test_a_round_that_was_missed_is_made_up_for(self):
        told(UserFactory())

        send_all(MONDAY_ROUND + timedelta(days=2))

        assert Message.objects.count() == 1

    def test_there_is_none_when_there_is_nothing(self):
        UserFactory()
        read = told(UserFactory())
        mark_read(read, at=THURSDAY)

        send_all(MONDAY_ROUND)

        assert (Message.objects.count(), Digest.objects.count()) == (0, 0)

    def test_what_is_old_is_no_news(self):
        told(UserFactory(), at=MONDAY_ROUND - mailing.STILL_NEWS - MINUTE)

        send_all(MONDAY_ROUND)

        assert not Message.objects.exists()

    def test_who_stops_and_begins_again_does_not_get_what_was_told_meanwhile(self):
        person = UserFactory()
        told(person, "before")
        wants(person, Often.OFF)
        told(person, "meanwhile")
        wants(person, Often.DAILY)
        told(person, "after")

        send_all(FRIDAY_ROUND)

        assert list(Notice.objects.filter(mailing="mailed").values_list("key", flat=True)) == [
            "after"
        ]

    def test_who_cannot_be_reached_is_told_on_the_site_only(self):
        told(UserFactory(email=None))
        told(UserFactory(is_active=False))
        told(UserFactory(is_demo=True))
        refused = UserFactory()
        told(refused)
        Refusal.objects.create(address=refused.email, refused_at=THURSDAY, code=550)

        send_all(MONDAY_ROUND)

        assert not Message.objects.exists()
        assert Notice.objects.waiting().count() == 4

    def test_a_long_one_says_where_the_rest_is(self):
        person = UserFactory()
        for number in range(MOST + 3):
            told(person, f"{number}", address=f"/direktori?q={number}")

        send_all(MONDAY_ROUND)

        message = Message.objects.get()
        assert message.text.count("profil baru") == MOST
        assert "Dan 3 lagi di halaman pemberitahuan" in message.text
        assert not Notice.objects.waiting().exists()


class TestOnce:
    def test_called_again_it_sends_nothing_twice(self):
        person = wants(UserFactory(), Often.DAILY)
        told(person)

        for _ in range(3):
            send_all(FRIDAY_ROUND + MINUTE)

        assert Message.objects.count() == 1

    def test_a_second_digest_on_one_day_is_ruled_out_by_the_database(self):
        """A notice that was written late waits for the next day."""
        person = wants(UserFactory(), Often.DAILY)
        told(person, "1")
        send_all(FRIDAY_ROUND)
        told(person, "written late")

        send_all(FRIDAY_ROUND + MINUTE)
        assert Message.objects.count() == 1

        send_all(FRIDAY_ROUND + timedelta(days=1))
        assert Message.objects.count() == 2
        assert not Notice.objects.waiting().exists()

    def test_a_fault_in_between_sends_none_twice_and_loses_none(self, monkeypatch):
        people = [wants(UserFactory(), Often.DAILY) for _ in range(3)]
        for person in people:
            told(person)
        written = mailing.send_template
        calls = []

        def falls_at_the_second(*args, **options):
            calls.append(options["to"])
            if len(calls) == 2:
                raise RuntimeError("killed")
            return written(*args, **options)

        monkeypatch.setattr(mailing, "send_template", falls_at_the_second)
        with pytest.raises(RuntimeError):
            send_all(FRIDAY_ROUND)
        assert (Message.objects.count(), Digest.objects.count()) == (0, 0)
        assert Notice.objects.waiting().count() == 3

        send_all(FRIDAY_ROUND)

        assert sorted(Message.objects.values_list("to", flat=True)) == sorted(
            person.email for person in people
        )

    def test_it_goes_on_where_it_ended(self, monkeypatch):
        monkeypatch.setattr(mailing, "BATCH", 2)
        for _ in range(5):
            told(wants(UserFactory(), Often.DAILY))

        last = send_due_digests(0, at=FRIDAY_ROUND)
        assert Message.objects.count() == 2
        send_due_digests(last, at=FRIDAY_ROUND)
        assert Message.objects.count() == 4
        send_all(FRIDAY_ROUND)

        assert Message.objects.count() == 5

    @pytest.mark.parametrize("count", [1, 3])
    def test_looking_costs_the_same_however_many_wait(self, count, django_assert_num_queries):
        for number in range(count):
            told(UserFactory(), f"{number}")

        # savepoint, people, wishes, notices, release
        with django_assert_num_queries(5):
            send_due_digests(0, at=FRIDAY_ROUND)

    def test_the_job_sends_those_of_everybody(self, monkeypatch):
        monkeypatch.setattr(mailing, "BATCH", 1)
        monkeypatch.setattr(tasks, "now", lambda: FRIDAY_ROUND)
        for _ in range(2):
            told(wants(UserFactory(), Often.DAILY))

        tasks.send_digests.enqueue()
        run_due()

        assert Message.objects.count() == 2


class TestUrgent:
    @pytest.fixture(autouse=True)
    def kinds(self, monkeypatch):
        declare_urgent(monkeypatch)

    def test_it_is_mailed_at_once_and_once(self, monkeypatch):
        monkeypatch.setattr(tasks, "now", lambda: THURSDAY)
        person = UserFactory()
        alarm(person)

        run_due()
        assert send_urgent(at=THURSDAY) == 0
        send_all(FRIDAY_ROUND)

        message = Message.objects.get()
        assert (message.to, message.subject) == (person.email, "Alarm 7")
        assert "Come at once." in message.text

    @pytest.mark.parametrize("often", [Often.DAILY, Often.OFF])
    def test_it_can_be_had_later_or_not_at_all(self, often):
        alarm(wants(UserFactory(), often, URGENT))

        assert send_urgent(at=THURSDAY) == 0
        send_all(FRIDAY_ROUND)

        assert Message.objects.count() == (often == Often.DAILY)

    def test_what_could_not_go_out_at_once_comes_with_the_next_digest(self):
        person = UserFactory()
        alarm(person)
        refusal = Refusal.objects.create(address=person.email, refused_at=THURSDAY, code=550)
        assert send_urgent(at=THURSDAY) == 0

        refusal.delete()
        send_all(FRIDAY_ROUND)

        assert Message.objects.get().subject == "Alarm 7"

    def test_one_digest_has_both(self):
        person = wants(UserFactory(), Often.DAILY, URGENT)
        alarm(person, at=MONDAY_ROUND - MINUTE)
        told(person, at=MONDAY_ROUND - MINUTE)

        send_all(MONDAY_ROUND)

        text = Message.objects.get().text
        assert ("Alarm 7" in text, "Sol Jaya" in text) == (True, True)
        assert text.count("/pemberitahuan/berhenti/") == 2


def test_what_was_told_long_ago_goes():
    person = UserFactory()
    told(person, "old")
    send_all(MONDAY_ROUND)
    kept = told(person, "new", MONDAY_ROUND + timedelta(days=1))

    assert remove_old(at=THURSDAY + KEEP) == 0
    assert remove_old(at=MONDAY_ROUND + KEEP + MINUTE) == 2
    assert remove_old(at=MONDAY_ROUND + KEEP + MINUTE) == 0

    assert list(Notice.objects.all()) == [kept]


def test_erasing_takes_digests_too():
    person, other = UserFactory(), UserFactory()
    told(person)
    told(other)
    send_all(MONDAY_ROUND)

    assert erase_notices(person, actor=None, at=MONDAY_ROUND) == 2

    assert Notice.objects.get().person == other
