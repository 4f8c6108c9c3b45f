from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ifn.directory import clean
from ifn.directory.search import Filters, read_filters
from ifn.directory.search.filters import LINK_WORDS, PARAMETERS, SORTS, VIEWS
from ifn.directory.search.understanding import Wording, take_apart
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(address, code="en"):
    with translation.override(code):
        return read_filters(QueryDict(address), lexicon(), all_regions())


def notes_of(address, code="en"):
    return read(address, code)[1]


CODES = {
    "kind": ("business", "organisation"),
    "link": tuple(LINK_WORDS),
    "role": ("CO_OUTSOLE", "PR_MAKLON", "UP"),
    "product": ("SNEAKER", "BOOT"),
    "material": ("COW", "RUBBER"),
    "certificate": ("SNI_0111", "LWG"),
    "province": ("35", "32"),
    "regency": ("35.16", "35.76"),
    "job_order": ("yes",),
    "picture": ("yes",),
}
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        group: st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
        for group, codes in CODES.items()
    },
)
PLACED = st.sampled_from(
    [("", "relevance"), ("", "fresh"), ("35.16", "distance"), ("", "capacity")]
)


@MANY
@given(
    text=st.text(max_size=40).map(clean.plain_line),
    chosen=CHOSEN,
    capacity=st.none() | st.integers(1, 10**8),
    minimum=st.none() | st.integers(1, 10**8),
    placed=PLACED,
    view=st.sampled_from(list(VIEWS)),
    page=st.integers(1, 10**17),
    exact=st.booleans(),
)
def test_the_address_is_the_filter(text, chosen, placed, **given):
    near, sort = placed
    filters = Filters(text.replace(clean.DAMAGED, ""), chosen, near=near, sort=sort, **given)

    again, _notes = read(urlencode(filters.parameters()))

    assert again == filters
    assert again.query() == filters.query()


@MANY
@given(st.dictionaries(st.sampled_from([*PARAMETERS.values(), "q", "hal", "urut"]), st.text()))
def test_any_address_can_be_read(address):
    filters, notes = read(urlencode(address, errors="replace"))

    assert filters.page >= 1
    assert len(notes) <= 5


def test_every_value_of_every_group_has_an_address_of_its_own():
    words = lexicon()
    for group, vocabulary in {"role": "value_chain_role", "machine": "machine"}.items():
        for word in words.of(vocabulary):
            filters = Filters(chosen={group: (word.code,)})
            assert read(urlencode(filters.parameters()))[0] == filters


@pytest.mark.parametrize(
    ("address", "note"),
    [
        (
            "produk=sandal-jepit-emas",
            "The filter “sandal-jepit-emas” is not known and was left out.",
        ),
        ("provinsi=99", "The filter “99” is not known and was left out."),
        ("urut=termahal", "The filter “termahal” is not known and was left out."),
        ("tampilan=3d", "The filter “3d” is not known and was left out."),
        ("dekat=atlantis", "No regency, city or province is called “atlantis”."),
        ("urut=jarak", "Choose a place to sort by distance from it."),
        ("minimum=sedikit", "“sedikit” is not a whole number. Write digits only, such as 1250."),
        ("kapasitas=-5", "“-5” is not a whole number. Write digits only, such as 1250."),
        ("kapasitas=9999999999", "9999999999 is more than can be right here."),
        ("hal=abc", "There is no page “abc”; this is the first."),
        ("hal=0", "There is no page “0”; this is the first."),
        ("hal=-1", "There is no page “-1”; this is the first."),
        ("hal=1.5", "There is no page “1.5”; this is the first."),
        ("hal=" + "9" * 30, "There is no page “99999999999999999999”; this is the first."),
        ("provinsi=32&wilayah=35.16", "does not lie in the province you chose."),
        ("q=" + "sol+" * 2500, "Only the first 300 characters were searched for."),
        ("q=sol%ED%A0%80%FF", "Some letters could not be read and were left out."),
    ],
)
def test_what_cannot_be_used_is_named(address, note):
    [told] = notes_of(address)

    assert note in told


def test_remarks_come_in_the_language_of_the_person():
    assert notes_of("hal=abc", "id") == ["Tidak ada halaman “abc”; ini halaman pertama."]


def test_a_great_many_unknown_values_make_few_remarks():
    filters, notes = read(urlencode({"produk": [f"x{n}" for n in range(500)]}, doseq=True))

    assert filters.is_empty
    assert len(notes) == 5


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("q=%3Cb%3Esol%3C/b%3E+%E2%80%AEkaret%00", Filters("sol karet")),
        ("q=" + "x" * 10_000, Filters("x" * 300)),
        ("minimum=5+kodi&kapasitas=1.250", Filters(minimum=100, capacity=1250)),
        ("minimum=0&kapasitas=", Filters()),
        ("produk=SNEAKER&produk=sneaker", Filters(chosen={"product": ("SNEAKER",)})),
        ("dekat=mojokerto", Filters(near="35.76", sort="distance")),
        ("dekat=35.16", Filters(near="35.16", sort="distance")),
        (
            "wilayah=35.16&urut=jarak",
            Filters(chosen={"regency": ("35.16",)}, near="35.16", sort="distance"),
        ),
        ("persis=1&q=outsol", Filters("outsol", exact=True)),
    ],
)
def test_what_can_be_used_is_used(address, kept):
    filters, _notes = read(address)

    assert filters == kept


def test_any_change_starts_at_the_first_page():
    filters = Filters("sol", {"province": ("35",)}, page=7)

    assert filters.query() == "?q=sol&provinsi=35&hal=7"
    assert filters.query(view="map") == "?q=sol&provinsi=35&tampilan=peta"
    assert filters.query(page=8) == "?q=sol&provinsi=35&hal=8"
    assert filters.query(text="", chosen=filters.without("province", "35")) == "?"
    assert set(SORTS) == {"relevance", "fresh", "distance", "capacity"}


@pytest.mark.parametrize(
    ("typed", "wording"),
    [
        ("sol karet", Wording("sol karet")),
        ("maklon sneakers min 50 pasang", Wording("maklon sneakers", minimum=50)),
        ("sneakers min. order 5 kodi", Wording("sneakers", minimum=100)),
        ("sneakers MOQ: 1,2rb", Wording("sneakers", minimum=1200)),
        ("boots kapasitas 5000", Wording("boots", capacity=5000)),
        ("boots capacity 5.000 pairs per month", Wording("boots", capacity=5000)),
        ("sol dekat Mojokerto", Wording("sol", near="35.76")),
        ("sole maker near Kab. Mojokerto", Wording("sole", near="35.16")),
        ("sol dekat antah berantah", Wording("sol antah berantah")),
        ("pembuat", Wording("pembuat")),
        ("lem sepatu", Wording("lem")),
        ("sepatu boots", Wording("sepatu boots")),
        ("sneakers low MOQ", Wording("sneakers")),
        ("min banyak", Wording("min banyak")),
        ("sepatu min 50000000000 pasang", Wording("sepatu min 50000000000 pasang")),
        ("", Wording("")),
    ],
)
def test_words_are_taken_apart(typed, wording):
    assert take_apart(typed, all_regions(), lexicon()) == wording
