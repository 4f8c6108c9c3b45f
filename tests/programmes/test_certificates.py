"""Certificates, what stands around a batch, and what goes when it has to."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from ifn.directory.handing import private_files
from ifn.jobs.running import run_due
from ifn.programmes import tasks
from ifn.programmes.actions import (
    attending,
    certifying,
    erasing,
    partnering,
    planning,
    registering,
    teaching,
)
from ifn.programmes.models import (
    BudgetLine,
    Certificate,
    Commitment,
    Issuing,
    Registration,
    SessionFile,
)
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER, ON
from tests.factories.moderation import handed
from tests.factories.programmes import (
    AFTER,
    ENDS,
    NINE,
    completed,
    officer,
    planned,
    running,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def tick(one, rows, at=NINE, way="list"):
    return attending.tick(one, [row.pk for row in rows], way=way, actor=officer(), at=at)


class TestCertificates:
    def issue(self, one, kind="attendance"):
        return certifying.issue(one, kind, actor=officer(), at=AFTER, on=ENDS)

    def test_one_is_a_pdf_with_a_code_and_is_made_once(self):
        _batch, [seated], _one = completed(1)

        made, is_new = self.issue(seated)

        assert is_new
        assert (made.name, made.attended, made.held) == ("Siti Aminah", 1, 1)
        with private_files().open(made.file) as file:
            assert file.read().startswith(b"%PDF-")
        assert self.issue(seated) == (made, False)

    def test_who_was_not_there_and_who_was_too_seldom_gets_none(self):
        batch, [often, seldom, never] = running(3)
        rows = [
            session(
                batch,
                f"Hari {n}",
                starts_at=NINE + timedelta(days=n),
                ends_at=NINE + timedelta(days=n, hours=1),
            )
            for n in range(5)
        ]
        for number, one in enumerate(rows):
            there = [often] if number else [often, seldom]
            tick(one, there[: 2 if number < 4 else 0], at=one.starts_at)
        planning.move(batch, "completed", actor=officer(), at=AFTER)
        fetched = Registration.objects.select_related("batch", "business")
        often, seldom, never = (fetched.get(pk=one.pk) for one in (often, seldom, never))

        assert self.issue(often, "completion")[1]  # four of five are 80 %
        assert self.issue(seldom)[1]
        with pytest.raises(certifying.NotEnough) as refused:
            self.issue(seldom, "completion")
        assert (refused.value.percent, refused.value.needed) == (20, 80)
        with pytest.raises(certifying.WasNotThere):
            self.issue(never)

    def test_none_is_made_before_the_end(self):
        batch, [seated] = running(1)
        tick(session(batch), [seated])

        with pytest.raises(certifying.NotOver):
            self.issue(seated)
        with pytest.raises(certifying.NotOver):
            certifying.ask_for_certificates(batch, actor=officer(), at=AT)

    def test_all_are_made_in_the_background_with_progress(self, monkeypatch):
        monkeypatch.setattr(certifying, "PIECE", 2)
        batch, _seated, _one = completed(3)

        asked = certifying.ask_for_certificates(batch, actor=officer(), at=AFTER)
        again = certifying.ask_for_certificates(batch, actor=officer(), at=AFTER)
        assert asked == again
        tasks.issue_certificates.enqueue(asked.pk)
        while run_due():
            pass

        run = Issuing.objects.get()
        assert (run.done, run.total, run.made) == (3, 3, 6)
        assert run.finished_at
        assert Certificate.objects.count() == 6

    def test_one_that_is_withdrawn_keeps_its_reason_and_can_be_made_anew(self):
        _batch, [seated], _one = completed(1)
        made, _is_new = self.issue(seated)

        certifying.withdraw_certificate(made, reason="Salah nama", actor=officer(), at=AFTER)

        assert Certificate.objects.get().reason == "Salah nama"
        assert self.issue(seated)[0] != made


class TestAround:
    def test_partners_promise_and_the_promise_is_settled(self):
        batch = planned()
        one = partnering.add_partner(batch, "Desa", kind="tourism", actor=officer(), at=AT)
        with pytest.raises(partnering.ThereAlready):
            partnering.add_partner(batch, "Desa", kind="brand", actor=officer(), at=AT)

        promised = partnering.promise(one, "Satu rak", due_on=ON, actor=officer(), at=AT)
        partnering.settle(promised, "kept", actor=officer(), at=LATER)

        assert Commitment.objects.get().state == "kept"
        partnering.remove_partner(one, actor=officer(), at=LATER)
        assert not Commitment.objects.exists()

    def test_the_budget_is_written_changed_and_removed(self):
        batch = planned()
        facts = {"source": "apbn", "planned": Decimal(100), "actor": officer(), "at": AT}
        one = partnering.write_line(batch, None, "Bahan", spent=Decimal(0), **facts)

        partnering.write_line(batch, one, "Bahan", spent=Decimal(90), **facts)

        assert BudgetLine.objects.get().spent == 90
        partnering.remove_line(one, actor=officer(), at=AT)
        assert not BudgetLine.objects.exists()


class TestErasing:
    def test_a_person_goes_from_what_is_kept(self, django_capture_on_commit_callbacks):
        _batch, [seated], _one = completed(1)
        person = UserFactory()
        Registration.objects.filter(pk=seated.pk).update(person=person)
        made, _is_new = certifying.issue(seated, "attendance", actor=officer(), at=AFTER, on=ENDS)

        with django_capture_on_commit_callbacks(execute=True):
            gone = erasing.erase_registrations(person, None, [], actor=officer(), at=LATER)

        made.refresh_from_db()
        seated.refresh_from_db()
        assert gone == 1
        assert (seated.name, seated.phone, seated.person, seated.seat) == ("", "", None, 1)
        assert (made.name, made.file) == ("", "")
        assert made.withdrawn_at == LATER

    def test_who_still_takes_part_withdraws(self):
        _batch, [seated] = running(1)

        erasing.erase_registrations(None, seated.business, [], actor=officer(), at=LATER)

        seated.refresh_from_db()
        assert (seated.state, seated.name) == ("withdrawn", "")

    def test_names_and_photos_of_long_ago_go_and_the_rest_stays(self):
        _batch, [seated], one = completed(1)
        teaching.add_file(one, "photo", "Praktik", given=handed(), actor=officer(), at=AT)
        teaching.add_file(one, "material", "Pola", given=handed(), actor=officer(), at=AT)

        assert erasing.forget_old(at=LATER) == 0
        assert erasing.forget_old(at=LATER + timedelta(days=2000)) == 2

        seated.refresh_from_db()
        assert (seated.name, seated.seat) == ("", 1)
        assert [file.kind for file in SessionFile.objects.all()] == ["material"]


def test_withdrawing_after_the_end_changes_nothing_for_those_who_wait():
    batch, [seated], _one = completed(1)
    assert batch.is_over

    registering.withdraw(seated, actor=None, at=AFTER)

    assert connection.in_atomic_block
    assert Registration.objects.get().state == "withdrawn"
