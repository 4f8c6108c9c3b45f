from ifn.regions.containing import inside, lies_in
from ifn.regions.models import Region
from tests.factories.regions import load_regions

SIDOARJO, JAVA, NOBODYS = "35.15", "35", "3"


def test_a_region_contains_itself_and_what_lies_in_it(db):
    load_regions()

    in_java = Region.objects.filter(inside([JAVA], "code"))

    assert set(in_java.exclude(code=JAVA).values_list("province", flat=True)) == {JAVA}
    assert in_java.count() == 1 + Region.objects.filter(province=JAVA).count()
    assert list(Region.objects.filter(inside([SIDOARJO], "code")).values_list("code")) == [
        (SIDOARJO,)
    ]


def test_no_region_contains_nothing_and_one_of_several_ways_is_enough(db):
    load_regions()

    assert not Region.objects.filter(inside([], "code")).exists()
    assert not Region.objects.filter(inside([NOBODYS], "code")).exists()
    either = Region.objects.filter(inside([JAVA], "code", "province__code"))
    assert either.count() == 1 + Region.objects.filter(province=JAVA).count()


def test_codes_lie_in_each_other_as_places_do():
    assert lies_in(SIDOARJO, [JAVA])
    assert lies_in(JAVA, ["52", JAVA])
    assert not lies_in(JAVA, [SIDOARJO])
    assert not lies_in("35.1", ["35.15"])
    assert not lies_in(None, [JAVA])
    assert not lies_in("", [JAVA])
