"""Action plans, visits, promises and links, each refusal beside the success."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from ifn.audit.queries import history_of
from ifn.mail.models import Message
from ifn.programmes import tokens
from ifn.programmes.actions import following, linking, partnering, registering, teaching, visiting
from ifn.programmes.actions.planning import ChangedMeanwhile, ReasonMissing
from ifn.programmes.actions.visiting import Seen
from ifn.programmes.models import (
    Action,
    ActionFile,
    ActionStep,
    Commitment,
    CommitmentStep,
    Mentorship,
    Visit,
)
from tests.factories.directory import AT, LATER
from tests.factories.moderation import handed
from tests.factories.plans import JULY, action, mentor, partner
from tests.factories.programmes import accepted, moved, officer, opened, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TODAY = date(2026, 7, 1)


@pytest.fixture
def mailbox():
    return lambda: list(Message.objects.order_by("pk"))


def told(one, state, **options):
    given = {"side": "firm", "version": one.version, "actor": None, "at": LATER} | options
    return following.tell_how(one, state, **given)


class TestActions:
    def test_one_is_written_once_however_often_it_is_sent(self):
        _batch, [seat] = running(1)
        key = uuid4()

        first, second = action(seat, key=key), action(seat, key=key)

        assert first == second
        assert (first.state, first.owner, first.due_on) == ("planned", "firm", JULY)
        assert [step.side for step in first.steps.all()] == ["office"]
        assert history_of(first)[0].event == "programmes.action.written"

    def test_there_is_no_plan_before_the_participants_are_confirmed(self):
        batch = opened()
        seat = accepted(batch)

        with pytest.raises(following.NotFollowed):
            action(seat)
        moved(batch, "selecting", "confirmed")
        assert action(seat).pk

    def test_there_is_none_without_a_seat_and_in_a_cancelled_batch(self):
        batch, [first, second] = running(2)
        registering.withdraw(first, actor=None, at=AT)
        with pytest.raises(following.NotFollowed):
            action(first)

        moved(batch, "cancelled", reason="Anggaran")
        with pytest.raises(following.NotFollowed):
            action(second)

    def test_sixty_are_enough(self, monkeypatch):
        monkeypatch.setattr(following, "MOST_ACTIONS", 1)
        _batch, [seat] = running(1)
        action(seat)

        with pytest.raises(following.TooMany):
            action(seat)

    def test_a_change_takes_the_newest_version_and_keeps_the_day_in_its_steps(self):
        _batch, [seat] = running(1)
        one = action(seat)
        later = JULY + timedelta(days=9)

        changed = following.change_action(
            one, {"due_on": later, "what": one.what}, version=1, actor=officer(), at=LATER
        )

        assert (changed.due_on, changed.version) == (later, 2)
        assert list(one.steps.order_by("pk").values_list("due_on", flat=True)) == [JULY, later]
        with pytest.raises(ChangedMeanwhile):
            following.change_action(one, {"what": "Lain"}, version=1, actor=officer(), at=LATER)
        same = following.change_action(one, {"due_on": later}, version=2, actor=officer(), at=LATER)
        assert same.version == 2

    def test_the_firm_says_how_it_goes_with_a_photo_and_twice_is_once(self):
        _batch, [seat] = running(1)
        one = action(seat)

        done = told(one, "done", words="Sudah dibeli", given=handed())
        again = told(one, "done")

        assert (done.state, done.evidence, done.since) == ("done", "Sudah dibeli", LATER)
        assert again.version == done.version == 2
        assert ActionFile.objects.get().action == one
        assert ActionStep.objects.filter(action=one, state="done").count() == 1
        assert history_of(one)[0].event == "programmes.action.done"

    def test_two_who_say_different_things_do_not_overwrite_each_other(self):
        _batch, [seat] = running(1)
        one = action(seat)
        told(one, "done", words="Selesai")

        with pytest.raises(ChangedMeanwhile):
            told(one, "dropped", words="Tidak jadi", side="office", version=1)

        one.refresh_from_db()
        assert one.state == "done"

    def test_to_give_it_up_takes_a_reason_and_it_can_be_taken_up_again(self):
        _batch, [seat] = running(1)
        one = action(seat)
        with pytest.raises(ReasonMissing):
            told(one, "dropped", words="  ")

        gone = told(one, "dropped", words="Mesin rusak")
        assert (gone.state, gone.reason) == ("dropped", "Mesin rusak")
        back = told(gone, "doing")
        assert (back.state, back.reason) == ("doing", "")

    def test_an_unknown_state_and_too_many_files_are_refused_and_keep_nothing(self, monkeypatch):
        monkeypatch.setattr(following, "MOST_FILES", 0)
        _batch, [seat] = running(1)
        one = action(seat)

        with pytest.raises(ValueError, match="lost"):
            told(one, "lost")
        with pytest.raises(following.TooMany):
            told(one, "done", given=handed())
        one.refresh_from_db()
        assert (one.state, ActionFile.objects.count()) == ("planned", 0)

    def test_a_photo_is_removed(self):
        _batch, [seat] = running(1)
        one = told(action(seat), "done", given=handed())

        following.remove_file(ActionFile.objects.get(), actor=officer(), at=LATER)

        assert not one.files.exists()


class TestWhatTheDatabaseRefuses:
    def test_a_mentor_or_partner_of_another_batch(self):
        _batch, [seat] = running(1)
        other, _seated = running(1)
        stranger, elsewhere = mentor(other), partner(other)

        for named in (
            {"owner": "mentor", "mentor_id": stranger.pk},
            {"owner": "partner", "partner_id": elsewhere.pk},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                action(seat, **named)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mentorship.objects.create(mentor=stranger, registration=seat, since=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.create(
                registration=seat, mentor=stranger, on=TODAY, way="phone", notes="x", made_at=AT
            )

    def test_an_owner_without_a_name_and_a_name_without_its_owner(self):
        batch, [seat] = running(1)
        helper = mentor(batch)

        for wrong in ({"owner": "mentor"}, {"owner": "firm", "mentor_id": helper.pk}):
            with pytest.raises(IntegrityError), transaction.atomic():
                action(seat, **wrong)

    def test_an_action_of_who_has_no_seat(self):
        batch = opened()
        accepted(batch)
        waiting = batch.registrations.get()
        registering.withdraw(waiting, actor=None, at=AT)

        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.create(
                registration=waiting, what="x", owner="firm", due_on=TODAY, since=AT, created_at=AT
            )

    def test_giving_up_without_a_reason(self):
        _batch, [seat] = running(1)
        one = action(seat)

        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.filter(pk=one.pk).update(state="dropped", reason="")


class TestVisits:
    def noted(self, seat, **options):
        given = {"mentor": None, "key": uuid4(), "actor": None, "at": AT, "today": TODAY} | options
        seen = given.pop("seen", None) or Seen(TODAY, "on_site", "Pola sudah dipakai")
        return visiting.note_visit(seat, seen, **given)

    def test_one_is_noted_once_by_a_mentor(self):
        batch, [seat] = running(1)
        helper, key = mentor(batch, seat), uuid4()

        first = self.noted(seat, mentor=helper, key=key)

        assert self.noted(seat, mentor=helper, key=key) == first
        assert (first.mentor, first.notes) == (helper, "Pola sudah dipakai")
        assert history_of(first)[0].event == "programmes.visit.noted"

    def test_a_day_to_come_and_a_firm_without_a_plan_are_refused(self):
        _batch, [seat] = running(1)

        with pytest.raises(visiting.InTheFuture):
            self.noted(seat, seen=Seen(TODAY + timedelta(days=1), "phone", "x"))
        registering.withdraw(seat, actor=None, at=AT)
        with pytest.raises(following.NotFollowed):
            self.noted(seat)

    def test_it_is_taken_out(self):
        _batch, [seat] = running(1)
        one = self.noted(seat)

        visiting.remove_visit(one, actor=officer(), at=AT)

        assert not Visit.objects.exists()

    def test_a_mentor_looks_after_exactly_those_of_the_batch_with_a_seat(self):
        batch, [first, second] = running(2)
        _other, [stranger] = running(1)
        helper = mentor(batch, first)

        came, went = visiting.look_after(helper, [second.pk, stranger.pk], actor=officer(), at=AT)

        assert (came, went) == (1, 1)
        assert Mentorship.objects.get().registration == second

    def test_whoever_has_actions_or_visits_is_not_taken_out(self):
        batch, [seat] = running(1)
        helper, place = mentor(batch, seat), partner(batch)
        self.noted(seat, mentor=helper)
        action(seat, "partner", partner_id=place.pk)

        with pytest.raises(teaching.StillTeaches):
            teaching.remove_mentor(helper, actor=officer(), at=AT)
        with pytest.raises(partnering.StillHasActions):
            partnering.remove_partner(place, actor=officer(), at=AT)


class TestPromises:
    def promised(self, batch=None):
        place = partner(batch or opened())
        return partnering.promise(place, "Satu rak", due_on=TODAY, actor=officer(), at=AT)

    def settled(self, one, state, **options):
        given = {"side": "partner", "actor": None, "at": LATER} | options
        return partnering.settle(one, state, **given)

    def test_kept_is_said_once(self):
        one = self.promised()

        self.settled(one, "kept")
        self.settled(one, "kept")

        assert Commitment.objects.get().state == "kept"
        assert [step.side for step in CommitmentStep.objects.all()] == ["partner"]

    def test_not_yet_takes_a_new_day(self):
        one = self.promised()
        with pytest.raises(partnering.DayMissing):
            self.settled(one, "promised")

        moved_on = self.settled(one, "promised", due_on=JULY)

        assert (moved_on.state, moved_on.due_on) == ("promised", JULY)

    def test_not_possible_takes_a_reason(self):
        one = self.promised()
        with pytest.raises(ReasonMissing):
            self.settled(one, "dropped", reason=" ")

        assert self.settled(one, "dropped", reason="Tutup").reason == "Tutup"
        assert self.settled(one, "kept").reason == ""


class TestLinks:
    def test_a_new_link_makes_those_before_it_worthless(self):
        helper = mentor(opened())
        first = helper.link

        made = linking.make_link(helper, today=localdate(), actor=officer(), at=AT)

        assert made.link == first + 1
        assert linking.is_out(made, localdate())
        gone = linking.withdraw_link(made, actor=officer(), at=AT)
        assert (gone.link_on, linking.link_of(gone)) == (None, "")
        assert linking.withdraw_link(gone, actor=officer(), at=AT).link_on is None

    def test_it_opens_for_half_a_year(self):
        link = tokens.Link(7, 1, TODAY)
        token = tokens.for_partner(link)

        assert tokens.partner_of(token, TODAY + tokens.HELPS) == link
        with pytest.raises(tokens.Expired):
            tokens.partner_of(token, TODAY + tokens.HELPS + timedelta(days=1))
        with pytest.raises(tokens.Foreign):
            tokens.mentor_of(token, TODAY)
        with pytest.raises(tokens.Foreign):
            tokens.partner_of(token[:-2], TODAY)

    def test_it_is_sent_once_a_day_and_never_without_an_address(self, mailbox):
        helper = mentor(opened())

        linking.send_link(helper, today=localdate(), actor=officer(), at=AT)
        linking.send_link(helper, today=localdate(), actor=officer(), at=AT)

        [message] = mailbox()
        assert message.to == "laras@politeknik.example"
        assert linking.link_of(helper) in message.text
        linking.write_reach(helper, email="", phone="", actor=officer(), at=AT)
        with pytest.raises(linking.NoAddress):
            linking.send_link(helper, today=localdate(), actor=officer(), at=AT)

    def test_one_that_ends_soon_is_made_anew_before_it_is_sent(self):
        helper = mentor(opened())
        near = localdate() + tokens.HELPS - timedelta(days=3)

        fresh = linking.lasting(helper, today=near, at=AT)

        assert (fresh.link, fresh.link_on) == (helper.link + 1, near)


def test_another_person_of_the_firm_may_come():
    _batch, [seat] = running(1)

    changed = registering.change_comer(seat, registering.Comer("Bu Ani"), actor=officer(), at=LATER)

    assert (changed.name, changed.seat) == ("Bu Ani", seat.seat)
