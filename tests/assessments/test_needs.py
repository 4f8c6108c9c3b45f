from decimal import Decimal
from random import Random

import pytest

from ifn.assessments.models import Instrument, Standing
from ifn.assessments.queries.needs import firms_by_need, needing, needs
from ifn.assessments.queries.standings import SMALLEST_CELL, Where, matrix, topics_by_region
from ifn.assessments.scoring.hiding import shown
from ifn.directory.models import Business
from tests.factories.assessments import approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered, revised

KEDIRI = "35.06"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


EVERYTHING, MEMBERS = Where("35"), Where("35", sees_all=False)


def cells_of(version, where):
    found = matrix(version.instrument_id, version.lines, where).cells
    return {(one.region, one.dimension): one for one in found}


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

    cells, seen = cells_of(version, MEMBERS), cells_of(version, EVERYTHING)

    assert cells[KEDIRI, "CUT"].level == Decimal("2.25")
    # The five of Mojokerto are hidden too: else the four follow from the province's average.
    assert cells[MOJOKERTO, "CUT"].is_hidden
    assert cells[SIDOARJO, "CUT"].is_hidden
    assert cells[SIDOARJO, "CUT"].firms == 4
    assert seen[SIDOARJO, "CUT"].level == Decimal("2.25")


def test_levels_of_another_line_are_left_out():
    version = in_use()
    assessed(version, 5)

    found = matrix(version.instrument_id, {"CUT": 2, "MARKET": 1}, EVERYTHING)

    assert {one.dimension for one in found.cells} == {"MARKET"}


def test_topics_are_ranked_by_what_is_missing():
    version = in_use()
    assessed(version, 2, answers={"CUT_1": 4, "MARKET_1": "none"})

    first, second = matrix(version.instrument_id, version.lines, EVERYTHING).topics

    assert (first.dimension, first.need, first.low) == ("MARKET", Decimal("0.2500"), 2)
    assert (second.dimension, second.need, second.low) == ("CUT", Decimal("0.0000"), 0)
    assert matrix(version.instrument_id, version.lines, MEMBERS).topics == ()


def test_firms_stand_in_the_order_of_their_need():
    version = in_use()
    (well,) = assessed(version, 1, answers={"CUT_1": 4, "MARKET_1": "export"})
    (badly,) = assessed(version, 1, SIDOARJO, answers={"CUT_1": 0, "MARKET_1": "none"})

    found = firms_by_need(version.instrument_id, Where())

    assert [one.assessment_id for one in found.firms] == [badly.pk, well.pk]
    assert found.total == 2
    assert (found.firms[0].need, found.firms[0].lowest) == (1, ("CUT", "MARKET"))
    assert firms_by_need(version.instrument_id, Where(), number=2, size=1).firms == found.firms[1:]
    inside = firms_by_need(version.instrument_id, Where(within=(MOJOKERTO,)))
    assert [one.assessment_id for one in inside.firms] == [well.pk]
    assert inside.total == 1
    beyond = firms_by_need(version.instrument_id, Where("35"), number=99, size=1)
    assert (beyond.number, beyond.last, beyond.firms) == (2, 2, found.firms[1:])


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
    with django_assert_num_queries(2):
        matrix(version.instrument_id, version.lines, MEMBERS)
    with django_assert_num_queries(4):
        assert firms_by_need(version.instrument_id, EVERYTHING).total == number
    with django_assert_num_queries(2):  # what did not change is not asked again
        matrix(version.instrument_id, version.lines, MEMBERS)
        firms_by_need(version.instrument_id, EVERYTHING)


def test_what_is_kept_is_forgotten_when_a_firm_is_assessed_or_moves():
    version = in_use()
    (one,) = assessed(version, 1)
    assert cells_of(version, EVERYTHING)[MOJOKERTO, "CUT"].firms == 1

    assessed(version, 2)
    assert cells_of(version, EVERYTHING)[MOJOKERTO, "CUT"].firms == 3
    revised(one.business, profile(region=SIDOARJO))

    assert cells_of(version, EVERYTHING)[MOJOKERTO, "CUT"].firms == 2
    moved = firms_by_need(version.instrument_id, Where(within=(SIDOARJO,)))
    assert (moved.total, moved.firms[0].region) == (1, SIDOARJO)
    revised(one.business, profile(region=SIDOARJO, name="Sol Baru"))
    moved = firms_by_need(version.instrument_id, Where(within=(SIDOARJO,)))
    assert moved.firms[0].name == "Sol Baru"


def test_a_hidden_firm_stands_in_the_list_marked_and_is_in_no_average():
    version = in_use()
    one, hidden = assessed(version, 2)
    Business.objects.filter(pk=hidden.business_id).update(status=Business.Status.HIDDEN)

    found = firms_by_need(version.instrument_id, EVERYTHING)

    assert {(each.number, each.is_counted) for each in found.firms} == {
        (one.business.number, True),
        (hidden.business.number, False),
    }
    assert found.total == 2
    assert cells_of(version, EVERYTHING)[MOJOKERTO, "CUT"].firms == 1
    assert needing(version.instrument, EVERYTHING)[MOJOKERTO].firms == 1
    first = topics_by_region(version.instrument, version.lines, EVERYTHING)
    assert first[MOJOKERTO].firms == 1


@pytest.mark.parametrize("seed", range(4))
def test_matrix_and_topics_show_members_the_same_at_every_level(seed):
    """Whatever a member asks for, it is what ``hiding`` lets them see, and nothing besides."""
    chance, version = Random(seed), in_use()  # noqa: S311  # no secret
    places = [*("35.16", "35.15", "35.06", "35"), *("52.01", "52.02"), "11.01", ""]
    firms = {code: chance.choice((0, 1, 3, 5, 9)) for code in places}
    Standing.objects.bulk_create(
        Standing(
            instrument=version.instrument,
            region=code,
            dimension="CUT",
            line=1,
            firms=number,
            levels=number * 150,
            weights=number * 7500,
            low=0,
        )
        for code, number in firms.items()
    )

    # What is written past the triggers is known by nobody until it is stamped.
    Instrument.objects.update(stamp=chance.getrandbits(62))

    def asked(place=""):
        return matrix(version.instrument_id, version.lines, Where(place, sees_all=False))

    seen = {("country",)} if asked().topics else set()
    seen |= {(one.region,) for one in asked().cells if one.level is not None}
    for province in ("11", "35", "52"):
        found = asked(province)
        assert bool(found.topics) == ((province,) in seen)
        seen |= {(province, one.region) for one in found.cells if one.level is not None}
    for code in filter(lambda one: len(one) > 2, places):
        found = asked(code)
        is_shown = (code[:2], code) in seen
        assert bool(found.topics) == is_shown
        assert [one.level is not None for one in found.cells] in ([is_shown], [])

    nodes = shown(firms, least=SMALLEST_CELL).nodes
    wanted = {node or ("country",) for node in nodes if node != ("", "")}
    assert seen == wanted
