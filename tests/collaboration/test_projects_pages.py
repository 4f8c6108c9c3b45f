"""The pages of projects: who sees what, what is said, and that lists cost the same for many."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from ifn.collaboration.actions import notes, partners, projects
from ifn.collaboration.actions.notes import Writer
from ifn.collaboration.models import Milestone, Note, Project, ProjectFile, ProjectPartner, Stage
from ifn.collaboration.tokens import Link, for_guest, for_partner
from tests.factories import collaboration_projects as made
from tests.factories.collaboration_projects import ON, officer
from tests.factories.directory import AT
from tests.factories.moderation import PDF

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
BY = {"actor": None, "at": AT}


def at(name, *args):
    return reverse(f"collaboration:{name}", args=args)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def body(answer):
    assert answer.status_code == HTTPStatus.OK, answer.status_code
    return answer.content.decode()


@pytest.fixture
def office():
    return signed_in(officer())


def test_a_member_begins_a_project_once_however_often_the_form_is_sent():
    firm = made.firm("Sol Jaya")
    client = signed_in(made.person_of(firm))
    page = client.get(at("begin-project"))
    given = {
        "title_id": "Sol lentur",
        "origin": "idea",
        "led_by": firm.pk,
        "stages": ["brief", "design"],
        "code": page.context["form"]["code"].value(),
    }
    answers = [client.post(at("begin-project"), given) for _ in range(2)]

    project = Project.objects.get()
    assert {answer["Location"] for answer in answers} == {at("own-project", project.code)}
    assert project.led_by == firm
    assert "Sol lentur" in body(client.get(at("own-projects")))


def test_a_member_begins_none_for_a_firm_of_others():
    own, other = made.firm("Sol Jaya"), made.firm("Rupa")
    client = signed_in(made.person_of(own))
    client.post(
        at("begin-project"),
        {"title_id": "x", "origin": "idea", "led_by": other.pk, "stages": ["brief"]},
    )
    assert not Project.objects.exists()


def test_a_partner_sees_its_project_and_no_other():
    firm = made.firm("Rupa")
    client = signed_in(made.person_of(firm))
    own, foreign = made.running(), made.running(made.firm("Lain"))
    made.joined(own, firm)

    assert body(client.get(at("own-project", own.code)))
    for name in ("own-project", "project-stages", "project-notes", "project-record"):
        assert client.get(at(name, foreign.code)).status_code == HTTPStatus.NOT_FOUND


def test_who_is_asked_sees_what_for_and_answers_on_the_page():
    firm = made.firm("Rupa")
    client = signed_in(made.person_of(firm))
    project = made.running()
    one = made.invited(project, firm, does="Tiga gambar")

    assert "Tiga gambar" in body(client.get(at("own-project", project.code)))
    assert client.get(at("project-notes", project.code)).status_code == HTTPStatus.NOT_FOUND
    client.post(at("project-partner", project.code, one.pk), {"way": "accept"})

    one.refresh_from_db()
    assert one.state == "accepted"
    assert body(client.get(at("project-notes", project.code)))


def test_nobody_says_yes_for_a_partner_not_even_the_office(office):
    project = made.running()
    one = made.invited(project, made.firm("Rupa"))
    answer = office.post(at("project-partner", project.code, one.pk), {"way": "accept"})

    one.refresh_from_db()
    assert (answer.status_code, one.state) == (HTTPStatus.NOT_FOUND, "invited")


def test_stages_in_the_wrong_order_are_refused_in_words(office):
    project = made.running()
    answer = office.post(at("project-stage", project.code, "design"), {"way": "begin"}, follow=True)
    assert "Tahap lain harus lebih dulu: Gagasan awal" in body(answer)
    assert Stage.objects.filter(project=project, state="running").count() == 0


def test_a_milestone_is_written_done_with_evidence_and_refused_without(office):
    project = made.running()
    own = ProjectPartner.objects.get(project=project)
    given = {"what": "Cetakan", "owner": own.pk, "due_on": "2026-09-01", "key": uuid4()}
    for _ in range(2):
        office.post(at("project-milestones", project.code), given)
    one = Milestone.objects.get()

    settle = at("settle-milestone", project.code, one.pk)
    refused = office.post(settle, {"state": "done", "version": 1}, follow=True)
    assert "Tulis apa yang menunjukkan bahwa itu selesai." in body(refused)
    office.post(settle, {"state": "done", "words": "Foto", "version": 1})
    one.refresh_from_db()
    assert (one.state, one.evidence) == ("done", "Foto")

    changed = at("project-milestone", project.code, one.pk)
    late = office.post(changed, given | {"version": 1})
    assert "Orang lain mengubah ini sementara itu" in body(late)


def test_a_viewer_of_a_partner_reads_and_does_not_write():
    project, firm = made.running(), made.firm("Rupa")
    client = signed_in(made.person_of(firm, "viewer"))
    made.joined(project, firm)
    page = at("project-notes", project.code)

    given = {"kind": "comment", "text": "x", "on": "2026-01-01", "key": uuid4()}
    assert "Sol ringan" in body(client.post(page, given))
    assert not Note.objects.exists()


def test_only_who_owns_a_milestone_or_leads_says_that_it_is_done():
    project, firm = made.running(), made.firm("Rupa")
    client = signed_in(made.person_of(firm))
    one = made.joined(project, firm)
    own, other = made.milestone(project, one), made.milestone(project)
    given = {"state": "done", "words": "Foto", "version": 1}

    for mark in (own, other):
        client.post(at("settle-milestone", project.code, mark.pk), given)
    states = dict(Milestone.objects.values_list("pk", "state"))
    assert (states[own.pk], states[other.pk]) == ("done", "open")


def test_files_are_seen_by_whom_they_are_for(office):
    project, firm = made.running(), made.firm("Rupa")
    partner = signed_in(made.person_of(firm))
    made.joined(project, firm)
    guest = made.guest(project)
    token = for_guest(Link(guest.pk, guest.link, guest.link_on))
    kept = {
        visible: made.filed(project, visible, visible=visible)
        for visible in ("leads", "partners", "guests")
    }

    def met(client, name, key):
        answers = {visible: client.get(at(name, key, one.pk)) for visible, one in kept.items()}
        return {
            visible
            for visible, answer in answers.items()
            if answer.status_code == HTTPStatus.OK and b"".join(answer.streaming_content)
        }

    assert met(office, "project-file", project.code) == {"leads", "partners", "guests"}
    assert met(partner, "project-file", project.code) == {"partners", "guests"}
    assert met(Client(), "guest-file", token) == {"guests"}
    shown = body(partner.get(at("project-files", project.code)))
    assert ">leads<" not in shown
    assert ">partners<" in shown


def test_a_file_comes_in_versions_and_nothing_but_pictures_and_pdf(office):
    project = made.running()
    for content in (PDF, PDF, b"MZ program"):
        upload = SimpleUploadedFile("gambar.pdf", content)
        answer = office.post(
            at("project-files", project.code),
            {"name": "Gambar", "visible": "partners", "file": upload},
        )
    assert answer.status_code == HTTPStatus.OK
    assert ProjectFile.objects.get().versions.count() == 1
    one = ProjectFile.objects.get()
    office.post(at("show-file", project.code, one.pk), {"visible": "guests"})
    one.refresh_from_db()
    assert one.visible == "guests"


def test_a_guest_of_one_project_is_nobody_in_another_and_after_the_link_is_withdrawn(office):
    project, other = made.running(), made.running(made.firm("Rupa"))
    guest = made.guest(project)
    foreign = made.filed(other, visible="guests")
    token = for_guest(Link(guest.pk, guest.link, guest.link_on))
    client = Client()

    assert "Sol ringan" in body(client.get(at("guest-link", token)))
    assert client.get(at("guest-file", token, foreign.pk)).status_code == HTTPStatus.NOT_FOUND
    client.post(at("guest-link", token), {"text": "Bagus", "key": uuid4()})
    assert Note.objects.get().by == "Bu Rina"
    as_partner = for_partner(Link(guest.pk, guest.link, guest.link_on))
    assert client.get(at("partner-link", as_partner)).status_code == HTTPStatus.NOT_FOUND

    office.post(at("project-guest", project.code, guest.pk), {"way": "withdraw"})
    assert client.get(at("guest-link", token)).status_code == HTTPStatus.NOT_FOUND


def test_a_guest_who_may_not_write_does_not():
    guest = made.guest(made.running(), may_write=False)
    token = for_guest(Link(guest.pk, guest.link, guest.link_on))
    Client().post(at("guest-link", token), {"text": "Bagus"})
    assert not Note.objects.exists()


def test_somebody_by_name_answers_and_works_by_link():
    project = made.running()
    one = made.by_link(project)
    token = for_partner(Link(one.pk, one.link, one.link_on))
    client, acts = Client(), at("partner-acts", token)

    assert "diminta ikut" in body(client.get(at("partner-link", token)))
    client.post(acts, {"way": "accept"})
    client.post(acts, {"way": "name"})
    mark = made.milestone(project, one)
    client.post(
        at("partner-settles", token, mark.pk), {"state": "done", "words": "Foto", "version": 1}
    )
    one.refresh_from_db()
    mark.refresh_from_db()
    assert (one.state, one.is_named, mark.state) == ("accepted", True, "done")
    assert body(client.get(at("partner-link", token)))

    client.post(acts, {"way": "leave", "reason": "Pindah"})
    assert "tidak lagi ikut" in body(client.get(at("partner-link", token)))


def test_visitors_read_only_what_partners_let_them():
    project = made.running(made.firm("Sol Jaya"))
    named, silent = made.firm("Rupa Terang"), made.firm("Tukang Diam")
    partners.name_to_visitors(made.joined(project, named), is_named=True, **BY)
    made.joined(project, silent)
    notes.write_note(
        project, "decision", "Rahasia dapur", on=ON, key=uuid4(), writer=Writer(name="x"), at=AT
    )
    page, client = at("project", project.code), Client()
    assert client.get(page).status_code == HTTPStatus.NOT_FOUND

    project.refresh_from_db()
    facts = {"is_public": True}
    projects.change(project, facts, version=project.version, actor=officer(), at=AT)
    shown = body(client.get(page))
    assert "Rupa Terang" in shown
    assert "Tukang Diam" not in shown
    assert "Rahasia dapur" not in shown
    assert "2 mitra tidak disebut" in shown


def test_the_second_of_two_who_change_the_project_is_told(office):
    project = made.running()
    page = at("change-project", project.code)
    given = {"title_id": "Baru", "origin": "idea", "version": project.version}
    office.post(page, given)
    late = office.post(page, given | {"title_id": "Lain"})

    assert "Orang lain mengubah ini sementara itu" in body(late)
    project.refresh_from_db()
    assert project.title_id == "Baru"


def test_the_record_holds_nothing_that_only_others_may_see(office):
    project, firm = made.running(), made.firm("Rupa")
    partner = signed_in(made.person_of(firm))
    made.joined(project, firm)
    made.filed(project, "Harga pokok", visible="leads")
    made.by_link(project, email="rupa@studio.example")

    page = at("project-record", project.code)
    assert "Harga pokok" in office.get(page).content.decode()
    kept = partner.get(page).content.decode()
    assert "Harga pokok" not in kept
    assert "rupa@studio.example" not in kept
    assert partner.get(page, {"jenis": "csv"}).content.count(b"\n") > 9
    assert partner.get(page, {"jenis": "xlsx"}).content.startswith(b"PK")


def test_the_specification_says_whether_tests_were_passed(office):
    project = made.running()
    sheet = at("project-specification", project.code)
    office.post(sheet, {"product": "Sol", "hardness": "60", "version": 0})
    refused = office.post(sheet, {"product": "Lain", "version": 0})
    assert "Orang lain mengubah ini" in body(refused)

    given = {"standard": "SNI", "measured": "Kekerasan", "value": "50", "least": "55"}
    office.post(at("add-result", project.code), given | {"on": localdate().isoformat()})
    assert "Tidak lulus" in body(office.get(sheet))


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_many(office, number, django_assert_max_num_queries):
    firm = made.firm("Rupa")
    member = signed_in(made.person_of(firm))
    for place in range(number):
        project = made.running(made.firm(f"Usaha {place}"))
        one = made.joined(project, firm)
        made.milestone(project, one, due_on=ON.replace(year=2020))

    with django_assert_max_num_queries(11):
        assert "Sol ringan" in body(member.get(at("own-projects")))
    with django_assert_max_num_queries(10):
        listed = body(office.get(at("desk-projects"), {"tunggu": "lewat"}))
    assert listed.count("PK-") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_workspace_costs_the_same_for_many(number, django_assert_max_num_queries):
    lead = made.firm("Sol Jaya")
    client = signed_in(made.person_of(lead))
    project = made.running(lead)
    for place in range(number):
        one = made.joined(project, made.firm(f"Usaha {place}"))
        made.milestone(project, one)
        made.filed(project, f"Berkas {place}")
    for name in ("own-project", "project-milestones", "project-partners", "project-files"):
        with django_assert_max_num_queries(12):
            assert body(client.get(at(name, project.code)))


def test_the_office_finds_projects_by_state_code_and_what_waits(office):
    one = made.running(title_id="Sol kayu")
    made.begun(made.firm("Rupa"), title_id="Sandal")
    page = at("desk-projects")

    assert "Sandal" not in body(office.get(page, {"keadaan": "running"}))
    assert "Sol kayu" in body(office.get(page, {"q": f"pk-{one.code}"}))
    made.invited(one, made.firm("Lain"))
    waiting = body(office.get(page, {"tunggu": "jawaban"}))
    assert "Sol kayu" in waiting
    assert "Sandal" not in waiting


def test_english_pages_say_it_in_english(office):
    project = made.running()
    shown = body(office.get(f"/en{at('own-project', project.code)}"))
    assert "A light sole" in shown
    assert "What waits, and on whom" in shown
