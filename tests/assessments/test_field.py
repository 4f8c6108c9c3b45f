import json
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from ifn.assessments.instruments.conditions import holds
from ifn.assessments.instruments.document import Kind
from ifn.assessments.instruments.expressions import parsed
from ifn.assessments.views import field
from ifn.assessments.views.fieldwords import REFUSALS, WORDS
from ifn.directory import actions as directory
from ifn.directory.models import Membership
from tests.assessments.phones import page
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import AT, answered, approved, in_use, started
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
CASES = json.loads((Path(__file__).parent / "conditions.json").read_text())
SCRIPTS = Path(apps.get_app_config("ui").path) / "static" / "ui" / "js" / "field"


@pytest.fixture
def officer(client):
    person = RegionalOfficerFactory(territory=[MOJOKERTO])
    client.force_login(person)
    return person


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"] or "nothing")
def test_conditions_hold_as_the_table_says(case):
    kinds = {code: Kind(kind) for code, kind in case["kinds"].items()}

    assert holds(parsed(case["expression"], kinds), case["answers"]) is case["holds"]


class TestPage:
    def test_it_holds_nothing_of_whoever_asks(self, client):
        alone = client.get(reverse("assessments:field")).content
        client.force_login(OfficerFactory(name="Sri Rahasia"))

        assert client.get(reverse("assessments:field")).content == alone

    @pytest.mark.parametrize("code", ["id", "en"])
    def test_the_worker_keeps_the_page_of_its_language_and_every_module(self, client, code):
        with translation.override(code):
            answer = client.get(page("worker"))
            own = reverse("assessments:field")

        said = answer.content.decode()
        told = json.loads(said[said.index("attend({") + 7 : said.rindex(")")])
        assert answer["Service-Worker-Allowed"] == told["page"] == own
        assert answer["Content-Type"].startswith("text/javascript")
        kept = {Path(name).name for name in told["files"] if "/js/field/" in name}
        assert kept == {path.name for path in SCRIPTS.glob("*.js")} - {"worker.js"}

    def test_the_manifest_is_in_the_language_and_its_icons_are_there(self, client):
        said = client.get(f"/en{page('manifest')}").json()

        assert (said["lang"], said["scope"]) == ("en", "/en/lapangan")
        assert said["name"] == "Assessments in the field"
        static = Path(apps.get_app_config("ui").path) / "static"
        assert all(
            (static / icon["src"].removeprefix("/static/")).exists() for icon in said["icons"]
        )

    def test_every_word_the_scripts_use_is_there(self):
        used = {
            name
            for path in SCRIPTS.glob("*.js")
            for part in path.read_text().split("words.")[1:]
            if (
                name := part[: next(i for i, c in enumerate(part) if not (c.isalnum() or c == "_"))]
            )
        }

        assert used - set(WORDS) == set()
        assert len(used) > 50


