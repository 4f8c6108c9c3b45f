import math
import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ifn.ui import charts, fragments, maps
from ifn.ui.charts import Bar, Point
from ifn.ui.maps import Bubble


def test_bars_are_as_long_as_their_numbers():
    with translation.override("id"):
        html = charts.bars([Bar("Produksi", 40), Bar("Bahan", 10), Bar("Jual", 0)], caption="Peran")

    assert re.findall(r'width="([\d.e-]+)%"', html) == ["100", "25", "0"]
    assert "<caption>Peran</caption>" in html
    assert html.count('<th scope="row">') == 3


def test_no_bars_is_an_empty_table_and_no_fault():
    assert "<tbody></tbody>" in charts.bars([])


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_ticks_start_at_zero_and_reach_over_the_highest(highest):
    levels = charts.ticks(highest)

    assert levels[0] == 0
    assert levels[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(levels) <= 6


@given(st.lists(st.floats(min_value=0, max_value=1e9), max_size=40))
def test_trend_stays_inside_its_frame_and_lists_every_number(values):
    html = charts.trend([Point(f"P{n}", value) for n, value in enumerate(values)], title="T")

    assert html.count('<th scope="row">') == len(values)
    for percent in re.findall(r'c[xy]="([-\d.]+)%"', html):
        assert 0 <= float(percent) <= 100


def test_spark_says_in_words_what_it_shows():
    assert 'role="img" aria-label="naik"' in charts.spark([1, 2, 3], label="naik")
    assert charts.spark([], label="x") == ""


@given(
    st.floats(min_value=maps.SOUTH, max_value=maps.NORTH),
    st.floats(min_value=maps.WEST, max_value=maps.EAST),
)
def test_every_place_in_the_country_is_on_the_sheet(latitude, longitude):
    x, y = maps.place(latitude, longitude)

    assert -1e-9 <= x <= 100 + 1e-9
    assert -1e-9 <= y <= 100 + 1e-9


def test_bubbles_grow_with_area_and_never_vanish():
    assert maps.radius(25, 100) == pytest.approx(maps.radius(100, 100) / 2)
    assert maps.radius(1, 100_000) == maps.SMALLEST
    assert maps.radius(0, 0) == maps.SMALLEST


def test_map_links_each_bubble_and_lists_every_place():
    bubbles = [
        Bubble("Kota Mojokerto", -7.47, 112.43, 41, "/direktori?r=1"),
        Bubble("Jayapura", -2.5, 140.7, 1),
    ]

    with translation.override("id"):
        html = maps.bubble_map(bubbles, title="Usaha", unit="usaha")

    assert '<a href="/direktori?r=1"><title>Kota Mojokerto: 41 usaha</title>' in html
    assert '<g role="img"><title>Jayapura: 1 usaha</title>' in html
    assert html.count('<th scope="row">') == 2
    assert "style=" not in html


TEXT = re.compile(r'<text x="([\d.]+)%" y="([\d.]+)%" dy="4" text-anchor="(\w+)">([^<]+)</text>')


def boxes_of_names(html):
    """Return the room each name takes on the narrowest sheet, as the written page says."""
    found = {}
    for x, y, anchor, name in TEXT.findall(html):
        width = maps.LETTER * len(name)
        left = (
            float(x) / 100 * maps.NARROWEST
            - {"start": 0, "middle": width / 2, "end": width}[anchor]
        )
        middle = float(y) / 100 * maps.NARROWEST * maps.HEIGHT_SHARE
        found[name] = (left, middle - maps.LINE / 2, left + width, middle + maps.LINE / 2)
    return found


def apart(one, other):
    return one[2] <= other[0] or one[0] >= other[2] or one[3] <= other[1] or one[1] >= other[3]


def test_names_on_the_map_cover_neither_each_other_nor_another_large_bubble():
    bubbles = [Bubble(f"Kabupaten {n}", -7.0 - n / 20, 110 + n / 10, 50 - n) for n in range(12)]
    spread = [Bubble(f"Jauh {n}", 2.0, 98 + 12 * n, 49) for n in range(3)]

    html = maps.bubble_map([*bubbles, *spread], title="x")

    names = boxes_of_names(html)
    assert {"Jauh 0", "Jauh 1", "Jauh 2"} <= names.keys()
    assert len(names) < maps.NAMED
    for name, box in names.items():
        assert all(apart(box, other) for one, other in names.items() if one != name)
        for bubble in [*bubbles, *spread]:
            if bubble.label != name:
                assert apart(box, maps._circle_box(bubble, 50))  # noqa: SLF001


def test_empty_map_is_still_a_map():
    assert 'class="land"' in maps.bubble_map([], title="x")


def test_outline_is_light():
    assert len(maps.outline()) <= 12_000
    assert math.isclose(1000 * maps.HEIGHT_SHARE, 371.79, abs_tol=0.01)


def test_fragment_escapes_what_it_is_given_and_asks_for_all_of_it():
    row = fragments.fill("ui/fragments/map_row.html", name="<b>", count=1)

    assert row == '<tr><th scope="row">&lt;b&gt;</th><td class="number">1</td></tr>'
    with pytest.raises(KeyError):
        fragments.fill("ui/fragments/map_row.html", name="x")
    with pytest.raises(FileNotFoundError):
        fragments.fill("ui/fragments/nothing.html")


def test_fragment_repeats_for_every_row():
    rows = [{"name": "a", "count": 1}, {"name": "<", "count": 2}]

    assert fragments.fill_each("ui/fragments/map_row.html", rows).count("<tr>") == 2
    assert "&lt;" in fragments.fill_each("ui/fragments/map_row.html", rows)
