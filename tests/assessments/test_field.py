import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from ifn.assessments.actions import answering
from ifn.assessments.instruments.conditions import holds
from ifn.assessments.instruments.document import Kind
from ifn.assessments.instruments.expressions import parsed
from ifn.assessments.models import Answer, Assessment, Conflict, Package, Photo
from ifn.assessments.views import field, fieldposts
from ifn.assessments.views.fieldwords import REFUSALS, WORDS
from ifn.directory import actions as directory
from ifn.directory.models import Membership
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import AT, LATER, answered, approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, SIDOARJO, photo, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
CASES = json.loads((Path(__file__).parent / "conditions.json").read_text())
SCRIPTS = Path(apps.get_app_config("ui").path) / "static" / "ui" / "js" / "field"


@pytest.fixture
def officer(client):
    person = RegionalOfficerFactory(territory=[MOJOKERTO])
    client.force_login(person)
    return person


def page(name, **query):
    return reverse(f"assessments:field-{name}", query=query)


def packed(person, business, version, **changes):
    return {
        "uuid": str(uuid4()),
        "person": str(person.pk),
        "assessment": str(uuid4()),
        "business": business.number,
        "instrument": version.instrument.code,
        "digest": version.digest,
        "mode": "visit",
        "changes": [value("CUT_1", 3)],
        "assessed_on": "2026-08-01",
        "device_at": "2025-08-01T09:00:00.000Z",
        "finished": True,
    } | changes


def value(question, sent, base=None, side="assessor", field="value"):
    return {"question": question, "side": side, "field": field, "base": base, "sent": sent}


def send(client, content):
    body = content if isinstance(content, bytes) else json.dumps(content)
    return client.post(page("receive"), body, content_type="application/json")


def send_photo(client, person, one, content=None, **asked):
    given = {"orang": person.pk, "penilaian": one.uuid, "pertanyaan": "CUT_PHOTO"}
    asked = given | {"sisi": "assessor"} | asked
    body = photo() if content is None else content
    return client.post(page("photo", **asked), body, content_type="image/jpeg")


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


class TestReceiving:
    def test_a_finished_form_arrives_once_however_often_it_is_sent(self, client, officer):
        content = packed(officer, registered(profile()), in_use())

        first, again = send(client, content), send(client, content)

        assert first.status_code == again.status_code == 200
        assert first.json() == again.json()
        assert first.json()["state"] == "submitted"
        assert first.json()["now"]["stands"] == [["CUT_1", "assessor", 3, ""]]
        assert Assessment.objects.count() == Package.objects.count() == 1

    def test_a_conflict_comes_back_field_by_field_and_overwrites_nothing(self, client, officer):
        one = started(registered(profile()))
        answered(one, {"CUT_1": 1})
        content = packed(officer, one.business, one.version, assessment=str(one.uuid))

        said = send(client, content).json()

        (conflict,) = said["conflicts"]
        assert (conflict["here"], conflict["sent"]) == (1, 3)
        assert (said["not_finished"], said["now"]["conflicts"]) == ("Undecided", 1)
        assert Answer.objects.get().value == 1

    def test_what_is_no_answer_is_said_in_words(self, client, officer):
        changes = [value("CUT_1", 9), value("CUT_2", True)]
        content = packed(officer, registered(profile()), in_use(), changes=changes)

        said = send(client, content).json()

        assert said["refused"][0]["said"] == "“9” bukan tingkat; pakai 0, 1, 2, 3, atau 4."
        assert Answer.objects.get().question == "CUT_2"

    def test_a_clock_that_is_wrong_by_a_year_dates_nothing(self, client, officer):
        ahead = now() + timedelta(days=400)
        content = packed(
            officer,
            registered(profile()),
            in_use(),
            device_at=ahead.isoformat(),
            assessed_on=ahead.date().isoformat(),
        )

        assert send(client, content).status_code == 200
        assert Assessment.objects.get().assessed_on <= now().astimezone().date()

    def test_a_firm_elsewhere_is_refused_in_words_and_kept(self, client, officer):
        content = packed(officer, registered(profile(region=SIDOARJO)), in_use())

        answer = send(client, content)

        assert answer.status_code == 422
        assert answer.json()["refused"] == "rights"
        assert Package.objects.get().content == content

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"\xff\xfe",
            b"[]",
            b'{"uuid": NaN}',
            b"[" * 100_000,
            b'{"uuid": "x", "assessment": "y", "changes": []}',
        ],
    )
    @pytest.mark.usefixtures("officer")
    def test_what_cannot_be_read_is_refused(self, client, body):
        answer = send(client, body)

        assert (answer.status_code, answer.json()["refused"]) == (422, "malformed")
        assert not Package.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"changes": "all"},
            {"changes": [value("CUT_1", {"deep": 1})]},
            {"changes": [value("CUT_1", 1, side="nobody")]},
            {"changes": [value("CUT_1", 1, field="pk")]},
            {"changes": [7]},
            {"changes": [value("CUT_1", 1)] * 2_001},
            {"assessment": 5},
        ],
    )
    def test_what_calls_itself_a_package_is_kept_as_far_as_it_can_be_read(
        self, client, officer, wrong
    ):
        content = packed(officer, registered(profile()), in_use()) | wrong

        answer = send(client, content)

        assert answer.json()["refused"] == "malformed"
        kept = Package.objects.get()
        assert (kept.refusal, kept.content) == ("malformed", content)
        assert not Assessment.objects.exists()

    def test_signs_that_no_database_keeps_are_taken_out(self, client, officer):
        words = value("CUT_1", "a\0b\ud800c", base="", field="words")
        content = packed(officer, registered(profile()), in_use())
        content["changes"] += [words, value("STORY", "HUGE")]

        answer = send(client, json.dumps(content).replace('"HUGE"', "1e999").encode())

        assert answer.status_code == 200
        assert Answer.objects.get(question="CUT_1").words == "ab?c"

    def test_nobody_sends_for_somebody_else_nor_reads_their_receipt(self, client, officer):
        other = RegionalOfficerFactory(territory=[MOJOKERTO])
        content = packed(other, registered(profile()), in_use())

        assert send(client, content).json()["refused"] == "person"
        assert not Package.objects.exists()
        client.force_login(other)
        assert send(client, content).status_code == 200
        client.force_login(officer)
        assert send(client, content | {"person": str(officer.pk)}).json()["refused"] == "person"

    @pytest.mark.usefixtures("officer")
    def test_too_much_is_refused_before_it_is_read(self, client):
        answer = send(client, b" " * (2 * 1024 * 1024 + 1))

        assert (answer.status_code, answer.json()["refused"]) == (413, "too_large")

    def test_too_often_is_told_when_to_come_back(self, client, officer, monkeypatch):
        monkeypatch.setattr(fieldposts, "A_MINUTE", 2)
        content = packed(officer, registered(profile()), in_use())

        answers = [send(client, content) for _ in range(3)]

        assert [one.status_code for one in answers] == [200, 200, 429]
        assert 0 < int(answers[2]["Retry-After"]) <= 60

    def test_whoever_is_signed_out_is_asked_to_sign_in(self, client):
        assert send(client, {}).status_code == 302

    def test_a_form_without_token_is_refused(self, officer):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(officer)

        assert send(strict, {}).status_code == 403
        strict.get(page("supplies"))
        token = strict.cookies["csrftoken"].value
        answer = strict.post(
            page("receive"), "{}", content_type="application/json", headers={"x-csrftoken": token}
        )
        assert answer.json()["refused"] == "malformed"

    def test_of_two_questionnaires_with_the_same_words_the_named_one_is_taken(
        self, client, officer
    ):
        first, second = in_use(), in_use()
        assert first.digest == second.digest

        for version in (first, second):
            send(client, packed(officer, registered(profile()), version))

        versions = Assessment.objects.order_by("pk").values_list("version", flat=True)
        assert list(versions) == [first.pk, second.pk]


