import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from ifn.audit.models import Entry
from ifn.regions.models import Edition
from ifn.regions.shipped import Loaded
from ifn.statistics import actions
from ifn.statistics.models import Figure

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    with actions.SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def load(tmp_path):
    """Return a function that loads these rows as if they had shipped."""

    def load(rows):
        path = tmp_path / "figures.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        return actions.load_shipped(at=AT, path=path)

    return load


def test_the_shipped_file_is_loaded_whole(rows):
    loaded = actions.load_shipped(at=AT)

    assert loaded == Loaded(created=128)
    assert Figure.objects.count() == len(rows)
    entry = Entry.objects.get(event="statistics.figures.loaded")
    assert (entry.actor, entry.details["created"]) == (None, 128)


def test_a_second_load_writes_nothing(django_assert_num_queries):
    actions.load_shipped(at=AT)
    stamp = Edition.objects.get(pk="statistics").stamp

    with django_assert_num_queries(3):  # savepoint, figures, release
        again = actions.load_shipped(at=AT)

    assert again == Loaded()
    assert Edition.objects.get(pk="statistics").stamp == stamp


def test_the_table_follows_a_corrected_file(rows, load):
    load(rows)
    gone, changed = rows.pop(), rows[0]
    changed["value"], changed["note"] = "13004", "Counted again."

    loaded = load(rows)

    assert loaded == Loaded(updated=1, retired=1)
    assert not Figure.objects.filter(indicator=gone["indicator"], url=gone["url"]).exists()
    figure = Figure.objects.get(indicator=changed["indicator"])
    assert (figure.value, figure.note) == (13004, "Counted again.")


def test_every_figure_has_a_source_and_both_names(rows):
    lacking = [
        row
        for row in rows
        if not (row["publisher"] and row["url"].startswith("http") and row["name_id"])
        or row["name_id"] == row["name_en"]
    ]

    assert lacking == []


def test_one_name_means_one_indicator_scope_and_measure(rows):
    """So that nobody who reads only names takes one kind of number for another."""
    kinds = {}
    for row in rows:
        kind = (row["indicator"], row["measure"])
        kinds.setdefault(row["name_en"], set()).add(kind)

    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_exports_of_both_scopes_stand_side_by_side():
    actions.load_shipped(at=AT)

    exports = Figure.objects.filter(indicator="EXPORT", measure="value", period="2023")

    assert {(one.scope, float(one.value)) for one in exports} == {
        ("footwear", 6.4),
        ("leather_goods_footwear", 7.56),
    }


def test_world_ranks_by_pairs_and_by_value_stand_apart():
    actions.load_shipped(at=AT)

    ranks = Figure.objects.filter(indicator="EXPORT_WORLD_RANK").exclude(measure="not_stated")

    assert {(one.measure, one.period, int(one.value)) for one in ranks} == {
        ("volume", "2017", 6),
        ("volume", "2022", 3),
        ("value", "2021", 6),
    }


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2023", 2023),
        ("2023-Q4", 2023),
        ("2024-H1", 2024),
        ("2023-08", 2023),
        ("2023-08-05", 2023),
        ("2024-11/2025-02", 2025),
        ("1999/2018", 2018),
        ("../2024", 2024),
    ],
)
def test_a_period_belongs_to_the_year_it_ends_in(period, year):
    assert actions.year_of(period) == year


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("period", ""),
        ("period", "n/a"),
        ("period", "2023-Q5"),
        ("period", "2023/.."),
        ("period", "٢٠٢٣"),
        ("value", "20000-25000"),
        ("value", ""),
        ("source_date", "last year"),
        ("source_date", "2024-13"),
        ("scope", "leather"),
        ("measure", "rank"),
        ("unit", "USD"),
        ("status", ""),
    ],
)
def test_a_row_that_is_no_figure_stops_the_load_and_nothing_is_half_loaded(
    rows, load, column, text
):
    rows[-1][column] = text

    with pytest.raises(actions.BadFigure):
        load(rows)

    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("scope", "shoes"), ("measure", "rank"), ("unit", "yen"), ("status", ""), ("publisher", "")],
)
def test_the_database_refuses_what_no_figure_has(field, value):
    actions.load_shipped(at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(indicator="IFN_PROFILES").update(**{field: value})


def test_the_command_loads_and_says_so():
    first, second = StringIO(), StringIO()

    with translation.override("en"):
        call_command("figures", stdout=first)
    with translation.override("id"):
        call_command("figures", stdout=second)

    assert first.getvalue() == "Figures: 128 new, 0 updated, 0 removed.\n"
    assert second.getvalue() == "Data angka: sudah terbaru.\n"