class TestSupplies:
    def test_who_is_not_signed_in_is_asked_to(self, client):
        for name in ("supplies", "firms"):
            answer = client.get(page(name))
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("accounts:sign-in"))

    @pytest.mark.usefixtures("officer")
    def test_a_dinas_takes_along_the_firms_of_its_regions(self, client):
        own = registered(profile(name="Milik Sendiri"))
        registered(profile(name="Milik Lain", region=SIDOARJO))
        directory.hide(registered(profile(name="Hilang")), reason="x", actor=None, at=AT)

        said = client.get(page("firms")).json()

        assert [row[:2] for row in said["firms"]] == [[own.number, "Milik Sendiri"]]
        assert said["firms"][0][2:] == ["Kab. Mojokerto, Jawa Timur", "visit"]
        assert (said["count"], said["next"]) == (1, "")

    @pytest.mark.usefixtures("officer")
    def test_nothing_is_sent_again_while_nothing_changed(self, client):
        registered(profile())
        tag = client.get(page("firms"))["ETag"]

        assert client.get(page("firms"), headers={"if-none-match": tag}).status_code == 304
        registered(profile(name="Baru"))
        again = client.get(page("firms"), headers={"if-none-match": tag})
        assert len(again.json()["firms"]) == 2

    @pytest.mark.usefixtures("officer")
    def test_firms_come_in_pages(self, client, monkeypatch):
        monkeypatch.setattr("ifn.assessments.queries.field.FIRMS_A_PAGE", 2)
        numbers = {registered(profile(name=f"Usaha {n}")).number for n in range(3)}

        first = client.get(page("firms")).json()
        second = client.get(page("firms", setelah=first["next"])).json()

        assert len(first["firms"]) == 2
        assert {row[0] for row in first["firms"] + second["firms"]} == numbers
        assert second["next"] == ""

    def test_the_desk_takes_along_a_region(self, client):
        client.force_login(OfficerFactory(duties=["programme"]))
        registered(profile())
        other = registered(profile(name="Lain", region=SIDOARJO))

        assert client.get(page("firms")).json()["count"] == 2
        said = client.get(page("firms", wilayah=SIDOARJO)).json()
        assert [row[0] for row in said["firms"]] == [other.number]

    def test_an_owner_takes_along_what_they_look_after_alone(self, client):
        owner, business = UserFactory(), registered(profile())
        registered(profile(name="Lain"))
        viewed = registered(profile(name="Dilihat"))
        for one, role in ((business, "owner"), (viewed, "viewer")):
            Membership.objects.create(business=one, person=owner, role=role, since=AT)
        client.force_login(owner)

        rows = client.get(page("firms")).json()["firms"]

        assert [(row[0], row[3]) for row in rows] == [(business.number, "self")]

    def test_forms_and_what_is_begun_come_along_with_what_stands_there(self, client, officer):
        version = in_use()
        one = started(registered(profile()), version)
        answered(one, {"CUT_1": 2})
        started(registered(profile(region=SIDOARJO)), version)

        said = client.get(page("supplies")).json()

        assert said["person"] == {"key": str(officer.pk), "name": officer.name}
        assert [form["digest"] for form in said["forms"]] == [version.digest]
        assert [sheet["uuid"] for sheet in said["sheets"]] == [str(one.uuid)]
        assert said["sheets"][0]["stands"] == [["CUT_1", "assessor", 2, ""]]
        assert said["sheets"][0]["sides"] == ["assessor", "own"]
        tag = client.get(page("supplies"))["ETag"]
        assert client.get(page("supplies"), headers={"if-none-match": tag}).status_code == 304

    @pytest.mark.usefixtures("officer")
    def test_what_is_closed_comes_only_to_whoever_asks_for_it_and_may_see_it(self, client):
        version = in_use()
        own = approved(started(registered(profile()), version))
        other = approved(started(registered(profile(region=SIDOARJO)), version))

        assert client.get(page("supplies")).json()["sheets"] == []
        asked = f"{page('supplies')}?penilaian={own.uuid}&penilaian={other.uuid}&penilaian=x"
        (sheet,) = client.get(asked).json()["sheets"]
        assert (sheet["uuid"], sheet["state"]) == (str(own.uuid), "approved")

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.usefixtures("officer")
    def test_they_cost_the_same(self, client, number, django_assert_max_num_queries):
        version = in_use()
        for n in range(number):
            answered(started(registered(profile(name=f"Firma {n}")), version))

        with django_assert_max_num_queries(14):
            client.get(page("supplies"))
        with django_assert_max_num_queries(8):
            client.get(page("firms"))


def test_whoever_signs_out_leaves_another_token_behind(client, officer):
    client.get(page("supplies"))
    before = client.cookies["csrftoken"].value

    client.post(reverse("accounts:sign-out"))

    assert client.cookies["csrftoken"].value != before


def test_every_refusal_has_words(language):
    assert all(str(said) for said in [*WORDS.values(), *REFUSALS.values()])
    assert {"firm", "version", "rights", "mode", "malformed"} <= set(REFUSALS)


def test_the_page_lists_every_module_it_is_made_of():
    named = {Path(name).stem for name in field.FILES if "/js/" in name}

    assert named == {path.stem for path in SCRIPTS.glob("*.js")} - {"worker"}
