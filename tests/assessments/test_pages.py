import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from ifn.assessments.actions.instruments import begin_version
from ifn.assessments.instruments.reading import read
from ifn.assessments.models import Answer, Assessment, InstrumentVersion, Photo
from ifn.assessments.queries.instruments import document_of
from ifn.assessments.xlsform import files, writing
from ifn.directory.models import Membership
from tests.assessments.documents import small
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import (
    AT,
    answered,
    approved,
    drafted,
    in_use,
    started,
    submitted,
)
from tests.factories.directory import MOJOKERTO, SIDOARJO, photo, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def officer(client):
    person = OfficerFactory(duties=["programme"])
    client.force_login(person)
    return person


@pytest.fixture
def owner(client):
    person = UserFactory()
    client.force_login(person)
    return person


def firm_of(person, role="owner", **facts):
    business = registered(profile(**facts))
    Membership.objects.create(business=business, person=person, role=role, since=AT)
    return business


def page(name, *args):
    return reverse(f"assessments:{name}", args=args)


def of(version, name="version", *more):
    return page(name, version.instrument.code, version.number, *more)


class TestQuestionnaires:
    def test_one_is_begun_with_an_xlsform(self, client, officer):
        content = files.written(writing.sheets(read(small()), code="x", title="Uji", version="1"))
        sent = SimpleUploadedFile("form.xlsx", content)

        client.post(
            page("new-instrument"),
            {"name_id": "Uji", "name_en": "Test", "code": "uji", "file": sent},
        )

        version = InstrumentVersion.objects.get()
        assert document_of(version) == read(small())
        assert version.created_by == officer

    @pytest.mark.usefixtures("officer")
    def test_a_form_with_faults_says_where_they_are(self, client):
        version = drafted()
        content = files.written({"survey": [["type", "name"], ["geopoint", "here"]]})
        sent = SimpleUploadedFile("form.xlsx", content)

        answer = client.post(of(version, "import"), {"file": sent, "edition": 1})

        assert answer.status_code == 400
        assert "baris 2, kolom A (type)" in answer.content.decode()
        version.refresh_from_db()
        assert version.edition == 1

    @pytest.mark.usefixtures("officer")
    def test_a_question_is_added_changed_moved_and_removed(self, client):
        version = drafted()
        given = {
            "edition": 1,
            "code": "CUT_9",
            "dimension": "CUT",
            "text_id": "Baru",
            "text_en": "New",
            "weight": "2",
            "expression": "${CUT_2} = 'yes'",
        }

        client.post(of(version, "new-question") + "?jenis=scale", given)
        client.post(of(version, "question", "CUT_9"), given | {"edition": 2, "weight": "3,5"})
        move = {"do": "move", "part": "CUT_9", "way": "up", "edition": 3}
        client.post(of(version, "act"), move)
        client.post(of(version, "act"), {"do": "remove", "part": "STORY", "edition": 4})

        version.refresh_from_db()
        made = document_of(version)
        assert made.by_code["CUT_9"].weight == 3.5
        assert made.by_code["CUT_9"].condition.value is True
        assert [one.code for one in made.questions_of("CUT")][-2:] == ["CUT_9", "CUT_PHOTO"]
        assert "STORY" not in made.by_code

    @pytest.mark.usefixtures("officer")
    def test_a_condition_that_is_not_understood_is_said(self, client):
        version = drafted()

        answer = client.post(
            of(version, "question", "CUT_1"),
            {"edition": 1, "code": "CUT_1", "dimension": "CUT", "expression": "count(x)"},
        )

        assert "count(x)" in answer.context["form"].errors["expression"][0]

    @pytest.mark.usefixtures("officer")
    def test_dimensions_and_levels_are_changed(self, client):
        version = drafted()
        client.post(
            of(version, "new-dimension"),
            {"edition": 1, "code": "HR", "name_id": "SDM", "name_en": "People", "weight": "1"},
        )
        words = {f"level_{n}_{key}": f"T{n}" for n in range(5) for key in ("id", "en")}
        client.post(of(version, "levels"), words | {"edition": 2, "is_proposal": "on"})

        version.refresh_from_db()
        made = document_of(version)
        assert made.dimensions[-1].name.en == "People"
        assert (made.levels[4].id, made.is_proposal) == ("T4", True)

    @pytest.mark.usefixtures("officer")
    def test_somebody_elses_change_is_not_overwritten(self, client):
        version = drafted()
        remove = {"do": "remove", "edition": 1}
        client.post(of(version, "act"), remove | {"part": "STORY"})

        answer = client.post(of(version, "act"), remove | {"part": "CUT_3"}, follow=True)

        version.refresh_from_db()
        assert "CUT_3" in document_of(version).by_code
        assert "Orang lain" in answer.content.decode()

    @pytest.mark.usefixtures("officer")
    def test_one_is_put_in_use_followed_and_retired(self, client):
        version = drafted()
        client.post(of(version, "act"), {"do": "use"})
        client.post(of(version, "act"), {"do": "next"})
        client.post(of(version, "act"), {"do": "retire"})

        version.refresh_from_db()
        assert version.state == "retired"
        assert version.instrument.versions.count() == 2

    @pytest.mark.usefixtures("officer")
    def test_what_remains_comparable_is_said(self, client):
        following = begin_version(in_use().instrument, actor=None, at=AT)

        client.post(of(following, "comparable"), {"CUT": "no", "MARKET": "yes"})

        following.refresh_from_db()
        assert following.comparable == {"CUT": False, "MARKET": True}

    @pytest.mark.usefixtures("officer")
    def test_it_goes_out_as_xlsform(self, client):
        book = load_workbook(io.BytesIO(client.get(of(drafted(), "export")).content))

        assert book.sheetnames == ["survey", "choices", "settings"]

    @pytest.mark.usefixtures("officer")
    def test_a_proposal_is_called_one_wherever_it_is_shown(self, client):
        version = in_use(read(small(is_proposal=True)))
        one = approved(started(version=version))

        for address in (
            of(version),
            of(version, "preview"),
            page("assessment", one.uuid),
            page("paper", one.uuid),
            page("overview"),
            page("by-need"),
            page("firm", one.business.number),
        ):
            assert "Usulan" in client.get(address).content.decode(), address

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.usefixtures("officer")
    def test_the_list_costs_the_same(self, client, number, django_assert_max_num_queries):
        for _one in range(number):
            in_use()

        with django_assert_max_num_queries(8):
            client.get(page("instruments"))


