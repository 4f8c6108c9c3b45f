"""A batch is entered, shared out, changed and handed out; what does not add up is refused."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ifn.audit.models import Entry
from ifn.collaboration.actions import batching, receiving
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.models import (
    Allocation,
    AllocationLine,
    BatchSize,
    BatchTally,
    Feedback,
    ProductionBatch,
    Receipt,
    Reorder,
)
from ifn.collaboration.sharing import Rule
from ifn.connections.actions.enquiries import OwnFirm
from ifn.directory.handing import Handed, private_files
from tests.factories.collaboration_releases import (
    MADE,
    S39,
    S40,
    S41,
    allocated,
    batch,
    firm,
    partner,
    project,
    recipients,
    signed,
)
from tests.factories.directory import AT, ON
from tests.factories.enquiries import member
from tests.factories.programmes import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def counts(of):
    return {
        one.size: (one.made, one.allocated, one.handed)
        for one in BatchSize.objects.filter(batch=of)
    }


def lines(one):
    return {line.size.size: line.quantity for line in one.lines.select_related("size")}


class TestMaking:
    def test_a_form_sent_twice_enters_one_batch(self):
        of, key = project(), uuid4()

        first, second = batch(of, key=key), batch(of, key=key)

        assert first == second
        assert counts(first) == {size: (made, 0, 0) for size, made in MADE.items()}

    def test_without_a_pair_there_is_no_batch(self):
        with pytest.raises(batching.NothingMade):
            batch(sizes={S40: 0})

    def test_a_maker_takes_part_in_the_same_project(self):
        of = project()
        elsewhere, invited = partner(project()), partner(of, state="invited")

        for wrong in (elsewhere, invited):
            with pytest.raises(batching.ForeignPartner):
                batch(of, made_by=wrong)

    def test_nothing_is_made_in_a_project_that_was_stopped(self):
        with pytest.raises(batching.ProjectOver):
            batch(project(state="stopped", reason="x"))

    def test_what_was_made_is_corrected_but_not_below_what_is_promised(self):
        made, _rows = allocated(2)

        batching.correct_made(made, {S39: 12, S40: 20, S41: 10}, version=1, actor=None, at=AT)
        with pytest.raises(batching.PromisedAlready):
            batching.correct_made(made, {S39: 9, S40: 20, S41: 10}, version=2, actor=None, at=AT)
        with pytest.raises(batching.ChangedMeanwhile):
            batching.correct_made(made, MADE, version=1, actor=None, at=AT)
        with pytest.raises(batching.NothingMade):
            batching.correct_made(made, {}, version=2, actor=None, at=AT)

        assert counts(made)[S39] == (12, 10, 0)


class TestSharingOut:
    def test_the_same_for_each_adds_up(self):
        made, rows = allocated(3)

        assert [sum(lines(one).values()) for one in rows] == [14, 13, 13]
        assert counts(made) == {size: (number, number, 0) for size, number in MADE.items()}
        assert made.state == ProductionBatch.State.HANDING

    def test_what_is_in_hand_stays_and_the_rest_is_shared_out_anew(self):
        made, rows = allocated(2)
        signed(rows[0])
        [third] = recipients(made, 1)

        given = batching.share_out(made, Rule.EQUAL, asked={}, actor=None, at=AT)

        assert given == 2
        assert [sum(lines(one).values()) for one in (*rows, third)] == [20, 10, 10]

    def test_by_what_was_asked_for_and_what_was_asked_is_kept(self):
        made = batch(sizes={S40: 30})
        one, other = recipients(made, 2)

        batching.share_out(made, Rule.ASKED, asked={one.pk: 10, other.pk: 50}, actor=None, at=AT)

        assert [lines(each) for each in (one, other)] == [{S40: 5}, {S40: 25}]
        one.refresh_from_db()
        assert (one.asked, one.basis["asked"], one.basis["all"]) == (10, 10, 60)

    def test_a_capacity_that_is_not_shown_counts_as_the_smallest(self):
        made = batch(sizes={S40: 40})
        firms = [
            firm("Besar", monthly_capacity=300, capacity_visibility="public"),
            firm("Kecil", monthly_capacity=100, capacity_visibility="members"),
            firm("Rahasia", monthly_capacity=9000, capacity_visibility="nobody"),
        ]
        batching.add_recipients(made, firms, actor=None, at=AT)

        batching.share_out(made, Rule.CAPACITY, asked={}, actor=None, at=AT)

        rows = Allocation.objects.filter(batch=made).order_by("pk")
        assert [lines(one)[S40] for one in rows] == [24, 8, 8]
        assert [one.basis["guessed"] for one in rows] == [False, False, True]
        assert "9000" not in str([one.basis for one in rows])

    def test_by_hand_no_more_than_there_is_and_nothing_is_lost(self):
        made = batch()
        one, other = recipients(made, 2)
        batching.allocate(one, {S39: 8, S40: 1}, reason="Pesanan", actor=None, at=AT)

        with pytest.raises(batching.MoreThanThere) as refused:
            batching.allocate(other, {S39: 3}, actor=None, at=AT)
        with pytest.raises(batching.MoreThanThere):
            batching.allocate(other, {Decimal("45.0"): 1}, actor=None, at=AT)

        assert (refused.value.size, refused.value.free) == (S39, 2)
        assert (lines(one), lines(other)) == ({S39: 8, S40: 1}, {})

    def test_a_change_by_hand_frees_what_was_promised_before(self):
        made, [one, _other] = allocated(2)

        batching.allocate(one, {S41: 5}, actor=officer(), at=AT)

        assert counts(made) == {S39: (10, 5, 0), S40: (20, 10, 0), S41: (10, 10, 0)}
        assert Entry.objects.filter(event="collaboration.allocation.changed").count() == 1

    def test_a_recipient_is_on_the_list_once_and_as_who_it_became(self):
        made, kept, gone = batch(), firm("Tetap"), firm("Lama")
        gone.merged_into, gone.status = kept, "merged"
        gone.save(update_fields=["merged_into", "status"])

        batching.add_recipients(made, [kept, gone, kept], actor=None, at=AT)
        again = batching.add_recipients(made, [gone], actor=None, at=AT)

        assert again == 0
        assert [one.business for one in Allocation.objects.filter(batch=made)] == [kept]

    def test_off_the_list_frees_what_was_promised_and_not_what_is_in_hand(self):
        made, [one, other] = allocated(2)
        signed(other)

        batching.remove_recipient(one, actor=None, at=AT)
        with pytest.raises(batching.Signed):
            batching.remove_recipient(other, actor=None, at=AT)
        with pytest.raises(batching.Signed):
            batching.allocate(other, {S39: 1}, actor=None, at=AT)

        assert counts(made)[S40] == (20, 10, 10)

    def test_a_closed_batch_frees_what_nobody_took_and_promises_nothing(self):
        made, [one, _other] = allocated(2)
        signed(one)

        batching.close_batch(made, actor=None, at=AT)

        assert counts(made)[S40] == (20, 10, 10)
        with pytest.raises(batching.BatchClosed):
            batching.share_out(made, Rule.EQUAL, asked={}, actor=None, at=AT)
        with pytest.raises(batching.BatchClosed):
            batching.add_recipients(made, [firm("Lain")], actor=None, at=AT)

    def test_the_database_itself_refuses_what_does_not_add_up(self):
        made, [one, _other] = allocated(2)
        size = made.sizes.get(size=S39)

        for wrong in (
            lambda: AllocationLine.objects.filter(allocation=one).update(quantity=99),
            lambda: AllocationLine.objects.filter(allocation=one).update(handed=99),
            lambda: BatchSize.objects.filter(pk=size.pk).update(made=1),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                wrong()


class TestReceipts:
    def test_signed_once_however_often(self):
        made, [one, _other] = allocated(2)

        first = receiving.sign(one, Handover("Bu Ratna", ON), actor=None, at=AT)
        second = receiving.sign(one, Handover("Orang lain", ON), actor=None, at=AT)

        assert (first[1], second[1]) == (True, False)
        assert second[0].name == "Bu Ratna"
        assert counts(made) == {S39: (10, 10, 5), S40: (20, 20, 10), S41: (10, 10, 5)}

    def test_a_part_is_signed_for_and_the_rest_given_free(self):
        made, [one, _other] = allocated(2)

        receipt, _is_new = receiving.sign(
            one, Handover("Bu Ratna", ON, sizes={S39: 5, S40: 4}), actor=None, at=AT
        )
        freed = receiving.free_rest(one, actor=officer(), at=AT)

        assert (receipt.pairs, freed) == (9, 11)
        assert counts(made) == {S39: (10, 10, 5), S40: (20, 14, 4), S41: (10, 5, 0)}
        assert receiving.free_rest(one, actor=officer(), at=AT) == 0

    def test_more_than_was_promised_is_not_signed_for(self):
        made, [one, _other] = allocated(2)

        for sizes in ({S39: 6}, {Decimal("45.0"): 1}):
            with pytest.raises(receiving.MoreThanPromised):
                receiving.sign(one, Handover("x", ON, sizes=sizes), actor=None, at=AT)
        with pytest.raises(receiving.NothingPromised):
            receiving.sign(one, Handover("x", ON, sizes={S39: 0}), actor=None, at=AT)

        assert not Receipt.objects.exists()
        assert counts(made)[S39] == (10, 10, 0)

    def test_where_nothing_is_promised_nothing_is_signed(self):
        [one] = recipients(batch(), 1)

        with pytest.raises(receiving.NothingPromised):
            signed(one)

    def test_the_sheet_of_a_second_receipt_is_not_kept(self):
        _made, [one, _other] = allocated(2)
        sheet = Handed(b"%PDF-1.4 x", "pdf", "daftar.pdf")

        first, _new = receiving.sign(
            one, Handover("Bu Ratna", ON, "paper"), file=sheet, actor=officer(), at=AT
        )
        receiving.sign(one, Handover("x", ON, "paper"), file=sheet, actor=officer(), at=AT)

        assert private_files().exists(first.file)
        assert Receipt.objects.get().file == first.file


class TestAfterwards:
    def test_the_last_word_of_feedback_counts(self):
        _made, [one, _other] = allocated(2)
        receipt = signed(one)

        for rating in (2, 5):
            receiving.give_feedback(receipt, rating=rating, words="Enak", actor=None, at=AT)

        assert [(each.rating, each.words) for each in Feedback.objects.all()] == [(5, "Enak")]

    def test_more_is_ordered_by_an_enquiry_to_who_made_it(self):
        of = project()
        maker = firm("Sol Maju")
        _made, [one, _other] = allocated(2, of=of, made_by=partner(of, business=maker))

        made = receiving.reorder(
            one, "Kami mau 200 lagi.", quantity=None, unit=None, asker=member(), at=AT
        )

        assert made.business == maker
        assert BatchTally.objects.get().reorders == 1
        assert Reorder.objects.get().allocation == one

    def test_the_maker_does_not_order_from_itself(self):
        of, asker = project(), member()
        maker = firm("Sol Maju", asker.person)
        _made, [one, _other] = allocated(2, of=of, made_by=partner(of, business=maker))

        with pytest.raises(OwnFirm):
            receiving.reorder(one, "Lagi", quantity=None, unit=None, asker=asker, at=AT)
        assert not Reorder.objects.exists()

    def test_without_a_maker_in_the_directory_nobody_is_asked(self):
        _made, [one, _other] = allocated(2)

        with pytest.raises(receiving.NoMaker):
            receiving.reorder(one, "Lagi", quantity=None, unit=None, asker=member(), at=AT)


def test_the_counts_of_a_batch_are_what_a_count_from_scratch_gives():
    made, [one, other] = allocated(2, made_by=None)
    signed(one)
    receiving.sign(other, Handover("x", ON, sizes={S40: 3}), actor=None, at=AT)
    batching.correct_made(made, {**MADE, S39: 15}, version=1, actor=None, at=AT)

    found = BatchTally.objects.values_list("made", "handed", "receipts", "reorders").get()
    assert found == (45, 23, 2, 0)

    Receipt.objects.filter(allocation=other).delete()
    assert BatchTally.objects.get().receipts == 1


def test_days_and_codes_are_those_that_were_given():
    made = batch(made_on=date(2026, 1, 2))

    assert (made.made_on, len(made.code)) == (date(2026, 1, 2), 6)
