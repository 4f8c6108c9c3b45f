import pytest

from ifn.api.schemas import BusinessQuery
from ifn.directory import actions
from ifn.directory.opendata.fields import LISTED_FIELDS, OPEN_FIELDS
from ifn.directory.search.filters import PARAMETERS
from tests.factories.directory import (
    BANDUNG,
    LATER,
    LATER_ON,
    full_profile,
    organisation,
    profile,
    registered,
    revised,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def names(answer):
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["data"]]


def faults(answer):
    assert answer.status_code == 422
    return {one["parameter"]: one["message"] for one in answer.json()["errors"]}


def hide(business):
    actions.hide(business, actor=None, at=LATER, reason="closed")


def test_a_page_holds_every_field_of_lists_and_says_how_many_there_are(api):
    registered(full_profile())

    body = api("businesses").json()

    assert list(body["data"][0]) == [field.name for field in LISTED_FIELDS]
    assert (body["total"], body["sort"], body["next_cursor"], body["next"]) == (
        *(1, "stable"),
        *(None, None),
    )


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"province": "32"}, ["Sol Bandung"]),
        ({"regency": "35.16"}, ["Langkah Jaya"]),
        ({"province": ["32", "35"]}, ["Sol Bandung", "Langkah Jaya", "Koperasi Alas Kaki"]),
        ({"kind": "organisation"}, ["Koperasi Alas Kaki"]),
        ({"role": "PR_MAKLON"}, ["Langkah Jaya"]),
        ({"role": "pr-maklon"}, ["Langkah Jaya"]),
        ({"link": "components"}, ["Sol Bandung"]),
        ({"certificate": "SNI_0111"}, ["Langkah Jaya"]),
        ({"job_order": "true"}, ["Langkah Jaya"]),
        ({"job_order": "false"}, ["Sol Bandung", "Langkah Jaya", "Koperasi Alas Kaki"]),
        ({"capacity_min": 4000}, ["Langkah Jaya"]),
        ({"minimum_order_max": 40}, []),
        ({"minimum_order_max": 50}, ["Langkah Jaya"]),
        ({"q": "sneakers"}, ["Langkah Jaya"]),
    ],
)
def test_filters_mean_what_they_mean_on_the_page(api, parameters, found):
    registered(profile(name="Sol Bandung", region=BANDUNG))
    registered(full_profile())
    registered(organisation())

    assert names(api("businesses", **parameters)) == found


def test_every_filter_of_the_page_is_one_of_the_api():
    assert set(PARAMETERS) <= set(BusinessQuery.model_fields)


def test_confirmed_since_leaves_out_what_was_confirmed_before(api):
    registered(profile(name="Lama"))
    fresh = registered(profile(name="Baru"))
    actions.confirm(fresh, on=LATER_ON, actor=None, at=LATER)

    assert names(api("businesses", confirmed_since="2026-07-01")) == ["Baru"]


def test_near_ranks_by_distance(api):
    registered(profile(name="Sol Bandung", region=BANDUNG))
    registered(profile(name="Sol Mojokerto"))

    body = api("businesses", near="35.15").json()

    assert [one["name"] for one in body["data"]] == ["Sol Mojokerto", "Sol Bandung"]
    assert (body["sort"], body["next_cursor"]) == ("distance", None)


def test_rankings_have_one_page_and_words_can_be_walked_in_the_stable_order(api, walk):
    for number in range(5):
        registered(profile(name=f"Sol {number}"))

    ranked = api("businesses", q="sol", limit=2).json()

    assert (ranked["sort"], ranked["total"], ranked["next"]) == ("relevance", 5, None)
    assert walk(q="sol", sort="stable", limit=2) == [f"Sol {number}" for number in range(5)]


def test_pages_lead_through_everything_once(walk):
    expected = [registered(profile(name=f"Sol {number}")).name for number in range(7)]

    for limit in (1, 3, 7, 100):
        assert walk(limit=limit) == expected


def test_next_is_an_address_with_the_same_filter(api, client):
    for number in range(3):
        registered(profile(name=f"Sol {number}"))

    first = api("businesses", province="35", limit=2)

    following = first.json()["next"]
    assert first["Link"] == f'<{following}>; rel="next"'
    assert names(client.get(following.removeprefix("http://127.0.0.1:8000"))) == ["Sol 2"]


def test_nothing_that_stays_is_skipped_or_repeated_while_data_changes(walk):
    firms = [registered(profile(name=f"Sol {number:02}")) for number in range(12)]

    def change(page):
        if page == 1:  # behind and ahead of the cursor
            hide(firms[0])
            hide(firms[9])
        elif page == 2:
            revised(firms[1], profile(name="Sol 01", minimum_order=5))
            revised(firms[7], profile(name="Sol 07", minimum_order=5))
            registered(profile(name="Sol baru"))
        elif page == 3:
            hide(firms[8])  # perhaps the one the cursor names

    met = walk(change, limit=3)

    staying = [f"Sol {number:02}" for number in range(12) if number not in {0, 8, 9}]
    assert [name for name in met if name in staying] == staying
    assert len(met) == len(set(met))
    assert "Sol baru" in met