class TestAssessing:
    def test_a_firm_assesses_itself_and_hands_in(self, client, owner):
        business = firm_of(owner)
        version = in_use()
        begin = {"version": version.pk, "mode": "self", "assessed_on": "2026-08-01"}
        client.post(page("start", business.number), begin)
        one = Assessment.objects.get()

        client.post(page("fill", one.uuid, "CUT"), {"u-CUT_1": "3", "u-CUT_1-bukti": "Catatan"})
        client.post(page("submit", one.uuid))

        one.refresh_from_db()
        row = Answer.objects.get()
        assert (row.side, row.value, row.words) == ("own", 3, "Catatan")
        assert (one.state, one.submitted_by) == ("submitted", owner)

    def test_one_that_is_begun_is_opened_again(self, client, owner):
        business, version = firm_of(owner), in_use()
        begin = {"version": version.pk, "mode": "self", "assessed_on": "2026-08-01"}

        client.post(page("start", business.number), begin)
        client.post(page("start", business.number), begin)

        assert Assessment.objects.count() == 1

    def test_a_firm_writes_no_assessors_view(self, client, owner):
        one = started(firm_of(owner))

        client.post(page("fill", one.uuid, "CUT"), {"p-CUT_1": "4"})

        assert not Answer.objects.exists()

    @pytest.mark.usefixtures("officer")
    def test_a_number_with_a_comma_and_photos_are_kept(self, client):
        one = started()
        sent = SimpleUploadedFile("a.jpg", photo())

        client.post(page("fill", one.uuid, "FACTS"), {"u-WORKERS": "1.250,5"})
        client.post(page("fill", one.uuid, "CUT"), {"p-CUT_PHOTO-foto": sent})

        kept = Photo.objects.get()
        assert Answer.objects.get().value == "1250.5"
        shown = client.get(page("photo", one.uuid, kept.pk))
        assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
        client.post(page("remove-photo", one.uuid, kept.pk))
        assert not Photo.objects.exists()

    @pytest.mark.usefixtures("officer")
    def test_what_is_no_picture_is_refused_in_words(self, client):
        one = started()
        sent = SimpleUploadedFile("a.jpg", b"nothing")

        answer = client.post(page("fill", one.uuid, "CUT"), {"p-CUT_PHOTO-foto": sent})

        assert answer.status_code == 200
        assert not Photo.objects.exists()
        assert [str(one) for one in answer.context["messages"]]

    @pytest.mark.usefixtures("officer")
    def test_a_change_of_somebody_else_comes_back_as_a_question(self, client):
        one = started()
        answered(one, {"CUT_1": 1})
        sent = {"p-CUT_1": "3", "p-CUT_1-awal": "null"}

        answer = client.post(page("fill", one.uuid, "CUT"), sent)
        again = client.post(page("fill", one.uuid, "CUT"), sent | {"p-CUT_1-awal": "1"})

        assert answer.status_code == 409
        assert Answer.objects.get().value == 3
        assert again.status_code == 302

    @pytest.mark.usefixtures("officer")
    def test_paper_is_typed_in_by_row_codes(self, client):
        one = started()
        given = {"p-CUT_1": "2", "p-CUT_2": "y", "u-CUT_1": "4", "p-MARKET_1": "shop"}

        refused = client.post(page("grid", one.uuid), given | {"p-CUT_3": "9"})
        shown = client.get(page("paper", one.uuid)).content.decode()

        assert "“9”" in refused.content.decode()
        assert Answer.objects.count() == 4
        assert all(code in shown for code in ("CUT_1", "CUT_3", "MARKET_1", "Toko"))

    def test_an_officer_approves_what_another_handed_in(self, client, officer):
        one = submitted()

        client.post(page("decide", one.uuid), {"return": "1"})
        one.refresh_from_db()
        assert one.state == "submitted"
        client.post(page("decide", one.uuid), {"approve": "1"})

        one.refresh_from_db()
        assert (one.state, one.decided_by) == ("approved", officer)

    def test_nobody_approves_what_they_handed_in(self, client, officer):
        one = submitted(actor=officer)

        assert client.post(page("decide", one.uuid), {"approve": "1"}).status_code == 403

    @pytest.mark.usefixtures("officer")
    def test_what_is_open_is_said(self, client):
        one = started()

        answer = client.post(page("submit", one.uuid), follow=True)

        assert "1 pertanyaan wajib" in answer.content.decode()

    @pytest.mark.usefixtures("officer")
    def test_gap_and_both_views_stand_side_by_side(self, client):
        one = started()
        answered(one, {"CUT_1": 4}, side="own")
        answered(one, {"CUT_1": 1})

        shown = client.get(page("assessment", one.uuid)).content.decode()

        assert "Selisih 3" in shown

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize("name", ["office", "by-need", "overview"])
    @pytest.mark.usefixtures("officer")
    def test_lists_cost_the_same(  # page, rows, and what they cost
        self, client, number, name, django_assert_max_num_queries
    ):
        version = in_use()
        for one in range(number):
            approved(started(registered(profile(name=f"Firma {one}")), version))

        with django_assert_max_num_queries(12):
            client.get(page(name))


