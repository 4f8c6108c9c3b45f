from decimal import Decimal

import pytest

from ifn.assessments.models import Instrument
from ifn.assessments.queries.needs import (
    Where,
    count_assessed,
    firms_by_need,
    matrix_and_topics,
    needing,
    needs,
    topics,
    topics_by_region,
)
from tests.factories.assessments import approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered

KEDIRI = "35.06"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


EVERYTHING = Where("35")


def matrix(instrument, lines, *, sees_all=False):
    return matrix_and_topics(instrument, lines, Where("35", sees_all=sees_all))[0]


def firm(region=MOJOKERTO, name="Sol Jaya"):
    return registered(profile(region=region, name=name))


def assessed(version, number, region=MOJOKERTO, answers=None):
    return [
        approved(started(firm(region, f"Firma {region} {one}"), version), answers=answers)
        for one in range(number)
    ]


def test_a_need_is_of_the_latest_approved_assessment():
    version = in_use()
    (one,) = assessed(version, 1)
    submitted(started(one.business, version), answers={"CUT_1": 0})

    cut, market = needs([one.business_id])

    assert (cut.dimension, cut.level, cut.weight) == ("CUT", Decimal("2.25"), Decimal("0.7500"))
    assert cut.need == Decimal("0.3281")
    assert (market.dimension, market.need) == ("MARKET", Decimal("0.1250"))
    assert (cut.assessed_on, cut.version_id) == (one.assessed_on, version.pk)
    assert (
        needs([one.business_id], Instrument.objects.create(code="x", created_at=one.started_at))
        == []
    )


def test_a_cell_of_few_firms_is_hidden_outside_staff():
    version = in_use()
    assessed(version, 5)
    assessed(version, 4, SIDOARJO)

    assessed(version, 6, KEDIRI)

    cells = {(one.region, one.dimension): one for one in matrix(version.instrument, version.lines)}
    seen = {
        (one.region, one.dimension): one
        for one in matrix(version.instrument, version.lines, sees_all=True)
    }

    assert cells[KEDIRI, "CUT"].level == Decimal("2.25")
    # The five of Mojokerto are hidden too: else the four follow from the province's average.
    assert cells[MOJOKERTO, "CUT"].is_hidden
    assert cells[SIDOARJO, "CUT"].is_hidden
    assert cells[SIDOARJO, "CUT"].firms == 4
    assert seen[SIDOARJO, "CUT"].level == Decimal("2.25")


def test_levels_of_another_line_are_left_out():
    version = in_use()
    assessed(version, 5)

    cells = matrix(version.instrument, {"CUT": 2, "MARKET": 1}, sees_all=True)

    assert {one.dimension for one in cells} == {"MARKET"}


def test_topics_are_ranked_by_what_is_missing():
    version = in_use()
    assessed(version, 2, answers={"CUT_1": 4, "MARKET_1": "none"})

    first, second = topics(version.instrument, version.lines, EVERYTHING)

    assert (first.dimension, first.need, first.low) == ("MARKET", Decimal("0.2500"), 2)
    assert (second.dimension, second.need, second.low) == ("CUT", Decimal("0.0000"), 0)
    assert topics(version.instrument, version.lines, Where("35", sees_all=False)) == []


def test_firms_stand_in_the_order_of_their_need():
    version = in_use()
    (well,) = assessed(version, 1, answers={"CUT_1": 4, "MARKET_1": "export"})
    (badly,) = assessed(version, 1, SIDOARJO, answers={"CUT_1": 0, "MARKET_1": "none"})

    found = firms_by_need(version.instrument, Where())

    assert [one.pk for one in found] == [badly.pk, well.pk]
    assert found[0].need == 1
    assert firms_by_need(version.instrument, Where(), first=1, last=2) == [well]
    assert firms_by_need(version.instrument, Where(within=(MOJOKERTO,))) == [well]
    assert count_assessed(version.instrument, Where(within=(MOJOKERTO,))) == 1
    assert count_assessed(version.instrument, Where("35")) == 2


def test_of_each_region_the_greatest_need_and_the_first_topic():
    version = in_use()
    assessed(version, 1, answers={"CUT_1": 4, "MARKET_1": "none"})
    assessed(version, 1, SIDOARJO, answers={"CUT_1": 0, "MARKET_1": "export"})

    found = needing(version.instrument, Where("35"))
    first = topics_by_region(version.instrument, version.lines, Where("35"))

    assert (found[MOJOKERTO].firms, found[MOJOKERTO].need) == (1, Decimal("0.2500"))
    assert found[SIDOARJO].need == Decimal("0.7500")
    assert (first[MOJOKERTO].dimension, first[SIDOARJO].dimension) == ("MARKET", "CUT")
    assert needing(version.instrument, Where())["35"].need == Decimal("0.5000")
    assert topics_by_region(version.instrument, version.lines, Where("35", within=())) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_needs_cost_the_same_however_many_firms(number, django_assert_num_queries):
    version = in_use()
    made = assessed(version, number)
    keys = [one.business_id for one in made]

    with django_assert_num_queries(1):
        assert len(needs(keys)) == 2 * number
    with django_assert_num_queries(1):
        matrix(version.instrument_id, version.lines)
