"""Who may bring, see, decide and release lists; organisations meet the same pages, narrowed."""

from html import unescape
from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from ifn.directory import actions as directory
from ifn.directory.models import Business, Membership
from ifn.directory.profile import ContactFact
from ifn.intake import policies
from ifn.intake.finding import lists_for, organisations_of
from ifn.intake.models import List, Row
from tests.factories import lists
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    MOJOKERTO,
    SIDOARJO,
    full_profile,
    organisation,
    profile,
    registered,
)
from tests.intake import files
from tests.intake.test_list_pages import UPLOAD, typed

pytestmark = pytest.mark.usefixtures("reference")
LISTS = "/en/kerja/daftar"


@pytest.fixture
def association(reference):
    return registered(organisation())


def of(business, role):
    person = UserFactory(name=f"Orang {role}")
    Membership.objects.create(business=business, person=person, role=role, since=AT)
    return person


class TestPolicies:
    @pytest.mark.parametrize(
        ("made", "expected"),
        [
            (AnonymousUser, (False, False, False)),
            (UserFactory, (False, False, False)),
            (lambda: OfficerFactory(duties=["data"]), (True, True, True)),
            (lambda: OfficerFactory(duties=["verifier"]), (True, True, True)),
            (lambda: OfficerFactory(duties=["events"]), (False, False, False)),
            (lambda: RegionalOfficerFactory(territory=[MOJOKERTO]), (True, True, False)),
            (lambda: RegionalOfficerFactory(territory=["35"]), (True, True, False)),
            (lambda: RegionalOfficerFactory(territory=[SIDOARJO]), (True, False, False)),
            (
                lambda: RegionalOfficerFactory(territory=[MOJOKERTO], is_active=False),
                (False, False, False),
            ),
        ],
    )
    def test_uploading_seeing_and_releasing(self, made, expected):
        person, one = made(), lists.received(scope=[MOJOKERTO])

        found = (
            policies.can_upload(person),
            policies.can_see(person, one),
            policies.can_release(person),
        )

        assert found == expected
        assert policies.can_apply(person) == policies.can_release(person)

    def test_the_office_s_lists_are_the_office_s(self):
        one = lists.received()

        assert not policies.can_see(RegionalOfficerFactory(territory=["35"]), one)
        assert policies.can_see(OfficerFactory(duties=["data"]), one)

    def test_a_dinas_decides_rows_of_its_region(self):
        own = lists.row(lists.received())
        dinas = RegionalOfficerFactory(territory=[MOJOKERTO])
        elsewhere = RegionalOfficerFactory(territory=[SIDOARJO])

        assert policies.can_decide_row(dinas, own)
        assert not policies.can_decide_row(elsewhere, own)

    @pytest.mark.parametrize(
        ("kind", "role", "expected"),
        [
            ("organisation", "owner", True),
            ("organisation", "editor", True),
            ("organisation", "viewer", False),
            ("organisation", "", False),
            ("business", "owner", False),
        ],
    )
    def test_who_speaks_for_an_organisation(self, kind, role, expected):
        assert policies.may_bring_lists(Business(kind=kind, status="listed"), role) == expected

    def test_nobody_speaks_for_a_hidden_organisation(self):
        hidden = Business(kind="organisation", status="hidden")

        assert not policies.may_bring_lists(hidden, "owner")


