"""Batches and hand-outs as who leads, who receives and who looks on meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ifn.collaboration.models import Allocation, Feedback, ProductionBatch, Receipt, Reorder
from ifn.directory.models import Membership
from ifn.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_releases import (
    allocated,
    batch,
    firm,
    led,
    partner,
    project,
    recipients,
    signed,
)
from tests.factories.directory import AT, MOJOKERTO, photo
from tests.factories.programmes import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def at(name, *args):
    return reverse(f"collaboration:{name}", args=args)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def leader(client):
    """Return a project that whoever is signed in leads."""
    of, owner = led()
    client.force_login(owner)
    return of


class TestLeading:
    def test_a_batch_is_entered_given_recipients_and_shared_out(self, client, leader):
        names = [firm(f"Perajin {place}").pk for place in range(3)]
        given = {"what": "Sol", "sizes": "39 10\n40: 20", "made_on": "2026-05-01"}

        client.post(at("batches", leader.code), given)
        made = ProductionBatch.objects.get()
        client.post(at("recipients", leader.code, made.code), {"usaha": names})
        client.post(
            at("batch", leader.code, made.code), {"rule": "equal", "words": "Sama untuk semua"}
        )

        shown = text(client.get(at("batch", leader.code, made.code)))
        assert "10 dari 30 pasang: sama untuk masing-masing dari 3 penerima." in shown
        assert Allocation.objects.filter(lines__quantity__gt=0).distinct().count() == 3

    def test_what_is_no_list_of_sizes_is_said(self, client, leader):
        given = {"what": "Sol", "made_on": "2026-05-01"}

        for sizes, words in (("banyak", "banyak"), ("99 4", "99 4"), ("39 0", "sedikitnya satu")):
            answer = client.post(at("batches", leader.code), given | {"sizes": sizes})
            assert words in text(answer)
        late = client.post(
            at("batches", leader.code), given | {"sizes": "39 4", "made_on": "2099-01-01"}
        )

        assert "Hari ini belum tiba" in text(late)
        assert not ProductionBatch.objects.exists()

    def test_by_hand_above_the_stock_is_refused_in_words(self, client, leader):
        made, [one, _other] = allocated(2, of=leader)
        size = made.sizes.get(size=39)

        answer = client.post(at("hand-out", leader.code, made.code, one.code), {f"s{size.pk}": "8"})

        assert "Dari ukuran 39 hanya 5 pasang yang bebas." in text(answer)
        assert one.lines.get(size=size).quantity == 5

    def test_what_each_asked_for_is_kept_with_the_rule(self, client, leader):
        made = batch(leader)
        one, other = recipients(made, 2)

        client.post(
            at("batch", leader.code, made.code),
            {"rule": "asked", f"asked_{one.pk}": "4", f"asked_{other.pk}": "banyak"},
        )

        one.refresh_from_db()
        assert (one.asked, sum(line.quantity for line in one.lines.all())) == (4, 4)
        assert not other.lines.exists()

    def test_a_receipt_on_paper_with_its_sheet_and_a_part_of_the_pairs(self, client, leader):
        made, [one, _other] = allocated(2, of=leader)
        lines = {f"s{line.pk}": "1" for line in one.lines.all()}
        sheet = SimpleUploadedFile("lembar.jpg", photo(), "image/jpeg")
        address = at("hand-out", leader.code, made.code, one.code)

        client.post(address, lines | {"name": "Ratna", "on": "2026-06-01", "sheet": sheet})
        more = client.post(
            address, {f"s{one.lines.first().pk}": "9", "name": "x", "on": "2026-06-01"}
        )
        answer = client.get(at("receipt-sheet", leader.code, made.code, one.code))

        receipt = Receipt.objects.get()
        assert (receipt.way, receipt.pairs, receipt.name) == ("paper", 3, "Ratna")
        assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
        assert more.status_code == 302

    def test_the_list_is_printed_and_a_table_with_every_code(self, client, leader):
        made, rows = allocated(2, of=leader)

        printed = client.get(at("hand-out-list", leader.code, made.code, 1))
        table = client.get(at("hand-out-table", leader.code, made.code, "csv")).content.decode()

        assert printed.content[:5] == b"%PDF-"
        assert client.get(at("hand-out-list", leader.code, made.code, 2)).status_code == 404
        for row in rows:
            assert row.code[:4] in table
            assert row.business.name in table

    def test_recipients_are_found_by_name_and_by_region(self, client, leader):
        made = batch(leader)
        firm("Kelom Mojokerto", region=MOJOKERTO)

        found = client.get(at("recipients", leader.code, made.code), {"q": "kelom"})
        region = client.get(at("recipients", leader.code, made.code), {"daerah": MOJOKERTO})

        assert "Kelom Mojokerto" in text(found)
        assert "Kelom Mojokerto" in text(region)

    def test_a_code_leads_to_where_it_is_handed_out(self, client, leader):
        made, [one, _other] = allocated(2, of=leader)
        where = at("find-hand-out", leader.code, made.code)

        found = client.get(where, {"kode": f"tt-{one.code}"})
        nothing = client.get(where, {"kode": "TT-XXXX"}, follow=True)

        assert found["Location"] == at("hand-out", leader.code, made.code, one.code)
        assert "Tidak ada penerima" in text(nothing)

    def test_recipients_with_people_are_told_once_for_each_change(self, client, leader):
        made, [one, _other] = allocated(2, of=leader)
        owner = UserFactory()
        Membership.objects.create(business=one.business, person=owner, role="owner", since=AT)

        for _twice in range(2):
            client.post(at("tell-recipients", leader.code, made.code))

        told = Notice.objects.filter(person=owner, words="collaboration.allocated")
        assert [each.address for each in told] == [f"/terima/{one.code}"]

    @pytest.mark.parametrize("number", [1, 3])
    def test_a_batch_costs_the_same_however_many_recipients(
        self, client, leader, django_assert_max_num_queries, number
    ):
        made, rows = allocated(number, of=leader)
        signed(rows[0])
        client.get(at("batch", leader.code, made.code))

        with django_assert_max_num_queries(14):
            client.get(at("batch", leader.code, made.code))


class TestLookingOn:
    def test_a_partner_sees_the_stock_and_no_code_or_name(self, client):
        owner, of = UserFactory(), project()
        partner(of, business=firm("Mitra", owner))
        made, [one, _other] = allocated(2, of=of)
        signed(one, "Bu Rahasia")
        client.force_login(owner)

        shown = text(client.get(at("batch", of.code, made.code)))

        assert one.business.name in shown
        assert one.code[:4] not in shown
        assert "Bu Rahasia" not in shown
        assert client.get(at("hand-out", of.code, made.code, one.code)).status_code == 404

    def test_a_batch_is_not_found_in_another_project(self, client, leader):
        made = batch()

        assert client.get(at("batch", leader.code, made.code)).status_code == 404


class TestReceiving:
    def test_who_has_the_code_signs_once(self, client):
        _made, [one, _other] = allocated(2)
        address = at("receive", one.code)

        first = client.post(address, {"name": "Bu Ratna"}, follow=True)
        second = client.post(address, {"name": "Orang lain"}, follow=True)

        assert "Bu Ratna menandatangani pada" in text(first)
        assert "Sudah ditandatangani; tidak ada yang diubah." in text(second)
        assert Receipt.objects.get().name == "Bu Ratna"

    def test_without_a_name_or_without_pairs_nobody_signs(self, client):
        _made, [one, _other] = allocated(2)
        [empty] = recipients(batch(), 1)

        client.post(at("receive", one.code), {"name": " "})
        answer = client.post(at("receive", empty.code), {"name": "x"})

        assert "Belum ada jatah" in text(answer)
        assert not Receipt.objects.exists()

    def test_the_code_in_any_writing_and_no_other(self, client):
        _made, [one, _other] = allocated(2)

        assert client.get(f"/terima/tt-{one.code.lower()}").status_code == 200
        assert client.get("/terima/TT-2222-2222-3").status_code == 404

    def test_whoever_tries_codes_is_stopped_and_whoever_has_one_is_not(self, client, monkeypatch):
        monkeypatch.setattr("ifn.collaboration.views.receiving.TRIES", 2)
        _made, [one, _other] = allocated(2)
        right = at("receive", one.code)

        assert [client.get(right).status_code for _again in range(4)] == [200] * 4
        assert [client.get("/terima/TT-2222-2222-3").status_code for _again in range(2)] == [
            404
        ] * 2
        stopped = client.get(right)

        assert stopped.status_code == 429
        assert "Terlalu banyak kode yang salah" in text(stopped)
        assert client.post(at("feedback", one.code), {"rating": "4"}).status_code == 429
        assert client.get(right, REMOTE_ADDR="203.0.113.7").status_code == 200

    def test_feedback_comes_after_the_receipt_and_may_be_changed(self, client):
        _made, [one, _other] = allocated(2)
        given = {"rating": "4", "words": "Enak", "would_order": "yes", "pairs_wanted": "200"}

        client.post(at("feedback", one.code), given)
        signed(one)
        for words in ("Enak", "Enak sekali"):
            client.post(at("feedback", one.code), given | {"words": words})
        client.post(at("feedback", one.code), {"rating": "9"})

        said = Feedback.objects.get()
        assert (said.words, said.rating, said.pairs_wanted) == ("Enak sekali", 4, 200)

    def test_the_people_of_the_firm_order_more_and_nobody_else(self, client):
        of, owner = project(), UserFactory()
        maker = firm("Sol Maju")
        _made, [one, _other] = allocated(2, of=of, made_by=partner(of, business=maker))
        Membership.objects.create(business=one.business, person=owner, role="editor", since=AT)
        signed(one)
        given = {"text": "Kami mau lagi", "quantity": "200"}

        client.force_login(officer())
        refused = client.post(at("reorder", one.code), given)
        client.force_login(owner)
        sent = client.post(at("reorder", one.code), given)

        made = Reorder.objects.get()
        assert refused.status_code == 403
        assert sent["Location"] == reverse("connections:enquiry", args=[made.enquiry.code])
        assert (made.enquiry.business, made.enquiry.letter.quantity) == (maker, 200)
