"""A letter is written once, reaches up to five firms, and what looks like spam waits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from ifn.audit.queries import history_of
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import challenge
from ifn.connections.enquiring.challenge import Solved
from ifn.connections.enquiring.states import State
from ifn.connections.models import Block, Enquiry, Letter, LetterFile, Step, Tally
from ifn.connections.queries.askers import level_of
from ifn.directory import actions as directory
from ifn.directory.handing import Handed, private_files
from ifn.directory.models import Business, Membership
from ifn.jobs.models import Job
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from ifn.notices.models import Notice
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, verified
from tests.factories.enquiries import (
    EMAIL,
    FIRM,
    TEXT,
    enquiry,
    firm,
    member,
    pairs,
    sent,
    visitor,
    written,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_a_members_letter_reaches_its_firms_at_once():
    asker = member()
    firms = [firm(name=f"Sol {n}") for n in "ABC"]

    letter = actions.send(
        written(**pairs(500), deadline=localdate(AT) + timedelta(days=30)),
        firms,
        asker=asker,
        at=AT,
    )

    assert (letter.state, letter.sent_at) == (Letter.State.SENT, AT)
    found = letter.enquiries.order_by("place")
    assert [one.business for one in found] == firms
    assert {one.state for one in found} == {State.SENT}
    assert {one.answer_by for one in found} == {AT + timedelta(days=14)}
    assert len({one.code for one in found}) == 3
    assert list(Step.objects.values_list("event", flat=True)) == ["deliver"] * 3
    assert [one.event for one in history_of(found[0])] == ["connections.enquiry.deliver"]
    assert [one.event for one in history_of(letter)] == ["connections.letter.written"]


def test_a_letter_sent_twice_is_one():
    asker, one = member(), firm()

    first = sent(one, asker=asker)
    second = sent(one, asker=asker)

    assert first == second
    assert Enquiry.objects.count() == 1
    assert Tally.objects.get().letters == 1


def test_the_database_itself_lets_only_one_of_the_same_be_open():
    made = enquiry()
    other = Letter.objects.get()
    other.pk = None
    other.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.create(
            letter=other,
            place=1,
            business=made.business,
            asker=made.asker,
            digest=made.digest,
            code="XXXXXX",
            state=State.WAITING,
            since=AT,
        )


def test_once_it_is_over_the_same_may_be_asked_again():
    asker, one = member(), firm()
    first = enquiry(one, asker=asker)
    actions.decline(first, reason="capacity", words="", by=FIRM, at=AT)

    again = enquiry(one, asker=asker)

    assert again != first


def test_firms_that_have_it_already_get_it_no_second_time():
    asker = member()
    one, two = firm(name="Satu"), firm(name="Dua")
    sent(one, asker=asker)

    letter = sent(one, two, asker=asker)

    assert [each.business for each in letter.enquiries.all()] == [two]


def test_at_most_five_firms_get_a_letter():
    firms = [firm(name=f"Sol {n}") for n in range(6)]

    with pytest.raises(actions.TooManyFirms):
        sent(*firms)

    assert sent(*firms[:5]).enquiries.count() == 5
    with pytest.raises(actions.NoFirm):
        actions.send(written(), [], asker=member(), at=AT)


@pytest.mark.parametrize("place", [0, 6])
def test_the_database_itself_knows_no_sixth_firm(place):
    made = enquiry()

    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=made.pk).update(place=place)


def test_a_hidden_firm_gets_nothing():
    one = firm()
    directory.hide(one, reason="x", actor=None, at=AT)

    with pytest.raises(actions.NotShown) as refused:
        sent(one)

    assert refused.value.business == one
    assert not Letter.objects.exists()


def test_nobody_writes_to_a_firm_of_their_own():
    person = UserFactory()

    with pytest.raises(actions.OwnFirm):
        sent(firm(owner=person), asker=member(person))


def test_a_merged_firm_is_followed_to_the_one_that_was_kept():
    kept, gone = firm(name="Tetap"), firm(name="Lama")
    Business.objects.filter(pk=gone.pk).update(status="merged", merged_into=kept)
    gone.refresh_from_db()

    letter = sent(gone, kept)

    assert [one.business for one in letter.enquiries.all()] == [kept]


class TestLimits:
    @pytest.mark.parametrize(("level", "limit"), [("member", 10), ("verified", 50)])
    def test_the_limit_of_a_day_grows_with_trust(self, settings, level, limit):
        assert settings.LETTERS_A_DAY[level] == limit
        settings.LETTERS_A_DAY = {"visitor": 1, "member": 2, "verified": 3}
        person = UserFactory()
        if level == "verified":
            verified(firm(owner=person, name="Punya sendiri"), at=now())
        at, one, allowed = now(), firm(), settings.LETTERS_A_DAY[level]
        for number in range(allowed):
            sent(one, asker=member(person), text=f"{TEXT} {number}", at=at)

        with pytest.raises(actions.TooManyLetters) as refused:
            sent(one, asker=member(person), text="Satu lagi", at=at)

        assert refused.value.limit == allowed
        assert refused.value.day == localdate(at) + timedelta(days=1)
        assert Letter.objects.count() == allowed
        assert sent(one, asker=member(person), text="Besok", at=at + timedelta(days=1))

    def test_a_visitor_may_write_three_a_day(self, settings):
        one = firm()
        for number in range(settings.LETTERS_A_DAY["visitor"]):
            sent(one, asker=visitor(), text=f"Hello {number} of three")

        with pytest.raises(actions.TooManyLetters):
            sent(one, asker=visitor(), text="One more")
        assert sent(one, asker=visitor(email="other@buyer.example"), text="One more")

    def test_what_was_refused_does_not_count(self, settings):
        settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"member": 1}
        person = UserFactory()
        with pytest.raises(actions.OwnFirm):
            sent(firm(owner=person), asker=member(person))

        assert sent(firm(), asker=member(person))


class TestVisitors:
    def test_a_visitors_letter_waits_for_the_address(self):
        letter = sent(asker=visitor())

        assert letter.state == Letter.State.UNPROVEN
        assert letter.enquiries.get().state == State.WAITING

    def test_proven_once_it_goes_out_once(self):
        letter = sent(asker=visitor())

        actions.prove(letter, at=AT)
        proven = actions.prove(letter, at=AT + timedelta(days=1))

        assert (proven.state, proven.proven_at, proven.sent_at) == ("sent", AT, AT)
        assert Step.objects.count() == 1

    def test_the_link_comes_at_once_to_who_worked_and_later_to_others(self):
        sent(asker=visitor(), challenge=Solved("word", is_solved=True))
        sent(asker=visitor(email="slow@buyer.example"))
        sent(asker=visitor(email="again@buyer.example"), challenge=Solved("word", is_solved=True))

        jobs = Job.objects.filter(task__endswith="ask_for_proof").order_by("pk")
        assert [job.run_after for job in jobs] == [AT, AT + timedelta(minutes=3)] * 1 + [
            AT + timedelta(minutes=3)
        ]

    def test_the_same_words_again_bring_the_link_again_once_a_day(self):
        one, jane = firm(), visitor()
        at = now()
        for hours in (0, 1, 2, 25):
            sent(one, asker=jane, at=at + timedelta(hours=hours))
            run_due(at + timedelta(hours=hours, minutes=5))

        found = Message.objects.filter(kind="connections.enquiry_proof")
        assert Letter.objects.count() == 1
        assert {one.to for one in found} == {jane.email}
        assert 2 <= found.count() <= 3

    def test_who_left_a_number_alone_is_written_to_by_the_office(self):
        letter = sent(asker=visitor(email="", phone="+6281200000001"))

        assert letter.state == Letter.State.UNPROVEN
        assert not Job.objects.filter(task__endswith="ask_for_proof").exists()

    def test_the_message_is_the_same_with_and_without_an_account(self):
        UserFactory(email="known@buyer.example")
        for address in ("known@buyer.example", "unknown@buyer.example"):
            sent(asker=visitor(email=address), at=now())
        run_due(now() + timedelta(hours=1))

        found = Message.objects.filter(kind="connections.enquiry_proof").order_by("pk")
        assert [one.to for one in found] == ["known@buyer.example", "unknown@buyer.example"]
        assert len({one.subject for one in found}) == 1

    def test_a_firm_hidden_before_the_proof_is_closed_with_a_reason(self):
        one = firm()
        letter = sent(one, asker=visitor())
        directory.hide(one, reason="x", actor=None, at=AT)

        actions.prove(letter, at=AT)

        made = letter.enquiries.get()
        assert (made.state, made.reason) == (State.CLOSED, "hidden")


class TestSuspicion:
    def test_links_are_looked_at_by_a_person_first(self):
        letter = sent(text="www.a.id www.b.id www.c.id")

        assert (letter.state, letter.held_for) == (Letter.State.HELD, ["links"])
        assert letter.enquiries.get().state == State.WAITING

    def test_the_same_words_to_many_firms_are_too(self):
        asker = member()
        for number in range(2):
            firms = [firm(name=f"Sol {number} {n}") for n in range(5)]
            assert sent(*firms, asker=asker).state == Letter.State.SENT

        last = sent(firm(name="Kesebelas"), asker=asker)

        assert (last.state, last.held_for) == (Letter.State.HELD, ["same_to_many"])

    def test_released_it_goes_out_once(self):
        letter = sent(text="www.a.id www.b.id www.c.id")
        officer = OfficerFactory(duties=["broker"])

        assert actions.release(letter, actor=officer, at=AT)
        assert not actions.release(letter, actor=officer, at=AT)

        letter.refresh_from_db()
        assert (letter.state, letter.judged_by) == (Letter.State.SENT, officer)
        assert letter.enquiries.get().state == State.SENT

    def test_a_blocked_asker_is_told_neutrally(self):
        asker, one = member(), firm()
        first = enquiry(one, asker=asker)
        actions.block(first, by=FIRM, at=AT)

        second = enquiry(one, asker=asker, text="Halo lagi")

        assert (second.state, second.reason) == (State.CLOSED, "not_taking")
        assert second.sent_at is None
        actions.unblock(first, by=FIRM, at=AT)
        assert not Block.objects.exists()
        assert enquiry(one, asker=asker, text="Ketiga").state == State.SENT


class TestFiles:
    def test_files_lie_where_no_address_leads_and_go_when_nothing_came_of_it(self):
        handed = Handed(b"%PDF-1.7 gambar %%EOF", "pdf", "gambar.pdf")
        asker, one = member(), firm()
        letter = actions.send(written(files=(handed,)), [one], asker=asker, at=AT)

        kept = LetterFile.objects.get(letter=letter)
        assert private_files().exists(kept.file)
        before = set(private_files().listdir("enquiries")[1])
        with pytest.raises(actions.NoFirm):
            actions.send(written("Lain", files=(handed,)), [], asker=asker, at=AT)
        assert set(private_files().listdir("enquiries")[1]) == before

    def test_files_of_a_double_send_are_not_kept(self, django_capture_on_commit_callbacks):
        handed = Handed(b"%PDF-1.7 gambar %%EOF", "pdf", "gambar.pdf")
        asker, one = member(), firm()
        actions.send(written(files=(handed,)), [one], asker=asker, at=AT)
        before = set(private_files().listdir("enquiries")[1])

        with django_capture_on_commit_callbacks(execute=True):
            actions.send(written(files=(handed,)), [one], asker=asker, at=AT)

        assert set(private_files().listdir("enquiries")[1]) == before


class TestTelling:
    def test_the_people_of_a_firm_are_told_once(self):
        owner = UserFactory()
        made = enquiry(firm(owner=owner), at=now())

        run_due(now() + timedelta(seconds=5))
        run_due(now() + timedelta(seconds=9))

        told = Message.objects.get(kind="connections.enquiry_new")
        assert told.to == owner.email
        assert made.public_code in told.subject
        assert TEXT in told.text or told.is_secret

    def test_a_firm_with_nobody_gets_it_at_its_own_address(self):
        enquiry(at=now())

        run_due(now() + timedelta(seconds=5))

        assert Message.objects.get(kind="connections.enquiry_new").to == EMAIL

    def test_nobody_is_written_to_behind_invented_firms(self):
        owner = UserFactory(is_demo=True)
        for one in (firm(owner=owner), firm(name="Sol Jaya")):
            enquiry(one, at=now())
        Business.objects.update(is_demo=True)

        run_due(now() + timedelta(seconds=5))

        assert not Message.objects.exists()
        assert Notice.objects.get().person == owner


def test_sending_costs_the_same_to_one_and_to_five(django_assert_max_num_queries):
    counts = []
    for number in (1, 5):
        firms = [firm(name=f"Sol {number} {n}") for n in range(number)]
        asker = member()
        with django_assert_max_num_queries(45) as queries:
            sent(*firms, asker=asker, text=f"{TEXT} {'x' * number}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_word_of_a_challenge_counts_once():
    word = challenge.checked(challenge.new(AT), "0", at=AT).word
    for address in ("a@x.example", "b@x.example"):
        sent(asker=visitor(email=address), challenge=Solved(word, is_solved=True))

    assert sorted(Letter.objects.values_list("challenge", flat=True)) == ["", word]


def test_a_member_of_the_verified_firm_is_a_member_who_may_answer_for_it():
    person = UserFactory()
    one = firm(name="Diperiksa")
    Membership.objects.create(business=one, person=person, role="viewer", since=AT)
    verified(one, at=now())
    assert level_of(person.pk, localdate()) == "member"
    assert level_of(None, localdate()) == "visitor"
