"""Telling people: once for each occasion, in the reader's words, at a constant cost."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ifn.notices.actions import LeadsAway, News, mark_all_read, mark_read, tell, tell_many, wish
from ifn.notices.kinds import FOLLOWING, KINDS, WORDS, said
from ifn.notices.models import Notice, Often
from ifn.notices.queries import MOST_COUNTED, by_day, notices_of, unread_count
from tests.factories.accounts import UserFactory
from tests.factories.notices import (
    FRIDAY_ROUND,
    MONDAY_ROUND,
    THURSDAY,
    alarm,
    declare_urgent,
    told,
)

pytestmark = pytest.mark.django_db
NEWS = News("following.profiles", "/direktori", {"count": 1, "name": "Sol"})


def test_a_notice_waits_to_be_read_and_for_its_message():
    person = UserFactory()

    notice = told(person)

    assert (notice.kind, notice.read_at, notice.mailing) == (FOLLOWING, None, "waiting")
    assert notice.items == [{"text": "Sol Jaya, Mojokerto", "address": "/usaha/7K3MS"}]
    assert unread_count(person) == 1


def test_said_twice_it_is_there_once_for_each_person():
    first, second = UserFactory(), UserFactory()

    for _ in range(2):
        tell_many([first, second], NEWS, key="same", at=THURSDAY)
    told(first, "other")

    assert Notice.objects.filter(person=first).count() == 2
    assert Notice.objects.filter(person=second).count() == 1


def test_the_database_itself_says_it_once():
    notice = told(UserFactory())
    notice.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_a_notice_leads_nowhere_but_to_the_site(address):
    with pytest.raises(LeadsAway):
        told(UserFactory(), address=address)
    with pytest.raises(LeadsAway):
        told(UserFactory(), items=[("Sol", address)])
    notice = told(UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(address=address)


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_however_many(count, django_assert_num_queries):
    people = UserFactory.create_batch(count)

    with django_assert_num_queries(4):  # savepoint, wishes, notices, release
        tell_many(people, NEWS, key="same", at=THURSDAY)

    assert Notice.objects.count() == count


def test_what_lacks_a_value_or_has_no_words_is_refused_at_once():
    with pytest.raises(KeyError):
        tell(UserFactory(), News("following.profiles", "/x", {"count": 1}), key="x", at=THURSDAY)
    with pytest.raises(KeyError):
        tell(UserFactory(), News("nothing.declared", "/x"), key="x", at=THURSDAY)

    assert not Notice.objects.exists()


def test_words_are_those_of_the_reader():
    values = {"count": 1, "name": "Sol"}
    with translation.override("id"):
        assert said("following.profiles", values).title == "1 profil baru di “Sol”"
    with translation.override("en"):
        assert said("following.profiles", values).title == "1 new profile in “Sol”"
        assert said("following.profiles", values | {"count": 2}).title.startswith("2 new profiles")


def test_a_notice_whose_words_are_declared_no_more_can_still_be_shown(language):
    assert said("gone.long-ago", {"x": 1}).title
    assert said("following.profiles", {}).title == said("gone.long-ago", {}).title


def test_every_notice_belongs_to_a_kind_that_can_be_chosen():
    assert {words.kind for words in WORDS.values()} == set(KINDS)
    assert all(key == kind.key for key, kind in KINDS.items())


def test_who_wants_no_messages_is_told_on_the_site_only():
    person = UserFactory()
    wish(person, {FOLLOWING: Often.OFF}, actor=person, at=THURSDAY)

    assert told(person).mailing == "none"
    assert unread_count(person) == 1


def test_what_was_read_is_counted_no_more_and_needs_no_message():
    notice = told(UserFactory())

    mark_read(notice, at=FRIDAY_ROUND)
    mark_read(notice, at=MONDAY_ROUND)

    notice.refresh_from_db()
    assert (notice.read_at, notice.mailing) == (FRIDAY_ROUND, "none")
    assert unread_count(notice.person) == 0


def test_reading_does_not_undo_that_a_message_told_of_it():
    notice = told(UserFactory())
    Notice.objects.update(mailing="mailed")

    mark_read(notice, at=FRIDAY_ROUND)

    notice.refresh_from_db()
    assert notice.mailing == "mailed"


def test_all_are_marked_but_those_that_came_in_meanwhile():
    person, other = UserFactory(), UserFactory()
    told(person, "1")
    shown = told(person, "2")
    late, foreign = told(person, "3"), told(other, "1")

    assert mark_all_read(person, until=shown.pk, at=FRIDAY_ROUND) == 2

    assert list(Notice.objects.unread().order_by("pk")) == [late, foreign]


def test_no_more_are_counted_than_the_head_of_a_page_shows(django_assert_num_queries):
    person = UserFactory()
    Notice.objects.bulk_create(
        Notice(person=person, key=f"{n}", kind="x", words="x", address="/", made_at=THURSDAY)
        for n in range(MOST_COUNTED + 5)
    )

    with django_assert_num_queries(1):
        assert unread_count(person) == MOST_COUNTED


def test_unread_ones_come_first_each_day_together():
    person = UserFactory()
    old, new, read = (
        told(person, "old", THURSDAY),
        told(person, "new", MONDAY_ROUND),
        told(person, "read", MONDAY_ROUND),
    )
    mark_read(read, at=MONDAY_ROUND)

    days = by_day(list(notices_of(person)), "en")

    assert [(str(day.on), day.is_read, [one.notice for one in day.told]) for day in days] == [
        ("2026-06-08", False, [new]),
        ("2026-06-04", False, [old]),
        ("2026-06-08", True, [read]),
    ]
    assert days[0].told[0].items == [("Sol Jaya, Mojokerto", "/en/usaha/7K3MS")]


def test_something_urgent_is_given_to_the_worker(monkeypatch):
    declare_urgent(monkeypatch)

    assert alarm(UserFactory()).mailing == "waiting"
