import pytest

from ifn.directory.search.understanding import region_named, take_apart
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Mojokerto", "35.76"), ("mojokreto", "35.76"), ("kab sidoarjo", "35.15"), ("Bimo", "")],
)
def test_a_place_is_found_by_a_name_with_a_slip(typed, code):
    assert region_named(typed, all_regions()) == code


def test_a_mistyped_place_is_still_a_place_to_be_near():
    wording = take_apart("sol dekat mojokreto", all_regions(), lexicon())

    assert (wording.words, wording.near) == ("sol", "35.76")


def test_cards_say_how_far_away_a_profile_is(client):
    registered(profile(name="Langkah Jaya", region="35.15"))

    page = client.get("/direktori?dekat=35.76").content.decode()

    assert "Kab. Sidoarjo, Jawa Timur · 31 km" in page
