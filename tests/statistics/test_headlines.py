from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ifn.regions.editions import renew
from ifn.statistics.actions import load_shipped
from ifn.statistics.models import Figure
from ifn.statistics.queries import HEADLINES, HeadlineFigure, headline_figures
from ifn.statistics.wording import amount, partial_date

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def shipped(db):
    load_shipped(at=AT)


def add(**changes):
    """Add a figure that would lead the exports by value if the rule let it."""
    values = {
        "indicator": "EXPORT",
        "name_id": "Nilai ekspor alas kaki",
        "name_en": "Footwear exports by value",
        "scope": "footwear",
        "measure": "value",
        "period": "2030",
        "year": 2030,
        "value": Decimal("9.9"),
        "unit": "usd_billion",
        "status": "reported",
        "publisher": "A newspaper",
        "source_date": "2031-02-03",
        "url": "https://example.org/figures",
    }
    Figure.objects.create(**{**values, **changes})
    renew("statistics", at=AT)


def exports():
    """Return the first key figure: exports by value."""
    return headline_figures()[0]


def test_key_figures_read_as_people_write_in_english(shipped):
    with translation.override("en"):
        found = headline_figures()

    assert [(one.value, one.label) for one in found] == [
        ("US$6.4 billion", "Footwear exports by value, 2023"),
        ("445 million pairs", "Footwear exports, 2023"),
        ("No. 3", "World rank among footwear exporters by pairs, 2022"),
        ("807 million pairs", "Footwear production, 2023"),
    ]


def test_key_figures_read_as_people_write_in_indonesian(shipped):
    with translation.override("id"):
        found = headline_figures()

    assert [(one.value, one.label) for one in found] == [
        ("US$6,4 miliar", "Nilai ekspor alas kaki, 2023"),
        ("445 juta pasang", "Ekspor alas kaki, 2023"),
        ("Ke-3", "Peringkat dunia eksportir alas kaki menurut jumlah pasang, 2022"),
        ("807 juta pasang", "Produksi alas kaki, 2023"),
    ]


def test_a_key_figure_says_where_it_comes_from(shipped):
    with translation.override("id"):
        assert exports() == HeadlineFigure(
            indicator="EXPORT",
            value="US$6,4 miliar",
            label="Nilai ekspor alas kaki, 2023",
            period="2023",
            scope="alas kaki",
            publisher="ANTARA (bejagadget)",
            published="22 September 2024",
            source_title="Sekretaris Ditjen IKMA di IFCC 2024",
            url="https://bejagadget.com/?p=48914",
            others=(),
        )


def test_a_newer_year_takes_the_lead_at_once(shipped):
    before = exports().period

    add()

    assert (before, exports().period) == ("2023", "2030")


@pytest.mark.parametrize(
    "changes",
    [
        {"scope": "leather_goods_footwear"},
        {"scope": "not_stated"},
        {"measure": "not_stated"},
        {"status": "doubtful"},
        {"period": "2030-H1"},
        {"period": "2030-01/2030-08"},
        {"period": "../2030"},
    ],
    ids=str,
)
def test_other_scopes_doubtful_figures_and_parts_of_years_never_lead(shipped, changes):
    add(**changes)

    assert exports().period == "2023"
    assert exports().others == ()


def test_a_source_that_disagrees_stands_beside_the_newest_one(shipped):
    add(
        period="2023",
        year=2023,
        value=Decimal("6.5"),
        source_date="2024-01",
        publisher="An older paper",
    )

    with translation.override("en"):
        found = exports()

    assert found.value == "US$6.4 billion"
    assert found.others == ("US$6.5 billion (An older paper)",)


def test_of_several_sources_the_one_published_last_leads(shipped):
    add(period="2023", year=2023, value=Decimal("6.5"), source_date="2025")

    with translation.override("en"):
        assert exports().others == (
            "US$6.4 billion (ANTARA (bejagadget))",
            "US$6.4 billion (The Gulf Observer)",
        )


@pytest.mark.django_db
def test_without_figures_there_are_no_key_figures():
    assert headline_figures() == []


def test_key_figures_cost_one_query_for_the_edition_and_one_when_it_changed(
    shipped, django_assert_num_queries
):
    with django_assert_num_queries(2):
        first = headline_figures()
    with django_assert_num_queries(1):
        second = headline_figures()

    assert first == second
    assert len(first) == len(HEADLINES)


@pytest.mark.parametrize("unit", Figure.Unit.values)
def test_every_unit_has_its_words_in_both_languages(unit):
    with translation.override("en"):
        english = amount(Decimal("1234.5"), unit)
    with translation.override("id"):
        indonesian = amount(Decimal("1234.5"), unit)

    assert "1,234.5" in english
    assert "1.234,5" in indonesian


def test_losses_keep_their_sign():
    with translation.override("id"):
        assert amount(Decimal("-23.1400"), "percent") == "-23,14%"


@pytest.mark.parametrize(
    ("text", "english", "indonesian"),
    [
        ("", "", ""),
        ("2024", "2024", "2024"),
        ("2023-08", "August 2023", "Agustus 2023"),
        ("2024-05-01", "1 May 2024", "1 Mei 2024"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(text, english, indonesian):
    with translation.override("en"):
        assert partial_date(text) == english
    with translation.override("id"):
        assert partial_date(text) == indonesian


@given(st.text(max_size=12))
def test_what_is_no_date_is_refused(text):
    try:
        read = partial_date(text)
    except ValueError:
        return
    assert read == "" or text[:4].isdigit()
