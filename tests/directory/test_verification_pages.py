"""The officer's page of what was verified: shown, verified, withdrawn, refused in words."""

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.audit.models import Entry
from ifn.directory import actions
from ifn.directory.models import Membership, Verification
from ifn.directory.verified import TOPICS, WORDS, latest_end, usual_end
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    LATER,
    MOJOKERTO,
    let_expire,
    photo,
    profile,
    registered,
    verified,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

TODAY = localdate()
PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def business():
    return registered(profile(region=MOJOKERTO))


@pytest.fixture
def officer(client):
    person = OfficerFactory(name="Sri Wahyuni", duties=["verifier"])
    client.force_login(person)
    return person


def page(name, *arguments, code="en"):
    with translation.override(code):
        return reverse(f"directory:{name}", args=arguments)


def text_of(answer):
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def part(answer, topic):
    [found] = [one for one in answer.context["parts"] if one.topic == topic]
    return found


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def send(client, business):
    """Return a function that sends the form of a topic as a browser would."""

    def sent(topic="legality", *, upload=PDF, name="akta.pdf", **changes):
        address = page("verification", business.number)
        form = part(client.get(address), topic).form
        values = {
            bound.html_name: bound.value() or "" for bound in form if bound.name != "evidence"
        }
        values |= {"note": "Akta dan NIB dilihat."} | changes
        if upload is not None:
            values["evidence"] = SimpleUploadedFile(name, upload)
        return client.post(address, values, follow=True)

    return sent


class TestVerifying:
    @pytest.mark.parametrize("topic", TOPICS)
    def test_a_topic_is_verified_with_its_evidence(self, client, officer, business, send, topic):
        answer = send(topic)

        made = Verification.objects.get()
        assert (made.topic, made.checked_on, made.verifier) == (topic, TODAY, officer)
        assert made.expires_on == usual_end(topic, TODAY)
        assert said(answer) == [f"“{made.get_topic_display()}” is verified."]
        assert part(answer, topic).standing.verification == made
        paper = page("evidence", business.number, made.pk)
        assert paper in answer.content.decode()
        assert client.get(paper).getvalue()
        assert Entry.objects.get(event="directory.evidence.read").actor == officer

    @pytest.mark.usefixtures("officer")
    def test_it_is_shown_with_office_days_person_and_history(self, send):
        html = text_of(send(note="NIB dicocokkan."))

        assert "by BPIPI, valid until" in html
        for words in ("Sri Wahyuni", "NIB dicocokkan.", "Verified<br><small>Legality</small>"):
            assert words in html, words

    @pytest.mark.usefixtures("officer")
    def test_it_speaks_indonesian(self, client, business):
        verified(business, "place")

        html = text_of(client.get(page("verification", business.number, code="id")))

        for words in (
            "Verifikasi",
            "Belum diverifikasi",
            "Berlaku",
            "Pesanan dikonfirmasi pembeli",
        ):
            assert words in html, words

    @pytest.mark.usefixtures("officer")
    def test_sent_twice_it_is_there_once(self, send):
        first = {"replaces": ""}

        send(**first)
        answer = send(**first)

        assert Verification.objects.count() == 1
        assert said(answer) == ["“Legality” is verified."]

    @pytest.mark.usefixtures("officer")
    def test_who_was_slower_sees_what_stands(self, business, send):
        verified(business)

        answer = send(replaces="", note="Lain.")

        assert "Somebody verified or withdrew this meanwhile." in text_of(answer)
        assert Verification.objects.count() == 1
        assert part(answer, "legality").form["note"].value() == "Lain."

    @pytest.mark.usefixtures("officer")
    def test_a_newer_check_replaces_the_older_which_stays_in_sight(self, business, send):
        old = verified(business)

        answer = send(note="Dilihat lagi.")

        assert [one.verification for one in part(answer, "legality").before] == [old]
        assert "Replaced by a newer check" in text_of(answer)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"upload": None}, "This field is required."),
            ({"upload": b"bukan gambar"}, "neither a PDF nor a picture"),
            ({"upload": b""}, "empty"),
            ({"upload": b"<html>", "name": "akta.pdf"}, "neither a PDF nor a picture"),
            ({"note": ""}, "This field is required."),
            ({"checked_on": ""}, "This field is required."),
            ({"checked_on": "kemarin"}, "Enter a valid date."),
            ({"checked_on": TODAY + timedelta(days=1)}, "This day has not come yet."),
            ({"expires_on": TODAY}, "It must hold longer than the day of the check."),
            ({"expires_on": latest_end(TODAY) + timedelta(days=1)}, "At most 60 months"),
            ({"checked_on": TODAY - timedelta(days=2000)}, "the check is too old to count"),
        ],
    )
    @pytest.mark.usefixtures("officer")
    def test_what_cannot_be_is_said_at_the_field(self, send, changes, words):
        answer = send(**changes)

        assert words in text_of(answer)
        assert Verification.objects.count() == 0
        assert part(answer, "legality").form.errors
        assert not part(answer, "place").form.errors

    @pytest.mark.usefixtures("officer")
    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self, send, monkeypatch):
        monkeypatch.setattr("ifn.directory.evidence.LARGEST_FILE", 30)

        assert "at most 25 MB can be sent" in text_of(send())
        assert Verification.objects.count() == 0

    @pytest.mark.usefixtures("officer")
    def test_a_photo_from_a_phone_is_evidence(self, send):
        send("place", upload=photo(), name="IMG_1.jpg")

        assert Verification.objects.get().evidence.endswith(".jpg")

    @pytest.mark.usefixtures("officer")
    def test_an_unknown_topic_verifies_nothing(self, client, business):
        answer = client.post(page("verification", business.number), {"topic": "beauty"})

        assert answer.status_code == HTTPStatus.OK
        assert Verification.objects.count() == 0


