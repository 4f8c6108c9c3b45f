import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ifn.demo.network import network
from ifn.demo.trades import places, table, trades
from ifn.demo.variation import gazetteer, variation
from tests.demo.test_network import KNOWN

TODAY = date(2026, 11, 21)
with Path("ifn/regions/data/regions.csv").open() as file:
    WHERE = gazetteer(
        (row["code"], row["name"], float(row["lat"]), float(row["lon"]))
        for row in csv.DictReader(file)
        if len(row["code"]) > 2
    )


@pytest.fixture(scope="module")
def row():
    return [variation(index, WHERE, today=TODAY) for index in range(119, 2119)]


def words_of(business):
    profile = business.profile
    texts = (profile.name, *profile.brands, profile.summary_id, profile.story_id, profile.story_en)
    return re.findall(r"\w+", " ".join(texts).lower())


def test_the_row_begins_with_the_written_network():
    first = [variation(index, WHERE, today=TODAY) for index in (1, 60, 118)]
    written = network(today=TODAY)

    assert first == [written[0], written[59], written[117]]


def test_a_place_in_the_row_is_the_same_wherever_one_starts(row):
    assert variation(700, WHERE, today=TODAY) == row[700 - 119]


def test_keys_and_contacts_are_each_one_business_s_own(row):
    values = [contact.value for one in row for contact in one.profile.contacts]

    assert len({one.slug for one in row}) == len(row)
    assert len(values) == len(set(values))


def test_names_vary_and_words_are_many(row):
    names = Counter(one.profile.name for one in row)
    words = {word for one in row for word in words_of(one)}

    assert len(names) > 0.95 * len(row)
    assert len(words) > 4_000


def test_regions_and_trades_are_unevenly_common_and_all_over_the_country(row):
    regions = Counter(one.profile.region for one in row)
    counts = sorted(regions.values(), reverse=True)

    assert len(regions) > 150
    assert len({region[:2] for region in regions}) > 33
    assert counts[0] > 20 * counts[100]


def test_codes_texts_and_lengths_are_fit_to_be_stored(row):
    for one in row:
        profile = one.profile
        assert all(fact.code in KNOWN[fact.vocabulary] for fact in profile.capabilities)
        assert max(len(profile.summary_id), len(profile.summary_en)) <= 160
        assert len(profile.name) <= 120
        assert "{" not in profile.story_id + profile.story_en
        assert (profile.size_from or 0) <= (profile.size_to or 0)


def test_every_trade_can_be_varied():
    assert set(table("variation")["trade"]) == set(trades())
    assert set(table("variation")["text"]["roles"].split()) <= KNOWN["value_chain_role"]


def test_the_gazetteer_holds_the_known_places_first():
    assert WHERE.known == tuple(places().values())
    assert len(WHERE.further) == 514
