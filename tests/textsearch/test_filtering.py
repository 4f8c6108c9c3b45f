import numpy as np
import pytest

from ifn.textsearch.asking import LATITUDE, LONGITUDE, Near, Query
from ifn.textsearch.entries import Entry, prepare
from ifn.textsearch.filtering import Filters, bitmap_of_mask
from ifn.textsearch.live import Change, Live
from ifn.textsearch.ranking import distances_km
from ifn.textsearch.segment import Segment


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.05, 0.0625, 0.07, 0.4, 1.0])
@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 150_001])
def test_bitmap_of_a_mask_holds_the_places_that_are_true(size, share):
    mask = np.random.default_rng(3).random(size) < share

    assert list(bitmap_of_mask(mask)) == np.flatnonzero(mask).tolist()


def places():
    chance = np.random.default_rng(5)
    return chance.uniform(-10, 5, 500), chance.uniform(95, 141, 500)


@pytest.mark.parametrize("kilometres", [0, 50, 400, 3000])
def test_documents_within_a_distance_are_those_measured_so(kilometres):
    latitudes, longitudes = places()
    live = Live(Segment.empty(), lambda _: {})
    live.apply(
        Change(at, at, False, 8, prepare(Entry(at, (), {}, place)).content)
        for at, place in enumerate(
            {LATITUDE: float(north), LONGITUDE: float(east)}
            for north, east in zip(latitudes, longitudes, strict=True)
        )
    )
    near = Near(-7.3, 112.7)

    found = np.flatnonzero(Filters(live, Query()).within(near, kilometres))

    distances = distances_km(latitudes, longitudes, (near.latitude, near.longitude))
    assert found.tolist() == np.flatnonzero(distances <= kilometres).tolist()
