"""Who was never served in a region: the list behind the number."""

from http import HTTPStatus

import pytest

from ifn.directory.models import Business
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered
from tests.factories.programmes import completed, firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def office(client):
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


def address(code, file=""):
    return f"/kerja/wilayah/{code}/belum{file}"


def names(answer):
    assert answer.status_code == HTTPStatus.OK
    return [row["one"].name for row in answer.context["rows"]]


def test_the_number_leads_to_the_names(office):
    completed(1)
    firm("Belum", region=MOJOKERTO)
    firm("Sidoarjo", region=SIDOARJO)
    registered(profile(name="Arsip", region=MOJOKERTO), status="draft")
    hidden = firm("Tersembunyi", region=MOJOKERTO)
    Business.objects.filter(pk=hidden.pk).update(status="hidden")

    country = office.get("/kerja/wilayah").content.decode()
    province = office.get("/kerja/wilayah?provinsi=35").content.decode()

    assert f'<a href="{address("35")}">3</a>' in country
    assert f'<a href="{address(MOJOKERTO)}">2</a>' in province
    assert names(office.get(address("35"))) == ["Arsip", "Belum", "Sidoarjo"]
    assert names(office.get(address(MOJOKERTO))) == ["Arsip", "Belum"]


def test_a_draft_is_named_without_a_link_to_a_page_nobody_may_open(office):
    listed = firm("Belum", region=MOJOKERTO)
    draft = registered(profile(name="Arsip", region=MOJOKERTO), status="draft")

    shown = office.get(address(MOJOKERTO)).content.decode()

    assert f'href="{listed.get_absolute_url()}"' in shown
    assert draft.get_absolute_url() not in shown
    assert draft.public_number in shown


def test_the_file_has_the_same_firms(office):
    completed(1)
    business = firm("Belum", region=MOJOKERTO)

    answer = office.get(address(MOJOKERTO, ".csv"))

    text = answer.content.decode("utf-8-sig")
    assert business.public_number in text
    assert "Usaha 0" not in text
    assert f"belum-dilayani-{MOJOKERTO}.csv" in answer["Content-Disposition"]
    assert office.get(address(MOJOKERTO, ".xlsx")).content[:2] == b"PK"
    assert office.get(address(MOJOKERTO, ".pdf")).status_code == HTTPStatus.NOT_FOUND


def test_a_dinas_sees_its_own_firms_only(client):
    firm("Mojokerto", region=MOJOKERTO)
    firm("Sidoarjo", region=SIDOARJO)
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

    assert names(client.get(address(MOJOKERTO))) == ["Mojokerto"]
    assert names(client.get(address("35"))) == ["Mojokerto"]
    for file in ("", ".csv"):
        assert client.get(address(SIDOARJO, file)).status_code == HTTPStatus.FORBIDDEN
        assert client.get(address("52", file)).status_code == HTTPStatus.FORBIDDEN
    assert "Sidoarjo" not in client.get(address("35", ".csv")).content.decode()


def test_others_do_not_come_in_and_a_region_that_is_none_is_not_there(client):
    assert client.get(address("35")).status_code == HTTPStatus.FOUND
    client.force_login(UserFactory())
    assert client.get(address("35")).status_code == HTTPStatus.FORBIDDEN
    client.force_login(OfficerFactory(duties=["programme"]))
    assert client.get(address("99")).status_code == HTTPStatus.NOT_FOUND


def test_where_everybody_was_served_it_says_so(office, language):
    prefix = "" if language == "id" else "/en"
    word = (
        "Semua usaha di sini sudah dilayani" if language == "id" else "Every firm here was served"
    )

    assert word in office.get(f"{prefix}{address(SIDOARJO)}").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_has_pages_and_costs_the_same(office, number, django_assert_max_num_queries):
    for one in range(number):
        firm(f"Usaha {one}", region=MOJOKERTO)
    office.get(address("35"))

    with django_assert_max_num_queries(7):
        answer = office.get(address("35"), {"hal": "x"})
    assert answer.context["page"].paginator.count == number