class TestWithdrawing:
    def withdraw(self, client, made, reason="Alamat ternyata lain"):
        address = page("withdraw-verification", made.business.number, made.pk)
        return client.post(address, {"reason": reason}, follow=True)

    @pytest.mark.usefixtures("officer")
    def test_it_is_withdrawn_with_a_reason(self, client, business):
        made = verified(business)

        answer = self.withdraw(client, made)

        assert said(answer) == ["The verification is withdrawn; nobody sees the mark now."]
        assert part(answer, "legality").standing is None
        assert "Alamat ternyata lain" in text_of(answer)

    @pytest.mark.usefixtures("officer")
    def test_without_a_reason_nothing_happens(self, client, business):
        answer = self.withdraw(client, verified(business), "  ")

        assert said(answer) == ["Write why the verification is withdrawn."]
        assert part(answer, "legality").standing is not None

    @pytest.mark.usefixtures("officer")
    def test_a_second_time_it_is_said_so(self, client, business):
        made = verified(business)
        self.withdraw(client, made)

        assert said(self.withdraw(client, made)) == ["It was withdrawn or replaced already."]


class TestWhoMay:
    def test_a_dinas_verifies_the_place_and_reads_no_notes_of_papers(self, client, business):
        verified(business, note="NIK 3516...")
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        answer = client.get(page("verification", business.number))

        assert [one.topic for one in answer.context["parts"] if one.form] == ["place"]
        assert "NIK 3516" not in text_of(answer)
        assert "/bukti" not in text_of(answer)

    def test_a_dinas_cannot_send_the_form_of_another_topic(self, client, business):
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))
        values = {"topic": "legality", "checked_on": TODAY, "note": "x"}
        values["evidence"] = SimpleUploadedFile("akta.pdf", PDF)

        answer = client.post(page("verification", business.number), values)

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert Verification.objects.count() == 0

    def test_a_verifier_of_the_business_is_refused(self, client, officer, business):
        Membership.objects.create(business=business, person=officer, role="viewer", since=AT)

        assert client.get(page("verification", business.number)).status_code == 403

    @pytest.mark.parametrize("name", ["edit", "overview"])
    def test_the_way_to_it_is_shown_to_whom_it_opens(self, client, business, name):
        way, shown = page("verification", business.number), []
        for duty in ("verifier", "data"):
            client.force_login(OfficerFactory(duties=[duty]))
            shown.append(way in client.get(page(name, business.number)).content.decode())

        assert shown == [True, False]

    @pytest.mark.usefixtures("officer")
    def test_no_such_profile(self, client):
        assert client.get(page("verification", "22222")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ("Checked on", "Expired on", "Not verified", "how to ask for it")),
        ("id", ("Diperiksa", "Kedaluwarsa sejak", "Belum diverifikasi", "cara memintanya")),
    ],
)
def test_its_own_people_see_how_every_topic_stands(client, business, code, words):
    verified(business, "place")
    let_expire(verified(business, "order"), TODAY - timedelta(days=1))
    viewer = UserFactory()
    Membership.objects.create(business=business, person=viewer, role="viewer", since=AT)
    client.force_login(viewer)

    html = text_of(client.get(page("overview", business.number, code=code)))

    assert [word for word in words if word not in html] == []


def test_what_expired_is_said(client, officer, business):
    let_expire(verified(business), TODAY - timedelta(days=1))

    answer = client.get(page("verification", business.number))

    assert str(part(answer, "legality").standing.label) == "Expired"
    assert "Enter a new check" in text_of(answer)


def test_every_topic_has_an_anchor_and_forms_have_names_of_their_own(client, officer, business):
    html = client.get(page("verification", business.number)).content.decode()

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(WORDS.values()) <= set(ids)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(
    client, officer, business, count, django_assert_num_queries
):
    replaces = None
    for number in range(count):
        replaces = verified(business, replaces=replaces, note=f"Ke-{number}").pk
    client.get(page("verification", business.number))

    with django_assert_num_queries(6):
        html = client.get(page("verification", business.number)).content.decode()

    assert html.count("/bukti") == count


def test_hidden_profiles_have_the_page_too(client, officer, business):
    actions.hide(business, reason="Tutup", actor=officer, at=LATER)

    assert client.get(page("verification", business.number)).status_code == HTTPStatus.OK
