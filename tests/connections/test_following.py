"""Following searches: what is new is told once, with its reason, and nothing that is not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import translation

from ifn.audit.models import Entry
from ifn.connections import tasks
from ifn.connections.actions import following as actions
from ifn.connections.actions import looking
from ifn.connections.following import (
    LONGEST_NAME,
    PAGES,
    Broken,
    Search,
    address_of,
    shortened,
    unpacked,
)
from ifn.connections.models import Follow
from ifn.connections.of_person import of_person
from ifn.directory import actions as directory
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from ifn.notices.kinds import said
from ifn.notices.models import Notice
from ifn.privacy.gathering import TITLES, gathered
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, ON, SIDOARJO, profile, registered, revised
from tests.factories.notices import MONDAY_ROUND
from tests.notices.test_digests import send_all

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
DAY = timedelta(days=1)
#: Queries for one search in which nothing is new.
COST = 6


def read(query):
    return PAGES["directory"].read(QueryDict(query))


def followed(query="bahan=rubber", person=None, **options):
    person = person or UserFactory()
    given = {"actor": person, "on": ON, "at": AT}
    made, _is_new = actions.follow(person, "directory", read(query), **given | options)
    return made


def look(days=1):
    """Look into all that is followed, as the job does on a later day."""
    last = 0
    while last is not None:
        last = looking.look(last, on=ON + days * DAY, at=AT + days * DAY)


def titles():
    with translation.override("en"):
        return [said(one.words, one.values).title for one in Notice.objects.order_by("pk")]


class TestTheOneFormOfASearch:
    @pytest.mark.parametrize(
        ("address", "query"),
        [
            ("", ""),
            ("q=Sol++karet&hal=3&tampilan=peta&urut=kapasitas", "q=sol+karet"),
            ("bahan=rubber&bahan=cow", "bahan=cow&bahan=rubber"),
            ("bahan=cow&bahan=rubber&bahan=cow", "bahan=cow&bahan=rubber"),
            ("semua=bahan&bahan=no-such-thing&nonsense=1", ""),
            ("dekat=Mojokerto&urut=jarak", "dekat=35.76"),
        ],
    )
    def test_what_asks_the_same_becomes_the_same(self, address, query):
        assert read(address).query == query
        assert read(read(address).query).query == query

    def test_it_has_a_name_in_the_readers_words(self):
        with translation.override("en"):
            assert read("q=Sol&wilayah=35.16&minimum=100").name == (
                "Sol · Kab. Mojokerto · Minimum order up to 100 pairs"
            )
            assert read("").name == "The whole directory"

    def test_a_long_name_is_cut_at_a_word(self):
        assert shortened("sol " * 40) == "sol " * 28 + "sol…"
        assert len(shortened("x" * 500)) == LONGEST_NAME
        assert shortened("sol") == "sol"

    def test_its_address_leads_back(self):
        assert address_of("directory", "bahan=rubber") == "/direktori?bahan=rubber"
        with translation.override("en"):
            assert address_of("directory", "") == "/direktori"


class TestFollowing:
    def test_what_is_there_already_is_not_new(self):
        business = registered()

        follow = followed()
        look()

        assert list(unpacked(follow.known)) == [business.pk]
        assert titles() == []

    def test_following_twice_is_following_once(self):
        person = UserFactory()
        first = followed("bahan=rubber&bahan=cow", person)

        again, is_new = actions.follow(
            person, "directory", read("bahan=cow&bahan=rubber"), actor=person, on=ON, at=AT
        )

        assert (again, is_new) == (first, False)
        assert Entry.objects.filter(event="connections.follow.begun").count() == 1

    def test_the_database_itself_keeps_it_once(self):
        follow = followed()
        follow.pk = None

        with pytest.raises(IntegrityError), transaction.atomic():
            follow.save(force_insert=True)

    def test_there_is_an_end_to_it(self, monkeypatch):
        monkeypatch.setattr(actions, "MOST", 2)
        person = UserFactory()
        followed("bahan=rubber", person)
        followed("bahan=cow", person)

        with pytest.raises(actions.TooManyFollows):
            followed("bahan=goat", person)
        followed("bahan=cow", person)
        followed("bahan=goat")

        assert Follow.objects.filter(person=person).count() == 2

    def test_a_search_too_long_to_keep_is_refused(self):
        person = UserFactory()

        with pytest.raises(actions.TooLong):
            actions.follow(
                person, "directory", Search("q=" + "x" * 999, "x"), actor=person, on=ON, at=AT
            )

    def test_the_record_says_nothing_of_what_is_looked_for(self):
        follow = followed("q=rahasia")
        actions.rename(follow, "Rahasia", actor=follow.person, at=AT)

        entries = Entry.objects.filter(event__startswith="connections.follow")
        assert "ahasia" not in str(list(entries.values("changes", "details", "subject")))


class TestLooking:
    def test_a_new_profile_is_told_with_its_reason(self):
        follow = followed("q=sol&wilayah=35.16")
        registered(profile(name="Sol Baru"))
        registered(profile(name="Sol Jauh", region=SIDOARJO))

        look()

        notice = Notice.objects.get()
        assert (notice.person, notice.address) == (follow.person, "/direktori?q=sol&wilayah=35.16")
        [item] = notice.items
        assert item["text"].startswith("Sol Baru, ")
        assert item["address"].startswith("/usaha/")
        with translation.override("en"):
            sentences = said(notice.words, notice.values)
        assert sentences.title == "1 new profile in “sol · Kab. Mojokerto”"
        assert (
            sentences.reason == "You are told because you follow the search “sol · Kab. Mojokerto”."
        )
        follow.refresh_from_db()
        assert (follow.looked_at, follow.news_at) == (AT + DAY, AT + DAY)

    def test_a_profile_that_came_to_fit_is_new_too(self):
        business = registered(profile(capabilities=()))
        followed("bahan=rubber")

        look()
        assert titles() == []
        revised(business, profile())
        look(2)

        assert len(titles()) == 1

    def test_what_was_told_is_not_told_again(self):
        followed()
        business = registered()

        look()
        look(1)
        look(2)
        directory.hide(business, reason="x", actor=None, at=AT)
        look(3)
        directory.list_again(business, actor=None, at=AT)
        look(4)

        assert len(titles()) == 1

    def test_five_are_named_and_the_others_counted(self):
        followed()
        for number in range(7):
            registered(profile(name=f"Sol {number}"))

        look()

        notice = Notice.objects.get()
        names = [item["text"].split(",")[0] for item in notice.items]
        assert names == ["Sol 6", "Sol 5", "Sol 4", "Sol 3", "Sol 2"]
        assert (notice.values["count"], notice.more) == (7, 2)

    def test_a_profile_that_lacks_a_word_is_no_news(self):
        followed("q=karet+zirkonium&persis=1")
        registered()

        look()

        assert titles() == []

    def test_who_closed_their_account_is_told_nothing(self):
        followed(person=UserFactory(is_active=False))
        registered()

        look()

        assert titles() == []

    def test_while_paused_nothing_is_told_and_nothing_is_made_up_for(self):
        follow = followed()
        actions.pause(follow, actor=follow.person, at=AT)
        registered(profile(name="Meanwhile"))
        look()
        assert titles() == []

        actions.resume(follow, actor=follow.person, on=ON, at=AT)
        registered(profile(name="Afterwards"))
        look(2)

        assert [item["text"].split(",")[0] for item in Notice.objects.get().items] == ["Afterwards"]

    def test_pausing_and_resuming_twice_is_doing_it_once(self):
        follow = followed()
        for _ in range(2):
            actions.pause(follow, actor=follow.person, at=AT)
        for _ in range(2):
            actions.resume(follow, actor=follow.person, on=ON, at=AT)

        events = Entry.objects.filter(event__startswith="connections.follow")
        assert sorted(events.values_list("event", flat=True)) == [
            "connections.follow.begun",
            "connections.follow.paused",
            "connections.follow.resumed",
        ]

    def test_a_search_that_lost_a_filter_is_paused_not_widened(self):
        follow = followed()
        Follow.objects.update(query="bahan=gone-from-the-vocabulary")
        registered()

        look()
        look(2)

        follow.refresh_from_db()
        assert follow.paused_at == AT + DAY
        assert titles() == [f"“{follow.name}” can no longer be searched as it was"]
        with pytest.raises(Broken):
            actions.resume(follow, actor=follow.person, on=ON, at=AT)

    def test_a_fault_in_between_tells_nothing_twice_and_loses_nothing(self, monkeypatch):
        for query in ("bahan=rubber", "peran=co-outsole", "q=sol"):
            followed(query)
        registered()
        tell, calls = looking.tell, []

        def falls_at_the_second(*args, **options):
            calls.append(args)
            if len(calls) == 2:
                raise RuntimeError("killed")
            tell(*args, **options)

        monkeypatch.setattr(looking, "tell", falls_at_the_second)
        with pytest.raises(RuntimeError):
            look()
        assert (titles(), Follow.objects.filter(news_at=None).count()) == ([], 3)

        look()

        assert len(titles()) == 3

    def test_the_job_looks_into_all(self, monkeypatch):
        monkeypatch.setattr(looking, "BATCH", 1)
        followed("bahan=rubber")
        followed("q=sol")
        registered()

        tasks.look_for_news.enqueue()
        run_due()

        assert len(titles()) == 2

    def test_one_message_has_the_news_of_all_searches(self):
        person = UserFactory(language="en")
        followed("bahan=rubber", person)
        followed("q=sol", person)
        registered(profile(name="Sol Baru"))
        look(3)

        send_all(MONDAY_ROUND)

        message = Message.objects.get()
        assert message.subject == "2 things are new for you"
        assert message.text.count("- Sol Baru, ") == 2
        assert "/en/direktori?bahan=rubber" in message.text

    @pytest.mark.parametrize("count", [1, 3])
    def test_each_search_costs_the_same_and_the_batch_is_read_once(
        self, count, django_assert_num_queries
    ):
        for number in range(count):
            followed(f"q=sol&minimum={number + 10}")
        look()

        with django_assert_num_queries(3 + COST * count):
            looking.look(0, on=ON + 2 * DAY, at=AT + 2 * DAY)


class TestOfAPerson:
    def test_the_copy_has_what_is_followed_and_how_each_part_is_called(self):
        follow = followed()
        followed()

        [row] = of_person(follow.person)["follows"]

        assert (row["name"], row["query"]) == (follow.name, "bahan=rubber")
        assert set(gathered(follow.person)) <= set(TITLES)

    def test_erasing_leaves_nothing_of_it(self):
        person, other = UserFactory(), UserFactory()
        followed(person=person)
        kept = followed(person=other)

        assert actions.erase_follows(person, actor=None, at=AT) == 1
        assert actions.erase_follows(person, actor=None, at=AT) == 0

        assert list(Follow.objects.all()) == [kept]