class TestPhotos:
    def test_one_is_there_once_however_often_it_is_sent(self, client, officer):
        one = started(registered(profile()))

        answers = [send_photo(client, officer, one) for _ in range(2)]

        assert [answer.json() for answer in answers] == [{"taken": True}] * 2
        assert Photo.objects.get().added_by == officer

    def test_a_sixth_of_one_question_is_refused(self, client, officer, monkeypatch):
        monkeypatch.setattr(answering, "MOST_PHOTOS", 1)
        one = started(registered(profile()))
        send_photo(client, officer, one)

        answer = send_photo(client, officer, one, photo((900, 600)))

        assert answer.json()["refused"] == "too_many_photos"
        assert Photo.objects.count() == 1

    @pytest.mark.parametrize(
        ("content", "asked", "code"),
        [
            (b"no picture at all", {}, "picture"),
            (b"", {}, "picture"),
            (b"%PDF-1.4\n%%EOF", {}, "not_a_picture"),
            (None, {"pertanyaan": "GONE"}, "question"),
            (None, {"penilaian": uuid4()}, "assessment"),
            (None, {"penilaian": "x"}, "malformed"),
            (None, {"sisi": "nobody"}, "closed"),
            (None, {"orang": 0}, "person"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_with_the_reason(
        self, client, officer, content, asked, code
    ):
        answer = send_photo(client, officer, started(registered(profile())), content, **asked)

        assert (answer.status_code, answer.json()["refused"]) == (422, code)
        assert answer.json()["said"]
        assert not Photo.objects.exists()

    def test_none_is_added_elsewhere_nor_to_what_is_approved(self, client, officer):
        other = started(registered(profile(region=SIDOARJO)))
        closed = approved(started(registered(profile())))

        assert send_photo(client, officer, other).json()["refused"] == "rights"
        assert send_photo(client, officer, closed).json()["refused"] == "closed"

    def test_one_that_is_too_large_is_refused_before_it_is_read(self, client, officer):
        answer = send_photo(client, officer, started(registered(profile())), b"x" * 2_100_000)

        assert answer.status_code == 413


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


def test_a_receipt_says_what_stands_after_a_decision(client, officer):
    one = submitted(started(registered(profile())))
    content = packed(officer, one.business, one.version, assessment=str(one.uuid))
    content["changes"] = [value("CUT_1", 0, base=4, side="own")]
    send(client, content)

    said = send(client, content).json()

    assert said["now"]["state"] == "submitted"
    assert Conflict.objects.get().side == "own"
    assert one.changed_at < LATER
