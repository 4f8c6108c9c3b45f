"""The columns of a list: a guess for each, what words mean, a preview, and nothing written."""

import re
from html import unescape
from http import HTTPStatus

import pytest

from ifn.directory.models import Business
from ifn.intake.models import List, Reading, Row
from ifn.jobs.running import run_due
from tests.factories import lists
from tests.factories.accounts import OfficerFactory
from tests.intake import files
from tests.intake.test_list_pages import UPLOAD, typed

pytestmark = pytest.mark.usefixtures("officer")
ROWS = [
    ["Perusahaan", "Alamat", "Kota", "Bidang", "Bidang", ""],
    ["PT Langkah Satu", "Jl. Melati 45", "Kab. Sidoarjo", "Outsole", "x", "?"],
    ["CV Dua", "Jl. Mawar 7", "Kota Antah", "Kulit pari", "y", ""],
]


@pytest.fixture
def officer(reference, client):
    person = OfficerFactory(duties=["data"])
    client.force_login(person)
    return person


@pytest.fixture
def brought(client, officer):
    """Return a function that uploads rows and has them read."""

    def bring(rows, name="daftar.csv"):
        content = rows if isinstance(rows, bytes) else files.csv(rows)
        client.post(UPLOAD, typed(content, name))
        while run_due():
            pass
        return List.objects.latest("pk")

    return bring


def page(received):
    return f"/en/kerja/daftar/{received.pk}/kolom"


def shown(client, received, query=""):
    return unescape(client.get(page(received) + query).content.decode())


def sent(html, **changed):
    """Return what the form of a page sends, but for what is changed."""
    form = dict(re.findall(r'<input type="hidden" name="(judul)" value="(\d+)"', html))
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', html):
        values = re.findall(r'<option value="([^"]*)"( selected)?', options)
        form[name] = next((value for value, picked in values if picked), values[0][0])
    return form | changed


def test_each_column_has_a_guess_and_samples(client, brought):
    html = shown(client, brought(ROWS))

    form = sent(html)
    assert (form["kolom-0"], form["kolom-1"], form["kolom-2"]) == ("name", "address", "city")
    assert "PT Langkah Satu · CV Dua" in html
    assert 'name="kolom-4"' in html  # a heading that stands there twice is a column of its own
    assert 'name="kolom-5"' in html  # and so is one without a heading


def test_the_preview_says_what_would_be_entered_and_what_is_wrong(client, brought):
    html = shown(client, brought(ROWS))

    assert "→ Langkah Satu · Limited company (PT)" in html
    assert "→ Kab. Sidoarjo, Jawa Timur" in html
    assert 'data-state="fault">Kota Antah' in html
    assert "No regency, city or province found in “Kota Antah”." in html
    assert not Business.objects.exists()
    assert set(Row.objects.values_list("state", flat=True)) == {"unread"}


def test_words_of_type_columns_get_a_meaning(client, brought):
    received = brought(ROWS)
    html = shown(client, received)
    answer = client.post(page(received), sent(html, **{"kolom-3": "type"}))
    html = unescape(answer.content.decode())
    [unknown] = re.findall(r'<label for="(nilai-3-\w+)"><b>Kulit pari', html)
    assert "not known" in html

    given = sent(html, **{unknown: "role:UP_TANNERY", "kolom-2": "", "region": "35.15"})
    client.post(page(received), given | {"do": "save"})
    while run_due():
        pass

    received.refresh_from_db()
    assert received.state == "review"
    assert received.stated_types == {
        "Bidang": {"Outsole": ["role:CO_OUTSOLE"], "Kulit pari": ["role:UP_TANNERY"]}
    }
    assert received.region_id == "35.15"
    assert set(Row.objects.exclude(state="above").values_list("state", "region")) == {
        ("new", "35.15")
    }


def test_values_can_leave_rows_out(client, brought):
    received = brought(ROWS)
    html = unescape(
        client.post(
            page(received), sent(shown(client, received), **{"kolom-3": "type"})
        ).content.decode()
    )
    [pari] = re.findall(r'<label for="(nilai-3-\w+)"><b>Kulit pari', html)

    client.post(page(received), sent(html, **{pari: "skip"}) | {"do": "save"})
    while run_due():
        pass

    assert Row.objects.get(position=3).state == "skipped"
    assert shown(client, List.objects.get()).count('value="skip" selected') == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kolom-0": ""}, "Say which column holds the name of the business."),
        ({"kolom-1": "name"}, "Only one column can be “Business name”"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_begins(client, brought, changed, words):
    received = brought(ROWS)

    given = sent(shown(client, received), **changed) | {"do": "save"}
    answer = client.post(page(received), given)

    assert words in unescape(answer.content.decode())
    assert List.objects.get().state == "mapping"


def test_a_column_left_out_is_not_guessed_again(client, brought):
    received = brought(ROWS)

    client.post(page(received), sent(shown(client, received), **{"kolom-1": ""}) | {"do": "save"})

    received.refresh_from_db()
    assert received.mapping["fields"] == {"name": 0, "city": 2}


def test_another_row_is_the_header(client, brought):
    received = brought([["a", "b"], *ROWS])
    assert sent(shown(client, received))["judul"] == "2"

    html = shown(client, received, "?judul=1")

    assert sent(html) == {"judul": "1", "kolom-0": "", "kolom-1": "", "region": ""}
    assert "Say which column holds the name; then" in html


def test_it_is_remembered_for_the_source(client, brought):
    first = brought(ROWS)
    client.post(page(first), sent(shown(client, first), **{"kolom-4": "brands"}) | {"do": "save"})
    assert Reading.objects.count() == 1

    second = brought([*ROWS, ["UD Tiga", "Jl. 3", "Garut", "Outsole", "z", ""]])
    html = shown(client, second)

    assert "As it was said for the last list of Asosiasi Alas Kaki." in html
    assert sent(html)["kolom-4"] == "brands"


def test_another_sheet_is_read(client, brought):
    def second_sheet(sheet):
        other = sheet.parent.create_sheet("Cabang")
        for row in ROWS[:2]:
            other.append(row)

    received = brought(files.xlsx(change=second_sheet), "daftar.xlsx")
    assert received.sheet == "Daftar"

    client.post(page(received), {"do": "sheet", "sheet": "Cabang"})
    while run_due():
        pass

    received.refresh_from_db()
    assert (received.sheet, received.state) == ("Cabang", "mapping")
    assert Row.objects.count() == 2


def test_five_hundred_columns_are_a_page_that_can_be_sent(client, brought):
    rows = [[f"K{at}" for at in range(500)], [f"v{at}" for at in range(500)]]
    rows[0][0], rows[0][1] = "Nama", "Kota"
    received = brought(rows)

    html = shown(client, received)
    answer = client.post(page(received), sent(html) | {"do": "preview"})

    assert answer.status_code == HTTPStatus.OK
    assert html.count('name="kolom-') == 500


def test_the_preview_alone_is_a_part_of_the_page(client, brought):
    received = brought(ROWS)

    answer = client.post(page(received), sent(shown(client, received)), HTTP_HX_REQUEST="true")

    assert "<html" not in answer.content.decode()
    assert "→ Langkah Satu" in answer.content.decode()


def test_a_list_that_is_applied_is_not_mapped_again(client):
    received = lists.received("applied")

    answer = client.get(page(received), follow=True)

    assert "The columns of this list are decided." in answer.content.decode()
