import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.connections import actions, stillopen
from ifn.connections.models import Match, Opportunity
from ifn.directory import actions as directory
from ifn.directory.models import Membership
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, photo
from tests.factories.opportunities import begun, opened, owned, posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LIST = "/peluang"


@pytest.fixture
def soon():
    """What a test posts today, so that it is open while the test runs."""
    return {"at": now(), "today": localdate(), "deadline": localdate() + timedelta(days=45)}


def text(response):
    html = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_list_shows_what_is_open_and_its_filters(client, soon):
    opened(**soon)

    page = client.get(LIST)

    assert page.status_code == HTTPStatus.OK
    assert "<!doctype html>" in page.content.decode()
    assert "Cari maklon sneakers kulit" in text(page)
    assert "25 kodi (500 pasang)" in text(page)
    assert 'name="arah" value="permintaan"' in page.content.decode()


def test_a_part_of_the_list_is_no_whole_page(client, soon):
    opened(**soon)

    part = client.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in part.content.decode()
    assert "Cari maklon" in text(part)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("arah=permintaan", True),
        ("arah=penawaran", False),
        ("jenis=capacity-req", True),
        ("produk=sneaker", True),
        ("produk=sandal", False),
        ("provinsi=35", True),
        ("provinsi=32", False),
        ("tenggat=30-hari", True),
        ("tenggat=90-hari", False),
        ("tenggat=tanpa", False),
        ("q=maklon+kulit", True),
        ("q=leather+sneakers", True),
        ("q=kelom+geulis", False),
    ],
)
def test_the_address_is_the_filter(client, soon, query, is_found):
    opened(**soon)

    page = client.get(f"{LIST}?{query}")

    assert ("<h3>" in page.content.decode()) == is_found


def test_unknown_filters_are_named_and_left_out(client, soon):
    opened(**soon)

    page = client.get(f"{LIST}?produk=pesawat&hal=nol&urut=acak")

    assert "pesawat" in text(page)
    assert "Cari maklon" in text(page)


def test_nothing_found_says_what_to_take_off(client, soon):
    opened(**soon)

    page = client.get(f"{LIST}?produk=sneaker&provinsi=32")

    assert 'href="?produk=sneaker"' in page.content.decode()


def test_a_page_too_far_is_not_found_and_leads_back(client, soon):
    opened(**soon)

    assert client.get(f"{LIST}?hal=7").status_code == HTTPStatus.NOT_FOUND


def test_a_number_typed_as_words_leads_to_it(client, soon):
    one = opened(**soon)

    answer = client.get(LIST, {"q": one.public_number.lower()})

    assert answer["Location"] == one.get_absolute_url()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(client, soon, count, django_assert_max_num_queries):
    for _one in range(count):
        opened(**soon)
    client.get(LIST)

    with django_assert_max_num_queries(9) as captured:
        client.get(LIST)

    assert len(captured) == len(QUERIES.setdefault("list", captured.captured_queries))


QUERIES: dict[str, list[object]] = {}


def test_what_was_left_open_too_long_is_gone_on_the_day_itself(client, soon):
    one = opened(**soon)
    Opportunity.objects.filter(pk=one.pk).update(expires_on=localdate() - timedelta(days=1))
    actions.reindex(0)

    assert "Cari maklon" not in text(client.get(LIST))


def test_the_page_says_everything_and_leads_to_the_business(client, soon):
    business, owner = owned()
    one = opened(business, owner, price_from=85000, currency="IDR", price_unit="PASANG", **soon)
    actions.attach(one, photo(), name="contoh.jpg", actor=owner, at=AT)

    page = client.get(one.get_absolute_url())

    assert page.status_code == HTTPStatus.OK
    said = text(page)
    assert "25 kodi (500 pasang)" in said
    assert "Rp85.000 per pasang" in said
    assert business.name in said
    html = page.content.decode()
    assert '"@type": "Demand"' in html
    assert one.attachments.get().file in html


def test_it_is_complete_in_english(client, soon):
    one = opened(**soon)

    page = client.get(f"/en{one.get_absolute_url()}")

    assert "Leather sneakers: manufacturer wanted" in text(page)
    assert "25 kodi (500 pairs)" in text(page)


def test_a_spoken_number_leads_to_the_plain_one(client, soon):
    one = opened(**soon)

    answer = client.get(f"/peluang/{one.public_number}")

    assert answer["Location"] == one.get_absolute_url()
    assert client.get("/peluang/ABCDE").status_code == HTTPStatus.NOT_FOUND


def test_without_a_name_nothing_of_the_business_stands_anywhere(client, soon):
    business, owner = owned(name="Rahasia Kaki Mas")
    one = opened(business, owner, visibility="unnamed", **soon)

    for page in (client.get(LIST), client.get(one.get_absolute_url())):
        html = page.content.decode()
        assert "Rahasia" not in html
        assert business.number not in html


