"""Mentoring on people's desks: the office's work list, what waits at /saya, a firm's timeline."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.directory.models import Membership
from ifn.directory.timeline import Audience, Window
from ifn.moderation import work
from ifn.moderation.work import Wanted
from ifn.notices.models import Notice
from ifn.programmes import happenings
from ifn.programmes.actions import certifying, following, partnering, quizzing
from ifn.programmes.models import Batch, OutcomeAsking
from ifn.programmes.planning.items import read
from ifn.site.todos import todos_of
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import AT, LATER, MOJOKERTO
from tests.factories.plans import action, partner
from tests.factories.programmes import (
    AFTER,
    ENDS,
    accepted,
    completed,
    firm,
    joined,
    moved,
    officer,
    opened,
    running,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def days(number):
    return localdate() + timedelta(days=number)


def waits(person, kind):
    found = work.listed(person, Wanted(kinds=frozenset({kind})), at=now())
    return [one.title for one in found]


class TestWorkList:
    @pytest.fixture
    def programme(self):
        return OfficerFactory(duties=["programme"])

    def test_registrations_wait_once_it_is_chosen(self, programme):
        batch = opened()
        one = joined(batch, firm("Baru"))
        assert waits(programme, "registration") == []

        moved(batch, "selecting")

        assert waits(programme, "registration") == ["Baru"]
        assert waits(OfficerFactory(duties=["verifier"]), "registration") == []
        assert waits(RegionalOfficerFactory(territory=[MOJOKERTO]), "registration") == []
        assert one.pk

    def test_what_the_office_should_have_done_and_nothing_of_others(self, programme):
        _batch, [seat] = running(1)
        late = action(seat, "office", due_on=days(-3))
        action(seat, "office", due_on=days(3))
        action(seat, due_on=days(-3))
        assert waits(programme, "action") == [seat.business.name]

        following.tell_how(late, "done", side="office", version=1, actor=programme, at=LATER)

        assert waits(programme, "action") == []

    def test_promises_whose_day_has_gone_by(self, programme):
        batch = opened()
        one = partnering.promise(partner(batch), "Rak", due_on=days(-1), actor=programme, at=AT)
        assert waits(programme, "promise") == ["Desa Wisata"]

        partnering.settle(one, "promised", due_on=days(9), actor=programme, at=AT)

        assert waits(programme, "promise") == []

    def test_participants_who_cannot_be_written_to(self, client, programme):
        batch, [seat] = running(1)
        Batch.objects.filter(pk=batch.pk).update(starts_on=days(-5), ends_on=days(-1))
        asked = OutcomeAsking.objects.create(
            registration=seat, wave="end", asked_at=now(), messages=0
        )
        assert waits(programme, "call") == [seat.business.name]
        assert waits(OfficerFactory(duties=["verifier"]), "call") == []
        client.force_login(programme)

        answer = client.get(reverse("programmes:to-call", args=[asked.pk]))

        place = [batch.code, seat.pk, "end"]
        assert answer["Location"] == reverse("programmes:outcome-of-participant", args=place)
        assert "Peserta yang perlu ditelepon" in client.get("/kerja?jenis=telepon").content.decode()

    @pytest.mark.parametrize(
        ("states", "first", "last", "is_late"),
        [
            (["selecting", "confirmed"], 0, 2, True),
            (["selecting", "confirmed"], 1, 2, False),
            (["selecting", "confirmed", "running"], -4, -1, True),
            (["selecting", "confirmed", "running"], -4, 0, False),
            (["selecting", "confirmed", "running", "completed"], -4, -1, False),
        ],
    )
    def test_batches_whose_days_have_come(self, programme, states, first, last, is_late):
        batch, _seated = running(1)
        Batch.objects.filter(pk=batch.pk).update(
            state=states[-1], starts_on=days(first), ends_on=days(last)
        )

        assert waits(programme, "batch") == (["Pola dan pengeleman"] if is_late else [])

    def test_each_leads_to_where_it_is_done(self, client, programme):
        batch, [seat] = running(1)
        one = action(seat, "office", due_on=days(-3))
        client.force_login(programme)
        [item] = work.listed(programme, Wanted(kinds=frozenset({"action"})), at=now())

        answer = client.get(reverse("programmes:to-action", args=[item.subject]))

        assert answer["Location"] == reverse("programmes:plan", args=[batch.code, seat.pk])
        assert "Aksi kantor lewat batas" in client.get("/kerja?jenis=aksi").content.decode()
        assert item.detail == one.what


class TestTodos:
    def steps(self, person):
        return [(one.about, one.other, one.due_on) for one in todos_of(person, [], [], at=now())]

    @pytest.fixture
    def seat(self):
        batch = opened(quota=1, starts_on=days(4), ends_on=days(6))
        business, owner = firm("Sol Jaya"), UserFactory()
        Membership.objects.create(business=business, person=owner, role="owner", since=AT)
        one = accepted(batch, business, today=date(2026, 6, 1))
        one.owner = owner
        return one

    def test_before_it_is_announced_the_office_decides(self, seat):
        [todo] = self.steps(seat.owner)

        assert todo == ("Sol Jaya · Pola dan pengeleman", "Kantor jejaring", None)

    def test_a_seat_a_test_and_an_action(self, seat):
        batch = moved(seat.batch, "selecting", "confirmed")
        seat.refresh_from_db()
        quiz = quizzing.write_quiz(
            batch, None, "Tes awal", read("Apa?\n* a\n- b"), actor=officer(), at=AT
        )
        quizzing.open_round(quiz, "pre", actor=officer(), at=AT)
        action(seat, due_on=days(2), what="Beli acuan")
        action(seat, due_on=days(90), what="Nanti")
        action(seat, "office", due_on=days(1), what="Kantor")

        assert self.steps(seat.owner) == [
            ("Sol Jaya · Beli acuan", "", days(2)),
            # To say how the firm is doing before it begins, and to look when and where.
            ("Sol Jaya · Pola dan pengeleman", "", days(4)),
            ("Sol Jaya · Pola dan pengeleman", "", days(4)),
            ("Tes awal", "", None),
        ]
        quizzing.answer(quiz, seat, [0], at=AT)
        assert "Tes awal" not in [about for about, *_rest in self.steps(seat.owner)]

    def test_others_have_nothing_of_it(self, seat):
        assert self.steps(UserFactory()) == []
        assert seat.pk


class TestTimeline:
    def told(self, business, audience):
        window = Window(business, (), audience, localdate(), 20)
        sources = (
            (happenings.took_part,)
            if audience == Audience.PUBLIC
            else (
                happenings.steps,
                happenings.attended,
                happenings.certified,
                happenings.actions_done,
            )
        )
        return [one.title for ask in sources for one in ask(window)]

    @pytest.fixture
    def seat(self):
        _batch, [one], _session = completed(1)
        certifying.issue(one, "attendance", actor=officer(), at=AFTER, on=ENDS)
        following.tell_how(action(one), "done", side="firm", version=1, actor=None, at=LATER)
        return one

    def test_the_staff_and_the_firm_read_what_happened(self, seat):
        for audience in (Audience.STAFF, Audience.FIRM):
            assert self.told(seat.business, audience) == [
                "Diterima di pendampingan",
                "Mendaftar pendampingan",
                "Hadir di 1 sesi pendampingan",
                "Sertifikat pendampingan: kehadiran",
                "Selesai sesudah pendampingan",
            ]

    def test_everyone_reads_only_that_it_took_part_once_that_is_over(self, seat):
        assert self.told(seat.business, Audience.PUBLIC) == ["Ikut pendampingan"]

        Batch.objects.update(state="running")

        assert self.told(seat.business, Audience.PUBLIC) == []

    def test_who_never_came_did_not_take_part(self):
        batch, [seat] = running(1)
        session(batch)
        moved(batch, "completed", at=AFTER)

        assert self.told(seat.business, Audience.PUBLIC) == []

    def test_a_firm_reads_no_decision_before_it_is_told(self):
        batch, business = opened(), firm()
        accepted(batch, business)

        assert self.told(business, Audience.FIRM) == ["Mendaftar pendampingan"]
        assert "Diterima di pendampingan" in self.told(business, Audience.STAFF)


def test_whoever_has_an_account_finds_what_was_decided_among_the_notices():
    batch, business, owner = opened(), firm("Sol Jaya"), UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    one = accepted(batch, business)
    assert not Notice.objects.exists()

    moved(batch, "selecting", "confirmed")

    notice = Notice.objects.get()
    assert (notice.person, notice.words) == (owner, "programmes.accepted")
    assert notice.address == f"/saya/program/{one.pk}"
