"""Who is reminded of what is overdue: each side, once a week, whatever happens to the run."""

from datetime import date, timedelta

import pytest

from ifn.directory.models import Contact, Membership
from ifn.mail.models import Message
from ifn.notices.models import Notice
from ifn.programmes.actions import following, linking, partnering, registering, reminding
from ifn.programmes.models import Batch, Reminder
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER
from tests.factories.plans import JULY, action, mentor, partner
from tests.factories.programmes import accepted, firm, moved, officer, opened, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TODAY = date(2026, 7, 20)


def seated(business):
    batch = opened(quota=1)
    one = accepted(batch, business)
    moved(batch, "selecting", "confirmed", "running")
    one.refresh_from_db()
    return one


def run(today=TODAY):
    """Run the task to its end; return how many pieces it took."""
    pieces, last = 0, ""
    while (reached := reminding.remind_next(last, today=today, at=LATER)) is not None:
        pieces, last = pieces + 1, reached
    return pieces


def reminders():
    rows = Message.objects.filter(kind="programmes.overdue").order_by("pk")
    return [one.to for one in rows]


def owned(name="Milik Sendiri", **who):
    business, owner = firm(name), UserFactory(**who)
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    return business, owner


def test_a_firm_with_an_account_is_told_on_the_site_and_by_mail():
    business, owner = owned()
    seat = seated(business)
    action(seat)
    action(seat, what="Nanti", due_on=TODAY + timedelta(days=1))

    run()

    notice = Notice.objects.get(words="programmes.overdue")
    assert (notice.person, notice.address) == (owner, f"/saya/program/{seat.pk}")
    assert [one["text"] for one in notice.items] == ["Beli acuan baru"]
    [message] = Message.objects.filter(kind="programmes.overdue")
    assert (message.to, "Beli acuan baru" in message.text) == (owner.email, True)
    assert "Nanti" not in message.text


def test_what_a_colleague_has_done_is_read_and_english_stays_english():
    business, owner = owned(language="en")
    seat = seated(business)
    one = action(seat)
    run()
    [message] = Message.objects.filter(kind="programmes.overdue")
    assert "Milik Sendiri: Patterns and cementing" in message.text
    assert "/en/saya/program/" in message.text
    assert Notice.objects.unread().filter(person=owner, words="programmes.overdue").exists()

    following.tell_how(one, "done", side="firm", version=1, actor=None, at=LATER)

    assert not Notice.objects.unread().filter(person=owner).exists()


def test_a_firm_without_people_is_written_to_at_its_own_address_with_its_link():
    business = firm()
    Contact.objects.create(business=business, kind="email", value="toko@contoh.example", position=0)
    action(seated(business))

    run()

    [message] = Message.objects.filter(kind="programmes.overdue")
    assert message.to == "toko@contoh.example"
    assert "/program/peserta/" in message.text


def test_mentors_and_partners_are_written_to_with_their_link():
    batch, [seat] = running(1)
    helper, place = mentor(batch, seat), partner(batch)
    action(seat, "mentor", mentor_id=helper.pk, what="Pinjamkan acuan")
    partnering.promise(place, "Satu rak", due_on=JULY, actor=officer(), at=AT)

    run()

    found = {one.to: one.text for one in Message.objects.filter(kind="programmes.overdue")}
    assert "Pinjamkan acuan" in found["laras@politeknik.example"]
    assert linking.link_of(helper) in found["laras@politeknik.example"]
    assert "Satu rak" in found["desa@wisata.example"]


def test_twice_in_a_week_nobody_is_told_twice_and_after_it_again():
    business, owner = owned()
    action(seated(business))

    run()
    run()
    run(TODAY + timedelta(days=6))
    assert reminders() == [owner.email]

    run(TODAY + timedelta(days=7))
    assert reminders() == [owner.email, owner.email]


def test_a_run_that_is_killed_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(reminding, "PIECE", 1)
    for number in range(3):
        business, _owner = owned(f"Usaha {number}")
        action(seated(business))

    first = reminding.remind_next("", today=TODAY, at=LATER)
    assert first
    assert len(reminders()) == 1

    assert run() == 3
    assert len(reminders()) == 3


def test_a_person_with_two_firms_and_a_task_as_mentor_gets_one_message():
    first, owner = owned("Satu")
    second = firm("Dua")
    Membership.objects.create(business=second, person=owner, role="editor", since=AT)
    seat = seated(first)
    action(seat)
    action(seated(second), what="Urus merek")
    helper = mentor(seat.batch, seat, email=owner.email)
    action(seat, "mentor", mentor_id=helper.pk, what="Pinjamkan acuan")

    run()

    [message] = Message.objects.filter(kind="programmes.overdue")
    assert message.to == owner.email
    for words in ("Beli acuan baru", "Urus merek", "Pinjamkan acuan"):
        assert words in message.text


def test_nobody_is_told_of_what_is_done_withdrawn_cancelled_or_invented():
    done, gone, ended, invented = (owned(f"Usaha {n}")[0] for n in range(4))
    one = action(seated(done))
    following.tell_how(one, "done", side="firm", version=1, actor=None, at=AT)
    seat = seated(gone)
    action(seat)
    registering.withdraw(seat, actor=None, at=AT)
    other = seated(ended)
    action(other)
    moved(other.batch, "cancelled", reason="Anggaran")
    demo = seated(invented)
    action(demo)
    Batch.objects.filter(pk=demo.batch_id).update(is_demo=True)

    run()

    assert reminders() == []


def test_whose_link_was_withdrawn_is_not_written_to_and_who_never_had_one_gets_one():
    batch, [seat] = running(1)
    closed, fresh = mentor(batch, seat), mentor(batch, seat, name="Pak Tono", email="t@x.example")
    linking.withdraw_link(closed, actor=officer(), at=AT)
    type(fresh).objects.filter(pk=fresh.pk).update(link=0, link_on=None)
    for helper in (closed, fresh):
        action(seat, "mentor", mentor_id=helper.pk)

    run()

    fresh.refresh_from_db()
    assert (reminders(), fresh.link, fresh.link_on) == (["t@x.example"], 1, TODAY)


def test_notes_of_reminders_are_forgotten():
    Reminder.objects.create(reader="a", told_on=TODAY - timedelta(days=61))
    Reminder.objects.create(reader="b", told_on=TODAY)

    assert reminding.forget_reminders(today=TODAY) == 1
    assert Reminder.objects.get().reader == "b"