def test_what_is_for_members_is_for_members(client, soon):
    one = opened(visibility="members", **soon)

    assert "Cari maklon" not in text(client.get(LIST))
    assert client.get(one.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    client.force_login(UserFactory())
    assert "Cari maklon" in text(client.get(LIST))
    assert client.get(one.get_absolute_url()).status_code == HTTPStatus.OK


def test_what_is_for_those_who_fit_is_for_them(client, soon):
    one = opened(visibility="matched", **soon)
    fitting, maker = owned(name="Jahit Rapi")
    client.force_login(maker)
    assert client.get(one.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND

    Match.objects.create(
        opportunity=one, business=fitting, score=70, position=0, reasons=[], made_at=AT
    )

    assert client.get(one.get_absolute_url()).status_code == HTTPStatus.OK
    assert "Cari maklon" not in text(client.get(LIST))


def test_a_price_for_later_is_not_shown(client, soon):
    facts = {"price_from": 85000, "currency": "IDR", "price_unit": "PASANG"}
    one = opened(price_shown="accepted", **facts, **soon)

    page = client.get(one.get_absolute_url())

    assert "85.000" not in page.content.decode()
    assert "85000" not in page.content.decode()


def test_a_hidden_business_takes_its_opportunities_off(client, soon):
    business, owner = owned()
    one = opened(business, owner, **soon)
    directory.hide(business, reason="x", actor=OfficerFactory(), at=AT)

    assert client.get(one.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_three_steps_lead_from_nothing_to_an_open_opportunity(client):
    business, owner = owned()
    directory_verified(business)
    client.force_login(owner)

    begin = client.post(
        "/saya/peluang/baru",
        {"business": business.number, "direction": "request", "kind": "CAPACITY_REQ"},
    )
    one = Opportunity.objects.get()
    assert begin["Location"] == reverse("connections:step", args=[one.number, "apa"])
    answer = client.post(
        begin["Location"], {"has_product": ["SNEAKER"], "has_role": ["PR_MAKLON"], "next": "1"}
    )
    answer = client.post(answer["Location"], {"amount": "25 kodi", "region": "35.16", "next": "1"})
    answer = client.post(answer["Location"], {"title_id": "Cari maklon", "close": "1"})
    answer = client.post(reverse("connections:post", args=[one.number]), {"version": "1"})

    one.refresh_from_db()
    assert (one.state, one.amount, one.title_id) == ("open", 25, "Cari maklon")
    assert client.get(answer["Location"]).status_code == HTTPStatus.OK


def directory_verified(business):
    from tests.factories.directory import verified  # noqa: PLC0415  # only here

    verified(business)


@pytest.mark.parametrize(
    ("key", "sent", "said"),
    [
        ("berapa", {"amount": "0", "unit": "PASANG"}, "paling sedikit 1"),
        ("berapa", {"amount": "1000000000", "unit": "PASANG"}, "1000000000"),
        ("berapa", {"amount": "banyak", "unit": "PASANG"}, "banyak"),
        ("berapa", {"amount": "50", "unit": "karung"}, "karung"),
        ("berapa", {"amount": "50"}, "dihitung"),
        ("berapa", {"deadline": "2020-01-01"}, "sudah lewat"),
        ("berapa", {"price_from": "9", "price_to": "5", "unit": "PASANG"}, "lebih rendah"),
        ("berapa", {"reach": "km", "region": "35.16"}, "kilometer"),
        ("kata", {"title_id": "", "title_en": ""}, "judul"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(client, key, sent, said):
    business, owner = owned()
    one = begun(business, owner)
    client.force_login(owner)
    address = reverse("connections:step", args=[one.number, key])

    page = client.post(address, {**sent, "next": "1"})

    assert page.status_code == HTTPStatus.OK
    assert said in text(page)
    for name, value in sent.items():
        if value and name not in {"unit", "reach", "region"}:
            assert f'value="{value}"' in page.content.decode()


def test_answers_are_saved_while_somebody_types(client):
    business, owner = owned()
    one = begun(business, owner)
    client.force_login(owner)
    address = reverse("connections:step", args=[one.number, "kata"])

    answer = client.post(address, {"title_id": "Setengah jad", "autosave": "1"})

    assert answer["Content-Type"].startswith("text/plain")
    assert "Setengah jad" in client.get(address).content.decode()


def test_whoever_lost_the_business_gets_their_words_back(client):
    business, owner = owned()
    one = begun(business, owner)
    Membership.objects.filter(person=owner).delete()
    client.force_login(owner)
    address = reverse("connections:step", args=[one.number, "kata"])

    page = client.post(address, {"title_id": "Sol karet", "next": "1"})

    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "Sol karet" in text(page)


def test_posting_with_faults_leads_back_to_the_steps(client):
    business, owner = owned()
    one = begun(business, owner)
    client.force_login(owner)
    actions.save_answers(one, {"amount": ["x"]}, fields=["amount"], person=owner, at=AT)

    client.post(reverse("connections:post", args=[one.number]))

    one.refresh_from_db()
    assert one.state == "draft"
    page = client.get(reverse("connections:own", args=[one.number]))
    assert 'data-state="fault"' in page.content.decode()


def test_a_persons_own_are_listed_with_what_comes_next(client):
    business, owner = owned()
    posted(business, owner)
    client.force_login(owner)

    page = client.get("/saya/peluang")

    assert "Kantor" in text(page)
    assert "Cari maklon sneakers kulit" in text(page)


@pytest.mark.parametrize(
    ("deed", "state"), [("renew", "open"), ("fill", "filled"), ("withdraw", "withdrawn")]
)
def test_one_tap_changes_the_state_and_a_second_does_no_harm(client, soon, deed, state):
    business, owner = owned()
    one = opened(business, owner, **soon)
    client.force_login(owner)
    address = reverse("connections:change", args=[one.number])

    client.post(address, {deed: "1"})
    client.post(address, {deed: "1"})

    one.refresh_from_db()
    assert one.state == state


def test_a_link_asks_first_and_renews_on_the_tap(client):
    business, owner = owned()
    early = now() - timedelta(days=55)
    one = opened(business, owner, at=early, today=localdate(early), deadline=None)
    address = reverse("connections:still-open", args=[stillopen.token_for(one, localdate())])

    asked = client.get(address)
    one.refresh_from_db()
    assert one.expires_on == localdate(early) + timedelta(days=60)
    assert "Cari maklon" in text(asked)
    answer = client.post(address, {"renew": "1"}, follow=True)

    one.refresh_from_db()
    assert one.expires_on == localdate() + timedelta(days=60)
    assert answer.status_code == HTTPStatus.OK
    assert client.post(address, {"fill": "1"}).status_code == HTTPStatus.OK
    one.refresh_from_db()
    assert one.state == "open"


def test_a_link_says_that_somebody_was_found(client, soon):
    one = opened(**soon)
    address = reverse("connections:still-open", args=[stillopen.token_for(one, localdate())])

    client.post(address, {"fill": "1"})

    one.refresh_from_db()
    assert one.state == "filled"


@pytest.mark.parametrize(
    ("days", "damage", "status"), [(40, 0, HTTPStatus.GONE), (0, 3, HTTPStatus.NOT_FOUND)]
)
def test_links_that_are_old_or_damaged_say_so(client, soon, days, damage, status):
    one = opened(**soon)
    token = stillopen.token_for(one, localdate() - timedelta(days=days))

    page = client.get(reverse("connections:still-open", args=[token[: len(token) - damage]]))

    assert page.status_code == status


def test_files_are_added_shown_and_taken_away(client, soon):
    business, owner = owned()
    one = opened(business, owner, **soon)
    client.force_login(owner)
    address = reverse("connections:attachments", args=[one.number])
    paper = SimpleUploadedFile("spec.pdf", b"%PDF-1.7 spec %%EOF")
    wrong = SimpleUploadedFile("harga.exe", b"MZ\x00\x00")

    answer = client.post(address, {"files": [paper, wrong]}, follow=True)

    assert "harga.exe" in text(answer)
    kept = one.attachments.get()
    client.logout()
    handed = client.get(reverse("connections:attachment", args=[one.number, kept.pk]))
    assert handed["Content-Disposition"].startswith("attachment")
    assert b"".join(handed.streaming_content).startswith(b"%PDF")
    client.force_login(owner)
    client.post(reverse("connections:detach", args=[one.number, kept.pk]))
    assert not one.attachments.exists()


LETTER = """Dear Sir, please quote:
1. Men's leather sneakers, size 39-44, 1,200 pairs
2. Women sandals EVA sole 40 dozen
- Work boots steel toe - 500 prs, delivery 60 days
Thank you
"""


def test_a_buyers_list_becomes_the_beginning_of_a_request(client):
    business, owner = owned()
    client.force_login(owner)

    shown = client.post("/saya/peluang/dari-daftar", {"text": LETTER, "read": "1"})
    assert "1.200 pasang" in text(shown)
    assert "2.180 pasang" in text(shown)
    client.post(
        "/saya/peluang/dari-daftar",
        {
            "text": LETTER,
            "begin": "1",
            "business": business.number,
            "direction": "request",
            "kind": "CAPACITY_REQ",
        },
    )

    one = Opportunity.objects.get()
    page = client.get(reverse("connections:step", args=[one.number, "berapa"]))
    assert 'value="2180"' in page.content.decode()
    page = client.get(reverse("connections:step", args=[one.number, "apa"]))
    assert re.search(r'value="SNEAKER"[^>]*checked', page.content.decode())


def test_an_empty_list_is_told(client):
    _business, owner = owned()
    client.force_login(owner)

    page = client.post("/saya/peluang/dari-daftar", {"text": " "})

    assert page.status_code == HTTPStatus.OK
    assert "Tempel" in text(page)
