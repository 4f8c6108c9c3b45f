import pytest

from ifn.api.endpoints import description
from ifn.directory import actions
from tests.factories.accounts import UserFactory
from tests.factories.directory import LATER, profile, registered, revised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
PATHS = ["businesses", "regions", "vocabulary", "openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_reading_needs_no_sign_in_sets_no_cookie_and_is_open_to_every_site(api, path):
    answer = api(path, headers={"Origin": "https://toko.example"})

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert not answer.cookies


def test_browsers_may_ask_before_they_send_a_key(client):
    answer = client.options(
        "/api/v1/businesses",
        headers={"Origin": "https://toko.example", "Access-Control-Request-Method": "GET"},
    )

    assert answer.status_code == 204
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [*PATHS, "nothing/here", "businesses/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, path, method):
    client.handler.enforce_csrf_checks = True

    answer = getattr(client, method)(f"/api/v1/{path}")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["", "nothing", "businesses/", "docs"])
def test_an_unknown_address_is_answered_as_a_problem(api, path):
    answer = api(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_head_says_what_get_would_and_sends_nothing(client):
    registered()

    got, asked = client.get("/api/v1/businesses"), client.head("/api/v1/businesses")

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["Content-Length"] == got["Content-Length"]
    assert asked["ETag"] == got["ETag"]


@pytest.mark.parametrize("path", ["businesses", "regions", "vocabulary"])
def test_what_is_known_is_not_sent_again(api, path):
    tag = api(path)["ETag"]

    for given in (tag, tag.removeprefix("W/"), f'"x", {tag}'):
        again = api(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_any_change_of_a_listed_profile_makes_another_tag(api):
    business = registered()
    before = api("businesses")["ETag"]
    business = revised(business, profile(minimum_order=7))
    changed = api("businesses", headers={"If-None-Match": before})
    actions.hide(business, actor=None, at=LATER, reason="closed")
    hidden = api("businesses", headers={"If-None-Match": changed["ETag"]})

    assert (changed.status_code, hidden.status_code) == (200, 200)
    assert hidden.json()["total"] == 0


def test_a_profile_that_grows_old_makes_another_tag(api, settings):
    registered()
    before = api("businesses")["ETag"]
    settings.DORMANT_MONTHS, settings.STALE_MONTHS = 2, 1

    assert api("businesses", headers={"If-None-Match": before}).status_code == 200


def test_each_question_has_its_own_tag(api):
    assert api("regions")["ETag"] != api("regions", province="35")["ETag"]


def test_a_problem_has_no_tag_and_is_not_kept(api):
    answer = api("regions", province="99", headers={"If-None-Match": "*"})

    assert answer.status_code == 422
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_more_than_the_limit_is_refused_with_the_time_to_go_on(api, settings):
    settings.API_RATE = 10
    answers = [api("regions", province="35") for _time in range(11)]

    last = answers[-1]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert last["RateLimit-Policy"] == '"minute";q=10;w=60'
    assert last["RateLimit"].startswith('"minute";r=0;t=')
    assert 0 < int(last["Retry-After"]) <= 60
    assert last["Access-Control-Allow-Origin"] == "*"
    assert "10 requests a minute" in last.json()["detail"]


def test_one_place_does_not_use_up_the_quota_of_another(client, settings):
    settings.API_RATE = 1
    for place in ("203.0.113.1", "203.0.113.2"):
        assert client.get("/api/v1/regions", REMOTE_ADDR=place).status_code == 200
    assert client.get("/api/v1/regions", REMOTE_ADDR="203.0.113.1").status_code == 429


@pytest.mark.parametrize("name", ["key", "api_key", "API_KEY", "access_token"])
def test_a_key_in_the_address_is_refused_with_what_to_do(api, name):
    answer = api("businesses", **{name: "ifn_secret"})

    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#key-in-address")
    assert "Revoke it" in answer.json()["detail"]
    assert "ifn_secret" not in answer.content.decode()


def test_a_key_under_any_name_is_noticed(api):
    assert api("businesses", q="ifn_abcdefgh").status_code == 400


def test_being_signed_in_changes_nothing(client):
    client.force_login(UserFactory())

    assert client.get("/api/v1/businesses").status_code == 200


def test_the_description_is_openapi_3_1_and_names_every_answer():
    schema = description()

    assert schema["openapi"].startswith("3.1")
    assert set(schema["paths"]) == {
        "/api/v1/businesses",
        "/api/v1/businesses/{number}",
        "/api/v1/regions",
        "/api/v1/vocabulary",
    }
    for operations in schema["paths"].values():
        assert {"200", "304", "400", "401", "404", "422", "429"} <= {
            str(status) for status in operations["get"]["responses"]
        }


def test_regions_and_words_are_told_with_their_codes_as_text(api):
    east = api("regions", province="35").json()["data"]
    materials = api("vocabulary", vocabulary="material").json()["data"]

    assert [one["code"] for one in east[:2]] == ["35", "35.01"]
    assert east[1]["kind"] == "kabupaten"
    assert {one["vocabulary"] for one in materials} == {"material"}
    assert {"code": "COW", "parent": "LEATHER", "name_en": "Cowhide"}.items() <= next(
        one for one in materials if one["code"] == "COW"
    ).items()


@pytest.mark.parametrize(("path", "name"), [("regions", "province"), ("vocabulary", "vocabulary")])
def test_a_list_that_is_not_there_is_named(api, path, name):
    answer = api(path, **{name: "zz"})

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, name)


def test_a_key_is_found_behind_any_name_and_place(client):
    answer = client.get("/api/v1/businesses?q=ifn_secret&q=x")

    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (
        400,
        "key-in-address",
    )


def test_cookies_are_not_even_looked_at(client, django_assert_num_queries):
    client.force_login(UserFactory())
    client.get("/api/v1/regions")

    with django_assert_num_queries(2):  # whether the regions and the index changed
        answer = client.get("/api/v1/regions")

    assert "Cookie" not in answer["Vary"]
