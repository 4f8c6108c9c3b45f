"""The regions' page: who needs what where, who was served, what is planned."""

import csv
import io
from http import HTTPStatus

import pytest
from django.urls import reverse

from ifn.directory.models import Business
from ifn.programmes.models import Batch
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import approved, in_use, started
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered
from tests.factories.programmes import completed, firm, opened, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LOMBOK = "52.03"
PAGE = "/kerja/wilayah"


@pytest.fixture
def office(client):
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


def table(client, **asked):
    """Return the file's rows by code: what the page shows, in the same order."""
    answer = client.get(f"{PAGE}.csv", asked)
    assert answer.status_code == HTTPStatus.OK
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text[:40] else ","))
    return {row[0]: row[1:] for row in rows[1:]}


def number(text):
    return float(text.replace(",", "."))


def page(client, **asked):
    answer = client.get(PAGE, asked)
    assert answer.status_code == HTTPStatus.OK
    return answer


def assessed(version, number, region, answers):
    for one in range(number):
        approved(started(firm(f"Usaha {region} {one}", region=region), version), answers=answers)


def test_every_province_has_a_row_also_where_nothing_happened(office):
    firm("Belum Pernah", region=LOMBOK)

    found = table(office)

    assert len(found) == 38
    assert found["52"][1:3] == ["1", "0"]
    assert found["52"][8] == "1"
    assert found["11"][1:] == ["0", "0", "", "", ""] + ["0"] * 10


def test_need_topic_served_and_batches_of_a_regency(office):
    version = in_use()
    assessed(version, 2, MOJOKERTO, {"CUT_1": 4, "MARKET_1": "none"})
    completed(2)
    planned(quota=12)

    row = table(office, provinsi="35")[MOJOKERTO]

    name, firms, measured, need, _topic, why, served, recently, never, *batches = row
    assert (name, firms, measured, number(need)) == ("Kab. Mojokerto", "4", "2", 25)
    assert "2 usaha" in why
    assert (served, recently, never) == ("2", "2", "2")
    assert batches == ["1", "0", "0", "0", "1", "14", "2"]


def test_the_row_of_a_province_is_the_sum_of_its_places(office):
    version = in_use()
    assessed(version, 1, MOJOKERTO, {"CUT_1": 0, "MARKET_1": "none"})
    assessed(version, 1, SIDOARJO, {"CUT_1": 4, "MARKET_1": "export"})

    row = table(office)["35"]

    assert (row[1], row[2], number(row[3])) == ("2", "2", 50)


def test_all_regencies_come_in_pages_and_in_the_order_asked_for(office):
    firm("Satu", region=LOMBOK)
    for one in range(2):
        firm(f"Dua {one}", region=SIDOARJO)

    first = page(office, tingkat="kabupaten")
    again = page(office, tingkat="kabupaten", hal="2")

    assert first.context["page"].paginator.num_pages > 5
    assert [one.code for one in first.context["page"]][:2] == [SIDOARJO, LOMBOK]
    assert again.context["page"].number == 2
    by_name = list(table(office, tingkat="kabupaten", urut="nama"))
    assert list(table(office, tingkat="kabupaten", urut="-nama")) == by_name[::-1]
    assert list(table(office, tingkat="kabupaten", urut="-belum"))[-1] == SIDOARJO
    assert 'aria-sort="descending"' in first.content.decode()


def test_where_nothing_is_planned_a_batch_can_be_begun_about_the_first_topic(office):
    version = in_use()
    assessed(version, 1, LOMBOK, {"CUT_1": 4, "MARKET_1": "none"})
    assessed(version, 1, MOJOKERTO, {"CUT_1": 4, "MARKET_1": "none"})
    planned()

    shown = page(office, tingkat="kabupaten").content.decode()
    link = f"/kerja/angkatan/baru?daerah={LOMBOK}&amp;topik=Pemasaran&amp;kebutuhan="
    assert link in shown
    assert f"daerah={MOJOKERTO}" in shown
    assert "Rencanakan angkatan lain di sini" in shown

    begun = office.get(
        reverse("programmes:begin"),
        {"daerah": LOMBOK, "topik": "Pasar", "kebutuhan": f"{version.instrument_id}:MARKET"},
    )
    form = begun.context["form"]
    assert (form["region_id"].value(), form["topic"].value()) == (LOMBOK, "Pasar")
    office.post(
        reverse("programmes:begin"),
        {
            "title_id": "Jualan di pasar",
            "region_id": form["region_id"].value(),
            "mode": "on_site",
            "starts_on": "2027-02-01",
            "ends_on": "2027-02-03",
            "quota": "10",
            "topic": form["topic"].value(),
            "need": form["need"].value(),
        },
    )

    made = Batch.objects.get(title_id="Jualan di pasar")
    assert (made.region_id, made.topic) == (LOMBOK, "Pasar")
    assert (made.instrument_id, made.dimensions) == (version.instrument_id, ["MARKET"])
    again = page(office, tingkat="kabupaten").content.decode()
    assert "Rencanakan angkatan di sini" not in again
    assert f"daerah={LOMBOK}" in again