class TestOrganisations:
    def test_whose_organisations_they_are(self, association):
        editor, viewer = of(association, "editor"), of(association, "viewer")
        firm_owner = of(registered(profile()), "owner")

        assert list(organisations_of(editor)) == [association.pk]
        assert organisations_of(viewer) == organisations_of(firm_owner) == {}
        directory.hide(association, reason="x", actor=None, at=AT)
        assert organisations_of(editor) == {}

    def test_lists_of_another_organisation_are_not_theirs(self, association):
        other = registered(organisation(name="Asosiasi Lain"))
        own = lists.received(organisation=association)
        lists.received(organisation=other, sha256="1" * 64)
        lists.received(sha256="2" * 64)

        assert list(lists_for(of(association, "owner"), [association.pk])) == [own]

    def test_an_editor_brings_a_list_and_an_officer_releases_it(self, client, association):
        client.force_login(of(association, "editor"))
        whom = f"organisation:{association.pk}"

        refused = client.post(UPLOAD, typed(files.csv(), whom="office"))
        client.post(UPLOAD, typed(files.csv(), whom=whom))

        assert "Select a valid choice." in refused.content.decode()
        received = List.objects.get()
        assert (received.organisation, received.is_of_office) == (association, False)
        List.objects.update(state="review")
        page = f"{LISTS}/{received.pk}"
        for do in ("release", "apply", "undo"):
            answer = client.post(page, {"do": do, "reason": "x"})
            assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "An officer’s turn" in unescape(client.get(page).content.decode())
        assert client.get(f"{page}/asli").getvalue() == files.csv()

    @pytest.mark.parametrize("who", ["viewer", "stranger"])
    def test_others_of_the_organisation_do_not_come_in(self, client, association, who):
        client.force_login(of(association, "viewer") if who == "viewer" else UserFactory())
        one = lists.received(organisation=association)

        for address in (LISTS, UPLOAD, f"{LISTS}/{one.pk}", f"{LISTS}/{one.pk}/baris"):
            assert client.get(address).status_code == HTTPStatus.FORBIDDEN

    def test_an_editor_sees_nothing_that_a_profile_shows_to_nobody(self, client, association):
        there = registered(full_profile(name="Langkah Jaya"))
        row = lists.maybe(lists.received(organisation=association), there, "Langkah Jaya")
        page = f"{LISTS}/{row.list_id}/baris/{row.position}"

        client.force_login(OfficerFactory(duties=["data"]))
        office = unescape(client.get(page).content.decode())
        client.force_login(of(association, "owner"))
        theirs = unescape(client.get(page).content.decode())

        for hidden in ("rahasia@langkah.example", "9120001234567", "same phone"):
            assert hidden in office
            assert hidden not in theirs
        assert "Jl. Sepatu 1" in theirs  # its owner shows the address to everybody

    def test_an_editor_sees_no_change_of_what_is_private(self, client, association):
        there = registered(full_profile())
        said = profile(
            name="Langkah Jaya", nib="8120001234567",
            contacts=(ContactFact("email", "baru@langkah.example", "nobody"),),
        )  # fmt: skip
        row = lists.row(
            lists.received(organisation=association), "Langkah Jaya", "same", facts=said,
            decision="join", business=there,
        )  # fmt: skip
        client.force_login(of(association, "owner"))

        page = f"{LISTS}/{row.list_id}/baris/{row.position}"
        html = unescape(client.get(page).content.decode())

        assert "What it changes" in html
        assert "not public" in html
        assert "9120001234567" not in html
        assert "rahasia@langkah.example" not in html

    def test_a_profile_that_is_not_public_is_left_to_the_office(self, client, association):
        there = registered(profile(name="Tersembunyi"))
        directory.hide(there, reason="x", actor=None, at=AT)
        row = lists.maybe(lists.received(organisation=association), there)
        page = f"{LISTS}/{row.list_id}/baris/{row.position}"
        client.force_login(of(association, "owner"))

        html = unescape(client.get(page).content.decode())
        assert "A profile that is not public" in html
        assert "Tersembunyi" not in html
        answer = client.post(page, {"same": there.pk, "seen": ""})

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert Row.objects.get(pk=row.pk).decision == ""

    def test_their_own_page_leads_there(self, client, association):
        client.force_login(of(association, "owner"))
        theirs = client.get("/en/saya").content.decode()
        client.force_login(of(registered(profile()), "owner"))
        firms = client.get("/en/saya").content.decode()

        assert "Bring a list of your members" in theirs
        assert "Bring a list of your members" not in firms


def test_visitors_are_asked_to_sign_in(client):
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("a.csv", b"x")})

    assert answer.status_code == HTTPStatus.FOUND
    assert "/masuk" in answer["Location"]
