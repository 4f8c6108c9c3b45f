import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from ifn.assessments.actions import answering
from ifn.assessments.models import Answer, Assessment, Conflict, Package, Photo
from ifn.assessments.views import fieldposts
from tests.assessments.phones import packed, page, send, send_photo, value
from tests.factories.accounts import RegionalOfficerFactory
from tests.factories.assessments import answered, approved, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, SIDOARJO, photo, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def officer(client):
    person = RegionalOfficerFactory(territory=[MOJOKERTO])
    client.force_login(person)
    return person


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
        answer = send(client, b" " * (1024 * 1024 + 1))

        assert (answer.status_code, answer.json()["refused"]) == (413, "too_large")

    def test_too_often_is_told_when_to_come_back(self, client, officer, monkeypatch):
        monkeypatch.setattr(fieldposts, "PACKAGES_A_MINUTE", 2)
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


def test_a_receipt_says_what_stands_after_a_decision(client, officer):
    one = submitted(started(registered(profile())))
    content = packed(officer, one.business, one.version, assessment=str(one.uuid))
    content["changes"] = [value("CUT_1", 0, base=4, side="own")]
    send(client, content)

    said = send(client, content).json()

    assert said["now"]["state"] == "submitted"
    assert Conflict.objects.get().side == "own"