def test_a_profile_that_begins_to_fit_behind_the_cursor_repeats_nothing(walk):
    firms = [registered(profile(name=f"Sol {number}", region=BANDUNG)) for number in range(4)]
    other = registered(profile(name="Pindah"))

    met = walk(
        lambda _page: revised(firms[0], profile(name="Sol 0")) and hide(other),
        province="32",
        limit=2,
    )

    assert met == ["Sol 0", "Sol 1", "Sol 2", "Sol 3"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"province": "32"}, "cursor-of-another-filter"),
        ({"q": "sol", "sort": "stable"}, "cursor-of-another-filter"),
        ({"confirmed_since": "2026-01-01"}, "cursor-of-another-filter"),
        ({"cursor": "abc"}, "cursor-unreadable"),
        ({"cursor": "1.0123456789abcdef.x"}, "cursor-unreadable"),
        ({"cursor": "\x00é.."}, "cursor-unreadable"),
    ],
)
def test_a_cursor_of_another_filter_is_refused_with_a_clear_message(api, changes, code):
    for number in range(3):
        registered(profile(name=f"Sol {number}"))
    cursor = api("businesses", limit=1).json()["next_cursor"]

    answer = api("businesses", **{"cursor": cursor} | changes)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/api#{code}")
    assert "again" in answer.json()["detail"]


def test_a_cursor_goes_on_with_another_length_of_page(api):
    for number in range(4):
        registered(profile(name=f"Sol {number}"))
    cursor = api("businesses", limit=1).json()["next_cursor"]

    assert names(api("businesses", limit=2, cursor=cursor)) == ["Sol 1", "Sol 2"]


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        ({"limit": "x"}, ("limit", "This is not a whole number.")),
        ({"limit": 0}, ("limit", "At least 1.")),
        ({"limit": 101}, ("limit", "At most 100.")),
        ({"role": "ZZ"}, ("role", "“ZZ” is not known.")),
        ({"province": "99"}, ("province", "“99” is not known.")),
        ({"near": "99"}, ("near", "No region has the code “99”.")),
        ({"sort": "size"}, ("sort", None)),
        ({"sort": "distance"}, ("sort", "Say with “near” where to measure distances from.")),
        ({"sort": "relevance", "near": "35.16"}, ("sort", None)),
        ({"capacity_min": 900_000_000}, ("capacity_min", "This is more than can be right.")),
        ({"fresh": "never"}, ("fresh", None)),
        ({"confirmed_since": "yesterday"}, ("confirmed_since", "Write a day as 2026-01-31.")),
        ({"job_order": "perhaps"}, ("job_order", "Write true or false.")),
        ({"q": "x" * 301}, ("q", "At most 300 characters.")),
        ({"provinsi": "35"}, ("provinsi", "There is no such parameter.")),
        ({"role": ["ZZ"] * 61}, ("role", "At most 60 values.")),
    ],
)
def test_what_cannot_be_used_is_named(api, parameters, fault):
    name, message = fault

    found = faults(api("businesses", **parameters))

    assert name in found
    assert message in {None, found[name]}


def test_what_was_made_of_the_words_is_said(api):
    registered(profile(name="Sol Jaya"))

    mended = api("businesses", q="soll jaya").json()
    assert mended["notes"] == ["“soll” was read as “sol”."]
    lacking = api("businesses", q="sol jaya zzzzqqqq").json()
    assert lacking["notes"] == ["Not everything found has: “zzzzqqqq”."]
    walked = api("businesses", q="soll jaya", sort="stable").json()
    assert (walked["total"], walked["notes"]) == (0, [])


def test_a_place_among_the_words_orders_by_distance_and_says_so(api):
    registered(profile(name="Sol Jaya"))

    assert api("businesses", q="dekat mojokerto").json()["sort"] == "distance"


def test_faults_are_told_in_the_language_of_the_program(api):
    answer = api("businesses", limit="x", headers={"Accept-Language": "id-ID,en;q=0.5"})

    assert faults(answer) == {"limit": "Ini bukan bilangan bulat."}
    assert answer["Content-Language"] == "id"


def test_what_contradicts_itself_is_answered_with_a_note(api):
    body = api("businesses", province="32", regency="35.16").json()

    assert (body["total"], len(body["notes"])) == (0, 1)


@pytest.mark.parametrize("spelt", ["{public}", "{stored}", "{small}"])
def test_one_business_is_found_by_its_number_however_spelt(api, spelt):
    business = registered(full_profile())
    number = spelt.format(
        public=business.public_number, stored=business.number, small=business.number.lower()
    )

    body = api(f"businesses/{number}").json()

    assert list(body) == [field.name for field in OPEN_FIELDS]
    assert body["story_en"] == "We began on a porch."


@pytest.mark.parametrize(
    ("number", "code"),
    [("IFN-2222-3", "mistyped-number"), ("IFN-9GXV-Q", "no-such-number"), ("ab", "not-here")],
)
def test_a_number_that_leads_nowhere_says_why(api, number, code):
    answer = api(f"businesses/{number}")

    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (404, code)


def test_a_hidden_profile_is_gone_at_once(api):
    business = registered()
    hide(business)

    assert names(api("businesses")) == []
    assert api(f"businesses/{business.public_number}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many(api, count, django_assert_max_num_queries):
    for number in range(count):
        registered(full_profile(name=f"Sol {number}"))
    api("businesses")

    with django_assert_max_num_queries(5):
        assert len(names(api("businesses"))) == count
