"""What participants say: kept as it is said, in its time, by whoever may, and asked for once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.models import Entry as Line
from ifn.directory.models import Contact, Membership
from ifn.mail.models import Message
from ifn.notices.kinds import said as wordings
from ifn.notices.models import Notice, Wish
from ifn.programmes.actions import asking, outcomes, registering
from ifn.programmes.actions.outcomes import Entry
from ifn.programmes.measuring.waves import Wave, window_of
from ifn.programmes.models import Batch, Outcome, OutcomeAsking, Registration
from ifn.programmes.queries.due import participants_to_call
from ifn.programmes.queries.outcomes import grid_of
from ifn.programmes.queries.pending import open_questions, registrations_of
from tests.factories.accounts import UserFactory
from tests.factories.programmes import (
    ENDS,
    STARTS,
    completed,
    firm,
    joined,
    moved,
    officer,
    opened,
    running,
    said,
)
from tests.programmes.asking import owned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
M3, M3_AT = date(2026, 9, 26), datetime(2026, 9, 26, 3, tzinfo=UTC)


def entry(on=M3, **changes):
    return Entry(**{"way": "link", "said_on": on} | changes)


class TestSaving:
    def test_what_is_said_is_kept_with_who_when_and_how(self):
        _batch, [one], _session = completed(1)

        found = said(one, Wave.M3, workers=7, channels=["chat"], turnover="from_15")

        assert (found.workers, found.channels, found.turnover) == (7, ["chat"], "from_15")
        assert (found.way, found.person, found.said_on) == ("phone", officer(), M3)
        assert (found.is_late, found.version, found.finished_at is None) == (False, 1, False)
        assert (found.capacity, found.certificates) == (None, None)

    def test_sent_twice_it_is_kept_once(self):
        _batch, [one], _session = completed(1)
        page = "a" * 32

        first = said(one, Wave.M3, workers=7, page=page)
        said(one, Wave.M3, workers=7, page=page)

        assert list(Outcome.objects.values_list("version", flat=True)) == [first.version]
        assert Line.objects.filter(event="programmes.outcome.answered").count() == 1

    def test_what_is_not_sent_along_stays(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.M3, workers=7, is_finished=False, page="a" * 32)

        found = said(one, Wave.M3, capacity=300, page="a" * 32)

        assert (found.workers, found.capacity) == (7, 300)

    def test_somebody_else_who_wrote_meanwhile_is_not_written_over(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.M3, workers=7, page="a" * 32)

        with pytest.raises(outcomes.ChangedMeanwhile):
            said(one, Wave.M3, workers=9, page="b" * 32)
        said(one, Wave.M3, workers=9, page="b" * 32, seen=1)

        assert Outcome.objects.get().workers == 9

    def test_the_page_that_wrote_goes_on_writing(self):
        _batch, [one], _session = completed(1)
        for workers in (7, 8, 9):
            said(one, Wave.M3, workers=workers, page="a" * 32, is_finished=False)

        found = Outcome.objects.get()
        assert (found.workers, found.version, found.finished_at) == (9, 3, None)

    def test_changes_are_on_record_and_money_only_as_a_digest(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.M3, workers=7, turnover="from_15")
        said(one, Wave.M3, workers=8, turnover="from_50", seen=1)

        first, second = Line.objects.filter(event__startswith="programmes.outcome.").order_by("pk")
        assert (second.changes["workers"]) == [7, 8]
        assert "from_50" not in str(second.changes)
        assert first.details["wave"] == "m3"

    def test_answers_are_late_after_the_time_and_refused_outside(self):
        _batch, [one], _session = completed(1)

        assert said(one, Wave.M3, workers=1, said_on=date(2026, 10, 27)).is_late
        with pytest.raises(outcomes.NotYet) as early:
            said(one, Wave.M6, workers=1, said_on=date(2026, 12, 11))
        with pytest.raises(outcomes.IsOver) as over:
            said(one, Wave.BEFORE, workers=1, said_on=ENDS)

        assert early.value.opens_on == date(2026, 12, 12)
        assert over.value.ended_on == ENDS - timedelta(days=1)

    def test_a_correction_does_not_make_it_late(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.M3, workers=1)

        found = said(one, Wave.M3, workers=2, said_on=date(2026, 10, 28), seen=1)

        assert (found.is_late, found.said_on, found.workers) == (False, M3, 2)

    def test_who_has_no_seat_and_a_batch_that_is_stopped_are_not_asked(self):
        batch = opened(quota=1)
        waiting = joined(batch, firm("Tanpa Kursi"))
        _other, [seated] = running(1)
        moved(seated.batch, "cancelled")

        for one in (waiting, Registration.objects.select_related("batch").get(pk=seated.pk)):
            with pytest.raises(outcomes.NotAsked):
                said(one, Wave.BEFORE, workers=1, said_on=STARTS - timedelta(days=1))

    def test_a_batch_that_moves_moves_its_waves(self):
        _batch, [one] = running(1)
        Batch.objects.update(
            starts_on=STARTS + timedelta(days=60), ends_on=ENDS + timedelta(days=60)
        )
        fresh = Registration.objects.select_related("batch").get(pk=one.pk)

        with pytest.raises(outcomes.NotYet):
            said(fresh, Wave.END, workers=1, said_on=ENDS)
        assert (
            said(fresh, Wave.BEFORE, workers=1, said_on=ENDS + timedelta(days=40)).wave == "before"
        )


class TestNothingChanged:
    def test_the_nearest_answers_are_taken_over_and_marked(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.BEFORE, workers=2)
        said(one, Wave.END, workers=3, products=4, certificates=["SNI"], note="Baik")

        found = outcomes.same_again(one, Wave.M3, entry(), actor=None, at=M3_AT)

        assert (found.workers, found.products, found.certificates) == (3, 0, [])
        assert (found.same_as, found.way, found.person, found.note) == ("end", "link", None, "")

    def test_pressed_twice_it_is_taken_over_once_and_nothing_is_written_over(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.END, workers=3)
        said(one, Wave.M3, workers=5)

        for _press in range(2):
            outcomes.same_again(one, Wave.M3, entry(), actor=None, at=M3_AT)

        found = Outcome.objects.get(wave="m3")
        assert (found.workers, found.same_as, found.version) == (5, "", 1)

    def test_a_change_afterwards_takes_the_mark_away(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.END, workers=3)
        outcomes.same_again(one, Wave.M3, entry(), actor=None, at=M3_AT)

        assert said(one, Wave.M3, workers=4, seen=1).same_as == ""

    def test_without_answers_before_there_is_nothing_to_take_over(self):
        _batch, [one], _session = completed(1)
        said(one, Wave.END, workers=3, is_finished=False)

        with pytest.raises(outcomes.NothingBefore):
            outcomes.same_again(one, Wave.M3, entry(), actor=None, at=M3_AT)


@pytest.mark.parametrize(
    "bad",
    [
        {"defects": Decimal("100.1")},
        {"capacity": 10**9},
        {"turnover": "much"},
        {"exports": 5},
        {"exports": 5, "exports_unit": "idr"},
        {"exports_unit": "idr"},
        {"exports": -5, "exports_unit": "idr", "exports_period": "month"},
        {"way": "dove"},
        {"wave": "m9"},
        {"same_as": "end"},
    ],
    ids=str,
)
def test_the_database_itself_refuses(bad):
    _batch, [one], _session = completed(1)
    said(one, Wave.END, workers=3)

    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.update(**bad)


def test_a_wave_is_answered_once_by_each():
    _batch, [one], _session = completed(1)
    found = said(one, Wave.END, workers=3)
    found.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


class TestGrid:
    def test_who_said_nothing_is_counted_and_who_only_began(self):
        batch, [first, second, third], _session = completed(3)
        said(first, Wave.M3, workers=1)
        said(second, Wave.M3, workers=1, is_finished=False)

        grid = grid_of(batch, [first, second, third], M3)

        found = {one.wave: one for one in grid.responses}
        m3 = found[Wave.M3]
        assert (m3.of, m3.answered, m3.begun, m3.silent, m3.percent) == (3, 1, 1, 2, 67)
        assert not found[Wave.M6].is_begun
        assert grid.of_wave(Wave.M3).keys() == {first.pk}


class TestAsking:
    def asked(self, on=M3):
        at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
        return asking.ask_those_due(at=at, today=on), asking.remind_those_silent(at=at, today=on)

    def seats(self, number=1):
        """Return participants whose firms somebody looks after, in a batch that is over."""
        batch = opened(quota=number)
        for place in range(number):
            business, _owner = owned(f"Usaha {place}")
            registering.register(
                batch,
                business,
                registering.Comer("Siti"),
                way="officer",
                actor=officer(),
                at=M3_AT - timedelta(days=150),
                today=STARTS,
            )
        from ifn.programmes.actions import selecting  # noqa: PLC0415

        moved(batch, "selecting")
        selecting.take_proposal(batch, actor=officer(), at=M3_AT - timedelta(days=140))
        batch = moved(batch, "confirmed", "running", "completed")
        Message.objects.all().delete()
        return list(Registration.objects.select_related("batch", "business").order_by("seat"))

    def test_each_is_asked_once_on_the_day_and_reminded_once(self):
        [one] = self.seats()

        assert self.asked(M3 - timedelta(days=1)) == (0, 0)
        assert self.asked(M3) == (1, 0)
        assert self.asked(M3 + timedelta(days=13)) == (0, 0)
        assert self.asked(M3 + timedelta(days=14)) == (0, 1)
        assert self.asked(M3 + timedelta(days=15)) == (0, 0)

        subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
        assert subjects == [
            "bagaimana Usaha 0 sekarang?",
            "Masih kami tunggu: bagaimana Usaha 0 sekarang?",
        ]
        text = Message.objects.earliest("pk").text
        assert "/program/peserta/" in text
        assert "/hasil/m3" in text
        assert OutcomeAsking.objects.get().registration_id == one.pk

    def test_an_account_finds_it_among_its_notices_until_it_is_answered(self):
        [one] = self.seats()
        owner = Membership.objects.get(business=one.business).person
        Wish.objects.create(person=owner, kind="programmes", often="off", changed_at=M3_AT)

        assert self.asked(M3) == (1, 0)
        told = Notice.objects.get(person=owner, words="programmes.asked")
        assert told.address == f"/saya/program/{one.pk}/hasil/m3"
        title = wordings(told.words, told.values).title
        assert title == f"Bagaimana kabar Usaha 0? {one.batch.title}"
        assert not Message.objects.exists()
        assert OutcomeAsking.objects.get().messages == 1

        said(one, Wave.M3, workers=1)
        told.refresh_from_db()
        assert told.read_at

    def test_who_has_no_e_mail_is_told_on_the_site_and_the_office_calls(self):
        [one] = self.seats()
        owner = Membership.objects.filter(business=one.business).values("person")
        User.objects.filter(pk__in=owner).update(email=None, phone="+628123456789")
        Contact.objects.filter(business=one.business).delete()

        assert self.asked(M3) == (1, 0)
        assert Notice.objects.filter(words="programmes.asked").exists()
        assert OutcomeAsking.objects.get().messages == 0

    def test_it_stands_among_what_a_person_has_to_do_while_it_is_in_time(self):
        [one] = self.seats()
        owner = Membership.objects.get(business=one.business).person

        def waiting(on):
            found = open_questions(registrations_of(owner, on), on)
            return [(each.registration, each.wave) for each in found]

        assert waiting(M3 - timedelta(days=1)) == []
        assert waiting(M3) == [(one, Wave.M3)]
        assert open_questions(registrations_of(UserFactory(), M3), M3) == []
        until = window_of(Wave.M3, STARTS, ENDS).until
        assert waiting(until) == [(one, Wave.M3)]
        assert waiting(until + timedelta(days=1)) == []
        said(one, Wave.M3, workers=1)
        assert waiting(M3) == []

    def test_who_answered_is_neither_asked_nor_reminded(self):
        first, second = self.seats(2)
        said(first, Wave.M3, workers=1, said_on=M3 - timedelta(days=3))

        assert self.asked(M3) == (1, 0)
        said(second, Wave.M3, workers=1)
        assert self.asked(M3 + timedelta(days=20)) == (0, 0)

    def test_a_piece_is_bounded_and_goes_on_where_it_stopped(self):
        self.seats(3)

        at = M3_AT
        first = asking.ask_those_due(at=at, today=M3, most=2)
        rest = asking.ask_those_due(at=at, today=M3, most=2)

        assert (first, rest, Message.objects.count()) == (2, 1, 3)

    def test_a_postponed_batch_asks_nobody(self):
        [one] = self.seats()
        Batch.objects.update(state="postponed", reason="Banjir")

        assert self.asked() == (0, 0)
        assert not OutcomeAsking.objects.filter(registration=one).exists()

    def test_nobody_is_behind_invented_firms(self):
        self.seats()
        Batch.objects.update(is_demo=True)

        assert self.asked() == (0, 0)

    def test_who_cannot_be_written_to_is_noted_and_not_reminded(self):
        completed(1)

        assert self.asked(M3) == (1, 0)
        assert self.asked(M3 + timedelta(days=20)) == (0, 0)
        assert OutcomeAsking.objects.get().messages == 0

    def test_who_cannot_be_written_to_is_to_be_called_until_they_answer(self):
        completed(1)
        assert self.asked(M3) == (1, 0)
        [one] = Registration.objects.select_related("batch", "business")
        window = window_of(Wave.M3, one.batch.starts_on, one.batch.ends_on)

        [to_call] = participants_to_call(M3)

        assert (to_call.registration_id, to_call.wave) == (one.pk, "m3")
        assert participants_to_call(window.ends_on).exists()
        assert not participants_to_call(window.ends_on + timedelta(days=1)).exists()
        said(one, Wave.M3, workers=1)
        assert not participants_to_call(M3).exists()

    def test_who_was_written_to_or_is_asked_no_more_is_not_to_be_called(self):
        self.seats()
        assert self.asked(M3) == (1, 0)
        assert not participants_to_call(M3).exists()

        OutcomeAsking.objects.update(messages=0)
        assert participants_to_call(M3).exists()
        Batch.objects.update(state="cancelled", reason="Banjir")

        assert not participants_to_call(M3).exists()