def test_every_column_counts_the_same_firms(office):
    version = in_use()
    completed(2)
    assessed(version, 1, MOJOKERTO, {"CUT_1": 4, "MARKET_1": "none"})
    draft = registered(profile(name="Rancangan"), status="draft")
    approved(started(draft, version), answers={"CUT_1": 4, "MARKET_1": "none"})
    hidden = firm("Tersembunyi")
    approved(started(hidden, version), answers={"CUT_1": 0, "MARKET_1": "none"})
    Business.objects.filter(pk=hidden.pk).update(status="hidden")

    for row in (table(office)["35"], table(office, provinsi="35")[MOJOKERTO]):
        _name, firms, measured, need, _topic, _why, served, _recently, never, *_batches = row
        assert (firms, measured, served, never) == ("4", "2", "2", "2")
        assert number(need) == 25
    shown = page(office, provinsi="35").content.decode()
    assert "2 dari 4 usaha belum pernah ikut angkatan." in shown


def test_a_batch_that_is_open_is_not_said_to_go_on(office):
    opened(region_id=LOMBOK)

    shown = page(office).content.decode()

    assert "1 dibuka" in shown
    assert "1 berjalan" not in shown


def test_a_batch_begun_from_a_province_has_the_province(office):
    firm("Lombok", region=LOMBOK)
    link = f"{reverse('programmes:begin')}?daerah=52"
    assert link in page(office).content.decode()

    form = office.get(link).context["form"]
    office.post(
        reverse("programmes:begin"),
        {
            "title_id": "Se-NTB",
            "region_id": form["region_id"].value(),
            "mode": "on_site",
            "starts_on": "2027-02-01",
            "ends_on": "2027-02-03",
            "quota": "10",
        },
    )

    assert Batch.objects.get(title_id="Se-NTB").region_id == "52"
    assert 'value="52" selected' in office.get(link).content.decode()


class TestADinas:
    def test_it_sees_its_own_regions_and_nothing_of_others(self, client):
        version = in_use()
        assessed(version, 1, MOJOKERTO, {"CUT_1": 0})
        assessed(version, 2, SIDOARJO, {"CUT_1": 4})
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        found = table(client)

        assert list(found) == [MOJOKERTO]
        assert found[MOJOKERTO][1:3] == ["1", "1"]
        for asked in ({"provinsi": "52"}, {"provinsi": "35"}, {"tingkat": "kabupaten"}):
            assert SIDOARJO not in table(client, **asked)
            assert LOMBOK not in table(client, **asked)
        shown = page(client).content.decode()
        assert "daerah=" not in shown
        assert "Kab. Mojokerto, Jawa Timur" in shown

    def test_one_of_several_provinces_sees_them_as_rows(self, client):
        firm("Lombok", region=LOMBOK)
        firm("Sidoarjo", region=SIDOARJO)
        firm("Mojokerto", region=MOJOKERTO)
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO, "52"]))

        found = table(client)

        assert set(found) == {"35", "52"}
        assert (found["35"][1], found["52"][1]) == ("1", "1")

    def test_one_without_a_region_has_no_page(self, client):
        client.force_login(RegionalOfficerFactory(territory=[]))

        assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN


def test_others_do_not_come_in(client):
    assert client.get(PAGE).status_code == HTTPStatus.FOUND
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert client.get(f"{PAGE}.csv").status_code == HTTPStatus.FORBIDDEN


def test_what_cannot_be_used_of_an_address_counts_as_not_said(office):
    strange = {"provinsi": "99", "urut": "--belum", "tahun": "x", "kuesioner": "?", "hal": "x"}

    assert len(page(office, **strange).context["page"].paginator.object_list) == 38
    assert office.get(f"{PAGE}.pdf").status_code == HTTPStatus.NOT_FOUND
    assert office.post(PAGE).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_spreadsheet_comes_as_one(office):
    answer = office.get(f"{PAGE}.xlsx")

    assert answer.content[:2] == b"PK"
    assert "wilayah.xlsx" in answer["Content-Disposition"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_however_much_there_is(office, number, django_assert_max_num_queries):
    version = in_use()
    assessed(version, number, MOJOKERTO, {"CUT_1": 0})
    assessed(version, number, LOMBOK, {"CUT_1": 0})
    page(office)

    with django_assert_max_num_queries(13):
        page(office, tingkat="kabupaten")


def test_the_page_is_in_both_languages(office, language):
    firm("Satu", region=LOMBOK)
    prefix = "" if language == "id" else "/en"

    shown = office.get(f"{prefix}{PAGE}").content.decode()

    assert ("Belum pernah dilayani" if language == "id" else "Never served") in shown
