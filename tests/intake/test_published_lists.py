"""Lists as factories publish them; nothing of their content is kept here."""

import csv
import io
import json
from collections import Counter

import pytest

from ifn.directory.models import Business, Capability
from ifn.intake import actions
from ifn.intake.mapping import Wanted
from ifn.linkage.normalise import company_name
from tests.intake.conftest import AT

INDONESIAN = Wanted(fields={"name": "Factory Name"}, only={"Country / Region": "Indonesia"})
#: The region of each Indonesian row in order, found by hand from its address.
REGIONS = [
    "36.03", "32.15", "32.16", "32.15", "32.17", "36.03", "33.25", "32.15", "32.16", "31.72",
    "36.04", "33.24", "36.03", "33.21", "34.04", "33.74", "33.22", "32.01", "33.22", "36.04",
    "32.16", "36.74", "32.05", "32.02", "33.74", "33.73", "33.22", "32.10", "34.04", "36.04",
    "32.15", "36.71", "36.03", "36.03", "32.14", "32.17", "32.05", "36.03", "32.15", "32.04",
    "33.15", "32.04", "33.74", "33.20", "32.03", "32.10", "32.13", "34.03", "32.16", "36.04",
    "36.04", "33.29", "32.01", "36.03", "32.04",
]  # fmt: skip
STATED = {
    "Factory Type": {
        "FINISHED GOODS": ["PR_FACTORY"],
        "FINISHED GOODS - COMPONENTS": ["CO"],
        "MATERIALS": ["UP"],
    },
    "Product Type Type": {"Footwear": ["product:SHOE"], "Apparel": [], "Equipment": []},
}


def counts(outcome):
    return dict(outcome.counts())


@pytest.fixture
def disclosure(lists, reference, incoming):
    path = lists / "nike_manufacturing_2023-08.xls"
    return lambda **others: incoming(path.read_bytes(), path.name, **others)


def test_the_footwear_rows_of_a_disclosure_become_profiles(disclosure):
    outcome = actions.load(disclosure(wanted=INDONESIAN), actor=None, at=AT)

    assert counts(outcome) == {"created": 31, "skipped": 612}
    reasons = Counter(one.reason for one in outcome.rows)
    assert reasons == {"": 31, "not_footwear": 24, "not_chosen": 588}
    roles = Counter(
        Capability.objects.filter(term__vocabulary="value_chain_role").values_list(
            "term__code", flat=True
        )
    )
    assert roles == {"PR_FACTORY": 19, "UP": 10, "CO": 2}
    assert not Business.objects.filter(workers=None).exists()


def test_every_indonesian_row_finds_its_region(disclosure):
    wanted = Wanted(fields=INDONESIAN.fields, only=INDONESIAN.only, types=list(STATED))

    proposal = actions.propose(disclosure(wanted=wanted, stated_types=STATED), at=AT)

    loaded = [one for one in proposal.rows if one.outcome == "created"]
    assert [one.details["region"] for one in loaded] == REGIONS


def test_plants_of_one_name_become_several_profiles(disclosure):
    actions.load(disclosure(wanted=INDONESIAN), actor=None, at=AT)

    names = Counter(
        company_name(name).key for name in Business.objects.values_list("name", flat=True)
    )
    assert sorted(times for times in names.values() if times > 1) == [2, 2, 3]


def test_a_disclosure_loaded_twice_changes_nothing(disclosure):
    actions.load(disclosure(wanted=INDONESIAN), actor=None, at=AT)

    again = actions.load(disclosure(wanted=INDONESIAN), actor=None, at=AT)

    assert again.already
    assert counts(again) == {"created": 31, "skipped": 612}
    assert Business.objects.count() == 31


def test_without_a_choice_other_countries_are_refused(disclosure):
    proposal = actions.propose(disclosure(), at=AT)

    assert dict(proposal.counts()) == {"created": 31, "skipped": 24, "error": 588}


def test_one_list_in_three_formats_gives_one_result(lists, reference, incoming):
    found = []
    for name in ("osh_12.csv", "osh_12.xls", "osh_12.xlsx"):
        proposal = actions.propose(incoming((lists / name).read_bytes(), name), at=AT)
        found.append(
            [(one.position, one.raw, one.state, one.reason, one.details)
             for one in proposal.rows]
        )  # fmt: skip

    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 10


@pytest.mark.parametrize("name", ["osh_2_footwear.csv", "osh_5.csv", "osh_12.csv"])
def test_lists_of_other_countries_load_nothing_and_say_why(lists, reference, incoming, name):
    content = (lists / name).read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    abroad = [row for row in rows if row["country"].strip().lower() != "indonesia"]

    proposal = actions.propose(incoming(content, name), at=AT)

    reasons = Counter(one.reason for one in proposal.rows)
    assert len(proposal.rows) == len(rows)
    assert reasons["other_country"] == len(abroad)
    assert json.dumps([dict(one.details) for one in proposal.rows])
