from datetime import date
from random import Random

import pytest
from django.db import transaction

from ifn.audit.models import Entry
from ifn.audit.queries import history_of
from ifn.directory import actions, numbers
from ifn.directory.actions.bulk import Arrival
from ifn.directory.actions.rows import UnknownTerm
from ifn.directory.listings import COLLECTION
from ifn.directory.models import (
    Attribution,
    Brand,
    Business,
    Capability,
    Certificate,
    Contact,
    Listing,
    Picture,
    Source,
    SpokenLanguage,
)
from ifn.directory.queries import newest
from ifn.textsearch import queries as textsearch
from ifn.textsearch.models import Document
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import (
    AT,
    BANDUNG,
    LATER,
    LATER_ON,
    ON,
    full_profile,
    office,
    organisation,
    photo,
    profile,
    registered,
    revised,
    role,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

ROWS = (Brand, Capability, Certificate, Contact, SpokenLanguage)


def suggested(typed):
    return set(textsearch.complete(COLLECTION, typed, 5).keys)


def everything():
    """Count the rows of every table that a profile touches."""
    tables = (Business, Listing, Attribution, Document, Entry, Picture, *ROWS)
    return {table.__name__: table.objects.count() for table in tables}


class TestLists:
    def test_what_was_saved_is_found_at_once(self, ask):
        business = registered()
        assert ask("sol mojokerto") == ["Sol Jaya Abadi"]

        revised(business, profile(name="Tapak Baru", region=BANDUNG))

        assert ask("tapak bandung") == ["Tapak Baru"]
        assert ask("jaya", persis="1") == []
        assert [row.content["name"] for row in newest(5)] == ["Tapak Baru"]

    def test_what_is_hidden_is_gone_at_once_and_comes_back(self, ask):
        business = registered()
        officer = OfficerFactory()
        assert suggested("sol") == {business.pk}

        actions.hide(business, reason="Tutup", actor=officer, at=LATER)

        assert ask("sol") == []
        assert suggested("sol") == set()
        assert newest(5) == []
        assert not Listing.objects.exists()
        actions.list_again(business, actor=officer, at=LATER)
        assert ask("sol") == ["Sol Jaya Abadi"]

    def test_a_revision_does_not_bring_back_what_is_hidden(self, ask):
        business = registered()
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)

        revised(business, profile(name="Sol Masih Tutup"))

        assert ask("sol") == []

    def test_a_picture_added_by_a_page_opened_before_does_not_bring_it_back(self, ask):
        business = registered()
        opened_before = Business.objects.get()
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)

        actions.add_picture(opened_before, photo(), actor=None, at=LATER)

        assert ask("sol") == []

    def test_hiding_twice_is_hiding_once(self):
        business, officer = registered(), OfficerFactory()

        for _ in range(2):
            actions.hide(business, reason="Tutup", actor=officer, at=LATER)
            actions.hide(Business.objects.get(), reason="Tutup", actor=officer, at=LATER)

        events = list(history_of(business).values_list("event", "reason"))
        assert events == [
            ("directory.business.hidden", "Tutup"),
            ("directory.business.registered", ""),
        ]

    def test_a_confirmation_freshens_the_lists(self):
        business = registered()

        actions.confirm(business, on=LATER_ON, actor=None, at=LATER)
        assert Listing.objects.get().content["confirmed"] == "2026-07-01"
        actions.confirm(business, on=ON, actor=None, at=LATER)
        assert Business.objects.get().confirmed_on == LATER_ON

    def test_what_is_rolled_back_was_never_there(self, ask):
        before = everything()

        with transaction.atomic():
            registered()
            assert ask("sol") == ["Sol Jaya Abadi"]
            transaction.set_rollback(True)

        assert everything() == before
        assert ask("sol") == []
        assert suggested("sol") == set()


