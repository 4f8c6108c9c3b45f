"""Files to take away: bad rows to be mended, all rows, the template; no cell runs as a formula."""

import io
from http import HTTPStatus

import openpyxl
import pytest
from django.utils import translation

from ifn.intake import templating
from ifn.intake.labels import FIELD_LABELS
from ifn.intake.mapping import Wanted, columns_of
from ifn.intake.models import List, Row
from ifn.intake.reading import sheets_of
from ifn.jobs.running import run_due
from tests.factories import lists
from tests.factories.accounts import OfficerFactory
from tests.intake.test_list_pages import UPLOAD, typed

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def officer(reference, client):
    person = OfficerFactory(duties=["data"])
    client.force_login(person)
    return person


@pytest.fixture
def received(officer):
    one = lists.received()
    lists.row(one)
    lists.error(one, raw=["=HYPERLINK(1)", "+62812", "Kota Antah", ""])
    lists.row(one, "UD Lewat", "skipped", decision="skip")
    return one


def fetched(client, received, name):
    answer = client.get(f"/en/kerja/daftar/{received.pk}/{name}")
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.getvalue()


def cells(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_only_bad_rows_in_their_own_columns_with_the_reason_last(client, received):
    header, *rows = cells(fetched(client, received, "salah.xlsx"))

    assert header == [*lists.HEADER, "IFN: reason"]
    assert [row[:4] for row in rows] == [["=HYPERLINK(1)", "+62812", "Kota Antah", ""]]
    assert rows[0][4].startswith("No regency, city or province found in “Kota Antah”.")


def test_no_cell_runs_as_a_formula(client, received):
    text = fetched(client, received, "salah.csv").decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(fetched(client, received, "salah.xlsx")))

    assert "'=HYPERLINK(1),'+62812,Kota Antah" in text
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n"}
    # and read again, the guard is gone
    again = sheets_of(text.encode(), "salah.csv")[0].rows[1]
    assert again[:2] == ["=HYPERLINK(1)", "+62812"]


def test_all_rows_say_what_became_of_them(client, received):
    header, *rows = cells(fetched(client, received, "baris.xlsx"))

    assert header[4:] == [
        *("IFN: state", "IFN: decision", "IFN: number", "IFN: region", "IFN: reason")
    ]
    assert [row[4] for row in rows] == ["New", "Error", "Left out"]
    assert rows[0][7] == "Kab. Mojokerto, Jawa Timur"


@pytest.mark.parametrize("name", ["salah.pdf", "baris.x", "asli"])
def test_what_is_not_there_is_not_there(client, received, name):
    answer = client.get(f"/en/kerja/daftar/{received.pk}/{name}")

    assert answer.status_code == HTTPStatus.NOT_FOUND


class TestTheTemplate:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_it_can_be_filled_in_and_uploaded(self, client, kind, language):
        prefix = "" if language == "id" else "/en"
        content = client.get(f"{prefix}/kerja/daftar/templat.{kind}").getvalue()

        client.post(UPLOAD, typed(content, f"templat.{kind}"))
        while run_due():
            pass

        received = List.objects.get()
        assert set(received.mapping["fields"]) == set(FIELD_LABELS) - {"country"}
        assert len(received.mapping["types"]) == 1
        assert Row.objects.count() == 2

    def test_its_example_is_left_out(self, client):
        content = client.get("/kerja/daftar/templat.xlsx").getvalue()
        client.post(UPLOAD, typed(content, "templat.xlsx"))
        while run_due():
            pass
        received = List.objects.get()

        from ifn.intake import actions  # noqa: PLC0415
        from tests.intake.conftest import AT  # noqa: PLC0415

        actions.save_mapping(received, Wanted(), actor=None, at=AT)
        while run_due():
            pass

        example = Row.objects.get(position=2)
        assert (example.state, example.reason) == ("skipped", "example")

    def test_every_column_is_explained_on_its_second_sheet(self, language):
        with translation.override(language):
            book = openpyxl.load_workbook(templating.as_workbook())

        first, second = book.worksheets
        assert [f"{cell.value}:" for cell in first[1]] == [cell.value for cell in second[1]]
        assert all(cell.value for cell in second[2])
        assert columns_of([[cell.value for cell in first[1]]], Wanted()).fields

    def test_other_kinds_are_not_there(self, client):
        assert client.get("/kerja/daftar/templat.pdf").status_code == HTTPStatus.NOT_FOUND