class TestRegions:
    def test_a_dinas_sees_its_own_region_alone(self, client):
        version = in_use()
        own = approved(started(registered(profile(name="Milik Sendiri")), version))
        other = approved(started(registered(profile(name="Milik Lain", region=SIDOARJO)), version))
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        for name in ("office", "by-need"):
            shown = client.get(page(name)).content.decode()
            assert "Milik Sendiri" in shown
            assert "Milik Lain" not in shown
        table = client.get(page("overview") + "?wilayah=35").context["rows"]
        assert table.count("<tr>") == 1
        assert f"wilayah={MOJOKERTO}" in table
        assert client.get(page("assessment", own.uuid)).status_code == 200
        for name in ("assessment", "paper", "grid"):
            assert client.get(page(name, other.uuid)).status_code == 403
        assert client.get(page("firm", other.business.number)).status_code == 403
        assert client.get(page("start", other.business.number)).status_code == 403
        assert client.post(page("decide", other.uuid)).status_code == 403

    def test_members_see_no_cell_of_few_firms(self, client):
        approved()
        client.force_login(UserFactory())

        shown = client.get(page("regions"))

        assert shown.context["rows"].count(">sedikit<") == 2
        assert not shown.context["topics"]

    def test_a_firm_is_never_shown_to_others(self, client):
        one = approved()
        client.force_login(UserFactory())

        assert client.get(page("firm", one.business.number)).status_code == 403
        assert client.get(page("assessment", one.uuid)).status_code == 403
