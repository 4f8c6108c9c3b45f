"""The list of everything that waits: in order of due dates, filtered, taken, looked at, kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from ifn.audit.queries import history_of
from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.directory.queries import profile_of
from ifn.moderation import actions, filters, work
from ifn.moderation.kinds import KINDS
from ifn.moderation.models import Assignment, Look, SavedFilter
from ifn.moderation.queries import saved_filters
from ifn.moderation.work import Wanted
from ifn.regions.queries import all_regions
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, LATER, MOJOKERTO, SIDOARJO, profile, revised
from tests.factories.moderation import reachable, reported, waiting_claim
from tests.moderation.test_scope import own_profile

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def titles(person, *, at=AT, **wanted):
    return [item.title for item in work.listed(person, Wanted(**wanted), at=at)]


def in_line(person, **wanted):
    return [(item.kind, item.subject) for item in work.listed(person, Wanted(**wanted), at=AT)]


class TestOrder:
    def test_what_is_due_first_stands_first_across_kinds(self, officer):
        new = own_profile(MOJOKERTO)
        late = waiting_claim(reachable(name="Klaim"), at=AT + timedelta(days=2, seconds=1))
        early = reported(reachable(name="Laporan"), at=AT)
        same = reported(reachable(name="Sama"), at=AT)

        found = work.listed(officer, Wanted(), at=AT)

        assert [(item.kind, item.subject) for item in found] == [
            ("report", early.pk),
            ("report", same.pk),
            ("claim", late.pk),
            ("profile", new.pk),
        ]
        assert [item.due_at for item in found] == [
            AT + timedelta(days=5),
            AT + timedelta(days=5),
            AT + timedelta(days=5, seconds=1),
            AT + timedelta(days=14),
        ]

    def test_forward_and_backward_meet_every_piece_once(self, officer):
        for number in range(3):
            at = AT + timedelta(days=number)
            waiting_claim(reachable(name=f"K{number}"), at=at + timedelta(days=2))
            reported(reachable(name=f"L{number}"), at=at)  # due in the same moment as a claim
        line = work.listed(officer, Wanted(), at=AT)

        forward, backward = [line[0]], [line[-1]]
        while item := work.after(officer, Wanted(), forward[-1], at=AT):
            forward.append(item)
        while item := work.before(officer, Wanted(), backward[-1], at=AT):
            backward.append(item)

        places = [(one.kind, one.subject) for one in line]
        assert [(one.kind, one.subject) for one in forward] == places
        assert [(one.kind, one.subject) for one in reversed(backward)] == places
        assert len(line) == 6

    def test_a_profile_whose_name_the_office_corrected_waits_no_more(self, officer):
        business = own_profile(MOJOKERTO)
        assert titles(officer) == [business.name]

        revised(business, replace(profile_of(business), name="Sol Jaya"))

        assert titles(officer) == []

    def test_a_profile_waits_since_it_was_published(self, officer):
        begun = directory.begin_profile(
            profile(name="Pelan"), owner=UserFactory(), at=AT, today=AT.date()
        )
        directory.list_again(begun, actor=officer, at=LATER)

        item = work.listed(officer, Wanted(), at=LATER)[0]

        assert (item.title, item.waits_since) == ("Pelan", LATER)
        assert titles(officer, at=LATER + timedelta(days=13), is_overdue=True) == []
        assert titles(officer, at=LATER + timedelta(days=15), is_overdue=True) == ["Pelan"]

    def test_parts_of_the_list_are_the_list(self, officer):
        for number in range(5):
            reported(reachable(name=f"L{number}"))

        parts = [
            item
            for start in (0, 2, 4)
            for item in work.listed(officer, Wanted(), at=AT, start=start, stop=start + 2)
        ]

        assert parts == work.listed(officer, Wanted(), at=AT)


class TestMany:
    def test_what_is_due_first_is_listed_and_the_rest_comes_up_as_it_is_done(
        self, officer, monkeypatch
    ):
        monkeypatch.setattr(work, "MOST", 3)
        late = [
            waiting_claim(reachable(name=f"K{day}"), at=AT + timedelta(days=day))
            for day in range(5)
        ]
        reported(reachable(name="Laporan"), at=AT)  # due with the third claim
        reported(reachable(name="Nanti"), at=AT + timedelta(days=9))

        line = work.line(officer, Wanted(), at=AT)

        assert (line.counts["claim"], line.counts["report"]) == (3, 2)
        assert (line.more, line.has_rest) == ({"claim"}, True)
        assert [item.title for item in work.items(line.places)] == ["K0", "K1", "K2"]
        actions.refuse(late[0], reason="Bukan.", actor=officer, at=LATER)
        assert titles(officer)[:4] == ["K1", "K2", "Laporan", "K3"]

    def test_a_kind_that_is_asked_for_is_looked_into_further(self, officer, monkeypatch):
        monkeypatch.setattr(work, "MOST", 1)
        monkeypatch.setattr(work, "MOST_ASKED_FOR", 3)
        for number in range(4):
            reported(reachable(name=f"L{number}"), at=AT + timedelta(hours=number))
        waiting_claim(reachable(name="Klaim"))
        asked = Wanted(kinds=frozenset({"report"}))

        every, line = work.line(officer, Wanted(), at=AT), work.line(officer, asked, at=AT)

        assert (every.counts["report"], every.counts["claim"], every.more) == (1, 1, {"report"})
        assert (line.counts["report"], line.counts["claim"], line.more) == (3, 1, {"report"})
        assert [item.title for item in work.items(line.places)] == ["L0", "L1", "L2"]

    def test_what_is_kept_of_a_question_never_outlives_a_duty(self, officer):
        reported(reachable(name="Laporan"))
        assert titles(officer) == ["Laporan"]

        officer.held_duties.all().delete()

        assert titles(type(officer).objects.get(pk=officer.pk)) == []

    def test_what_was_done_meanwhile_is_left_out(self, officer):
        report = reported(reachable(name="Laporan"))
        line = work.line(officer, Wanted(), at=AT)
        type(report).objects.filter(pk=report.pk).delete()

        assert work.items(line.places) == []


class TestFilters:
    def test_by_kind_region_and_whose(self, officer, dinas):
        here, there = reachable(name="Sini"), reachable(region=SIDOARJO, name="Sana")
        claim, report = waiting_claim(here), reported(there)
        actions.take("claim", claim.pk, person=officer, at=AT)
        actions.take("report", report.pk, person=dinas, at=AT)
        reported(here)

        assert sorted(titles(officer)) == ["Sana", "Sini", "Sini"]
        assert titles(officer, kinds=frozenset({"claim"})) == ["Sini"]
        assert titles(officer, region=SIDOARJO) == ["Sana"]
        assert len(titles(officer, region="35")) == 3
        assert in_line(officer, whose="mine") == [("claim", claim.pk)]
        assert titles(officer, whose="nobody") == ["Sini"]
        names = {item.person_name for item in work.listed(officer, Wanted(), at=AT)}
        assert names == {officer.name, dinas.name, None}

    def test_overdue_is_what_waits_longer_than_its_kind_may(self, officer):
        waiting_claim(reachable(name="Klaim"))
        reported(reachable(name="Laporan"))
        for days, overdue in ((3, []), (4, ["Klaim"]), (6, ["Klaim", "Laporan"])):
            at = AT + timedelta(days=days)
            assert titles(officer, at=at, is_overdue=True) == overdue

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("", Wanted()),
            (
                "jenis=klaim&jenis=laporan&wilayah=35.15&siapa=saya&lewat=1",
                Wanted(frozenset({"claim", "report"}), "35.15", "mine", is_overdue=True),
            ),
            ("jenis=profil-baru&siapa=kosong", Wanted(frozenset({"profile"}), whose="nobody")),
        ],
    )
    def test_the_address_is_the_filter(self, text, wanted):
        assert filters.read(QueryDict(text), all_regions()) == wanted
        assert filters.query(wanted) == text

    def test_what_an_address_cannot_mean_it_does_not_ask_for(self):
        text = "jenis=x&wilayah=99.99&siapa=semua&lewat=ya"

        assert filters.read(QueryDict(text), all_regions()) == Wanted()

    def test_every_kind_has_a_word(self):
        assert set(filters.KIND_WORDS.values()) == set(KINDS)


class TestTaking:
    def test_the_second_is_told_who_has_it(self, business, officer, dinas):
        claim = waiting_claim(business)
        for _time in range(2):
            actions.take("claim", claim.pk, person=officer, at=AT)

        with pytest.raises(actions.TakenByAnother) as refused:
            actions.take("claim", claim.pk, person=dinas, at=AT)

        assert refused.value.person == officer
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(kind="claim", subject=claim.pk, person=dinas, taken_at=AT)

    def test_given_back_by_whoever_has_it(self, business, officer, dinas):
        report = reported(business)
        actions.take("report", report.pk, person=officer, at=AT)

        assert not actions.give_back("report", report.pk, person=dinas)
        assert actions.give_back("report", report.pk, person=officer)

        report.refresh_from_db()
        assert report.state == "open"
        actions.take("report", report.pk, person=dinas, at=AT)


class TestLooking:
    def test_in_order_or_hidden_with_a_reason(self, officer):
        fine, bad = own_profile(MOJOKERTO), own_profile(SIDOARJO)
        actions.look_at(fine, is_fine=True, actor=officer, at=LATER)
        with pytest.raises(actions.ReasonMissing):
            actions.look_at(bad, is_fine=False, actor=officer, at=LATER)
        assert titles(officer) == [bad.name]

        actions.look_at(bad, is_fine=False, reason="Iklan.", actor=officer, at=LATER)

        assert titles(officer) == []
        statuses = dict(Business.objects.values_list("name", "status"))
        assert statuses == {fine.name: "listed", bad.name: "hidden"}
        reasons = history_of(bad).values_list("event", "reason")
        assert ("directory.business.hidden", "Iklan.") in reasons

    def test_the_second_is_told(self, officer, dinas):
        business = own_profile(MOJOKERTO)
        actions.look_at(business, is_fine=True, actor=officer, at=LATER)

        with pytest.raises(actions.LookedAtMeanwhile) as refused:
            actions.look_at(business, is_fine=False, reason="Iklan.", actor=dinas, at=LATER)

        assert refused.value.look.looked_by == officer
        assert Look.objects.count() == 1


class TestKeptFilters:
    def keep(self, person, name="Terlambat", query="lewat=1", *, is_shared=False):
        return actions.save_filter(name, query=query, is_shared=is_shared, person=person, at=AT)

    def test_ones_own_and_what_colleagues_share(self, officer, dinas):
        self.keep(officer)
        shared = self.keep(officer, "Bagi", is_shared=True)
        own = self.keep(dinas, "Saya")

        assert saved_filters(dinas) == [shared, own]

    def test_the_same_name_replaces(self, officer):
        self.keep(officer)
        self.keep(officer, query="siapa=saya")

        assert SavedFilter.objects.get().query == "siapa=saya"

    def test_only_its_maker_removes_one(self, officer, dinas):
        kept = self.keep(officer, is_shared=True)

        assert not actions.forget_filter(kept.pk, person=dinas)
        assert actions.forget_filter(kept.pk, person=officer)

    def test_thirty_are_enough(self, officer):
        for number in range(30):
            self.keep(officer, f"Nama {number}")

        with pytest.raises(actions.TooManyFilters):
            self.keep(officer, "Satu lagi")
        self.keep(officer, "Nama 3", query="")
        self.keep(OfficerFactory(), "Lain")
