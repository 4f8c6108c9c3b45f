import csv
import io
from datetime import UTC

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from ifn.directory import spreadsheets
from ifn.directory.profile import ContactFact
from ifn.directory.spreadsheets import harmless, is_like_a_formula, unguarded
from ifn.directory.views import downloads
from tests.factories.directory import BANDUNG, full_profile, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def fetched(client, kind="csv", code="en", **parameters):
    with translation.override(code):
        answer = client.get(reverse(f"directory:{kind}"), parameters)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def lines(content, delimiter=","):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def sheet(content):
    first, *rest = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
    names = [cell.value for cell in first]
    return [dict(zip(names, row, strict=True)) for row in rest]


def test_a_download_has_what_the_search_shows_in_its_order(client):
    registered(profile(name="Sol Bandung", region=BANDUNG))
    registered(profile(name="Sol Kecil", minimum_order=10))
    registered(full_profile())

    _answer, content = fetched(client, provinsi="35")

    assert {line["Name"] for line in lines(content)} == {"Sol Kecil", "Langkah Jaya"}


def test_the_file_speaks_the_language_of_its_page(client):
    registered(full_profile())

    english = lines(fetched(client, code="en")[1])[0]
    indonesian = lines(fetched(client, code="id")[1], ";")[0]

    assert (english["Largest size (EU)"], english["Takes job orders (maklon)"]) == ("44.5", "Yes")
    assert indonesian["Ukuran terbesar (EU)"] == "44,5"
    assert indonesian["Menerima maklon"] == "Ya"
    assert indonesian["Kode wilayah"] == "35.16"


def test_members_only_details_are_in_no_file(client):
    registered(full_profile(capacity_visibility="members"))

    for kind in ("csv", "xlsx"):
        _answer, content = fetched(client, kind)
        shown = (
            str(lines(content))
            if kind == "csv"
            else str([{name: cell.value for name, cell in row.items()} for row in sheet(content)])
        )
        assert "4321" not in shown
        assert "62321555123" not in shown
        assert "6281234567890" in shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])  # noqa: RUF001
def test_what_starts_like_a_formula_is_known(start):
    assert is_like_a_formula(f"{start}1+1")
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_plain_texts_stay_as_they_are():
    assert [harmless(text) for text in ("Sol - Jaya", "", " a", "0812")] == [
        "Sol - Jaya",
        "",
        " a",
        "0812",
    ]


EVIL = '=HYPERLINK("https://evil.example","klik")'


def test_no_text_becomes_a_formula_in_csv(client):
    registered(profile(name=EVIL))

    assert lines(fetched(client)[1])[0]["Name"] == f"'{EVIL}"


def test_no_text_becomes_a_formula_in_a_workbook_and_it_reads_the_same(client):
    registered(profile(name=EVIL, contacts=(ContactFact("whatsapp", "+6281234567890", "public"),)))

    row = sheet(fetched(client, "xlsx")[1])[0]

    assert (row["Name"].value, row["Name"].data_type, row["Name"].quotePrefix) == (EVIL, "s", True)
    assert (row["WhatsApp"].value, row["WhatsApp"].data_type) == ("+6281234567890", "s")


def test_a_workbook_keeps_numbers_as_numbers_and_codes_as_text(client):
    registered(full_profile())

    row = sheet(fetched(client, "xlsx")[1])[0]

    assert (row["Minimum order (pairs)"].value, row["Region code"].value) == (50, "35.16")
    assert row["Number"].value.startswith("IFN-")


def test_a_workbook_keeps_days_and_moments_as_such(client):
    business = registered(full_profile())
    changed = business.updated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)

    row = sheet(fetched(client, "xlsx")[1])[0]

    day, moment = row["Last confirmed"], row["Changed (UTC)"]
    assert (day.value.date(), day.is_date) == (business.confirmed_on, True)
    assert (abs((moment.value - changed).total_seconds()) < 2, moment.is_date) == (True, True)
    assert (day.number_format, moment.number_format) == (r"d\ mmm\ yyyy", r"d\ mmm\ yyyy\ hh:mm")


def test_a_text_file_keeps_days_and_moments_as_iso_8601_writes_them(client):
    business = registered(full_profile())

    row = lines(fetched(client)[1])[0]

    assert row["Last confirmed"] == business.confirmed_on.isoformat()
    assert row["Changed (UTC)"] == f"{business.updated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_cut_short_says_so(client, kind, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_ROWS", 2)
    for number in range(3):
        registered(profile(name=f"Sol {number}"))

    _answer, content = fetched(client, kind)

    last = lines(content)[-1]["Number"] if kind == "csv" else sheet(content)[-1]["Number"].value
    assert last.startswith("Only the first 2 of 3 profiles")


def test_an_empty_search_is_a_file_with_its_head(client):
    answer, content = fetched(client, q="tidakada")

    assert (answer.status_code, lines(content)) == (200, [])
    assert content.decode("utf-8-sig").startswith("Number,Name")


def test_too_many_files_are_refused_in_words(client, language):
    for _time in range(downloads.FILES_A_MINUTE):
        assert fetched(client, code=language)[0].status_code == 200

    answer, content = fetched(client, code=language)

    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert {"id": "Terlalu banyak", "en": "Too many"}[language] in content.decode()


def test_the_page_of_results_links_to_its_files(client):
    registered(profile())

    html = client.get("/en/direktori?provinsi=35&hal=1").content.decode()

    assert 'href="/en/direktori/unduh.csv?provinsi=35"' in html
    assert "Download 1 profile:" in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_the_same_however_many(client, count, django_assert_num_queries):
    for number in range(count):
        registered(full_profile(name=f"Sol {number}"))
    fetched(client)

    with django_assert_num_queries(4):
        fetched(client)


@pytest.mark.parametrize(
    "text", ["'Aisyiyah", "'=x", "=x", "Sol", "", "'", "''x", " +6", "'\uff1dx"]
)
def test_one_apostrophe_taken_away_is_always_right(text):
    assert unguarded(harmless(text)) == text
    assert not is_like_a_formula(harmless(text))


def test_a_name_with_an_apostrophe_of_its_own_keeps_it():
    assert unguarded("'Aisyiyah") == "'Aisyiyah"


def test_a_cell_is_no_longer_than_a_spreadsheet_takes():
    with spreadsheets.workbook(["a"], [["x" * 40_000]], title="x") as file:
        sheet = openpyxl.load_workbook(file).active

    assert len(sheet["A2"].value) == 32_767


def test_workbooks_drop_what_xml_cannot_hold():
    assert spreadsheets._cell("a\x00b", bold=False).count("ab") == 1  # noqa: SLF001
