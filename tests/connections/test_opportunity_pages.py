import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.utils.timezone import localdate, now

from ifn.connections import actions
from ifn.connections.models import Match, Opportunity
from ifn.directory import actions as directory
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, photo
from tests.factories.opportunities import opened, owned

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