class TestRegisterMany:
    @pytest.mark.parametrize("facts", [profile(), full_profile(), organisation()])
    def test_many_are_entered_as_one_is(self, facts):
        one = registered(facts, is_demo=True)

        [pk] = actions.register_many(
            [Arrival(facts, ON)], source=office(), actor=None, at=AT, is_demo=True
        )

        other = Business.objects.get(pk=pk)
        own = {"id", "number", "_state", "_prefetched_objects_cache"}
        assert {key: value for key, value in vars(other).items() if key not in own} == {
            key: value
            for key, value in vars(Business.objects.get(pk=one.pk)).items()
            if key not in own
        }
        for table in (*ROWS, Attribution):
            names = [
                field.attname
                for field in table._meta.concrete_fields
                if field.name not in {"id", "business"}
            ]
            rows = [
                sorted(map(str, table.objects.filter(business=who).values_list(*names)))
                for who in (one, other)
            ]
            assert rows[0] == rows[1]
        listings = {row.pk: row.content | {"number": ""} for row in Listing.objects.all()}
        assert listings[one.pk] == listings[pk]
        indexed = dict(Document.objects.values_list("key", "content"))
        assert bytes(indexed[one.pk]) == bytes(indexed[pk])

    def test_keys_come_in_order_and_numbers_repeat_for_the_same_random_state(self, ask):
        arrivals = [Arrival(profile(name=f"Sol {n}"), ON) for n in range(5)]

        def entered():
            pks = actions.register_many(
                iter(arrivals),
                source=office(),
                actor=None,
                at=AT,
                random=Random(3),  # noqa: S311  # repeatable
            )
            return [Business.objects.get(pk=pk) for pk in pks]

        first = entered()
        assert [one.name for one in first] == [f"Sol {n}" for n in range(5)]
        assert sorted(ask("sol")) == [f"Sol {n}" for n in range(5)]
        drawn = [one.number for one in first]
        for one in first:
            one.delete()
        assert [one.number for one in entered()] == drawn

    def test_numbers_that_are_taken_are_passed_over(self):
        for _ in range(2):
            actions.register_many(
                [Arrival(profile(), ON)],
                source=office(),
                actor=None,
                at=AT,
                random=Random(3),  # noqa: S311  # the same numbers again
            )

        drawn = numbers.draw(Random(3))  # noqa: S311  # the same once more
        found = set(Business.objects.values_list("number", flat=True))
        assert drawn in found
        assert len(found) == 2

    def test_a_batch_with_a_fault_is_not_written(self):
        before = everything()
        wrong = profile(capabilities=(role("PR_NOTHING"),))

        with pytest.raises(UnknownTerm):
            actions.register_many(
                [Arrival(profile(), ON), Arrival(wrong, ON)], source=office(), actor=None, at=AT
            )

        assert everything() == before

    def test_the_record_has_one_line_for_each_batch(self):
        actions.register_many([Arrival(profile(), ON)] * 3, source=office(), actor=None, at=AT)

        entry = Entry.objects.get(event="directory.businesses.registered")
        assert entry.details["businesses"] == 3


class TestRemoveDemo:
    def test_nothing_invented_is_left_and_nothing_real_is_gone(
        self, ask, files, django_capture_on_commit_callbacks
    ):
        demo = actions.source_named(Source.Kind.DEMO, "Jaringan demo")
        real = registered(profile(name="Sol Asli"))
        actions.add_picture(real, photo(), actor=None, at=AT)
        kept = files()
        invented = registered(full_profile(), source=demo, is_demo=True)
        actions.add_picture(invented, photo(), actor=None, at=AT)
        actions.add_drawing(
            invented, "<svg/>", width=4, height=3, caption_id="a", caption_en="b", at=AT
        )
        assert len(files()) > len(kept)

        with django_capture_on_commit_callbacks(execute=True):
            removed = actions.remove_demo(actor=None, at=LATER)

        assert removed == 1
        assert list(Business.objects.all()) == [real]
        assert list(Listing.objects.values_list("pk", flat=True)) == [real.pk]
        assert ask() == ["Sol Asli"]
        assert suggested("langkah") == set()
        assert not Source.objects.filter(kind=Source.Kind.DEMO).exists()
        assert not Attribution.objects.filter(source=demo.pk).exists()
        assert files() == kept
        assert Entry.objects.get(event="directory.demo.removed").details == {"businesses": 1}

    def test_removing_twice_is_removing_once(self):
        registered(source=actions.source_named(Source.Kind.DEMO, "Demo"), is_demo=True)

        assert actions.remove_demo(actor=None, at=LATER) == 1
        assert actions.remove_demo(actor=None, at=LATER) == 0


def test_a_confirmed_profile_ranks_before_a_stale_one(ask):
    registered(profile(name="Sol Lama"), stated_on=date(2021, 1, 1))
    registered(profile(name="Sol Segar"), stated_on=ON)

    assert ask("sol karet") == ["Sol Segar", "Sol Lama"]
    assert ask(urut="terbaru") == ["Sol Segar", "Sol Lama"]
