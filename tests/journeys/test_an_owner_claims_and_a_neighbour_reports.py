"""An owner takes their profile by a printed code; evidence is judged; a closed shop is reported."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ifn.directory.queries import role_in
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import BANDUNG, MOJOKERTO
from tests.factories.moderation import PDF, reachable
from tests.journeys.test_a_maker_tends_a_profile import signed_in

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

HOST = "http://127.0.0.1:8000"


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("code", "yes"), [("id", "Ya, ini usaha saya"), ("en", "Yes, this is my business")]
)
def test_an_owner_claims_by_a_printed_code(code, yes):
    prefix = "" if code == "id" else f"/{code}"
    business = reachable()
    desk = signed_in(RegionalOfficerFactory(territory=[MOJOKERTO]), prefix)
    owner = UserFactory(name="Ratna")

    # The Dinas prints a code on a visit.
    public = text_of(desk.get(f"{prefix}/usaha/{business.slug}-{business.number}"))
    making = re.search(rf'href="({prefix}/kerja/usaha/{business.number}/tautan-klaim)"', public)[1]
    printed = desk.post(making, {"note": "Bu Ratna"}, follow=True)
    assert "<svg" in text_of(printed)
    path = printed.context["fresh"]["address"].removeprefix(HOST)

    # The owner's phone opens it, she signs in and comes back.
    phone = Client()
    assert f"next={path}" in text_of(phone.get(path))
    phone = signed_in(owner, prefix)
    assert yes in text_of(phone.get(path))
    assert phone.post(path)["Location"] == f"{prefix}/saya/usaha/{business.number}"

    # It is hers, and whoever finds the paper later gets nothing.
    assert business.name in text_of(phone.get(f"{prefix}/saya"))
    assert signed_in(UserFactory(), prefix).post(path).status_code == HTTPStatus.GONE
    assert role_in(business, owner) == "owner"


def test_an_officer_judges_evidence():
    business, owner = reachable(), UserFactory(name="Ratna", language="id")
    phone, desk = signed_in(owner, ""), signed_in(OfficerFactory(duties=["verifier"]), "")
    page = f"/klaim/{business.number}"

    # The button leads the owner to a page where she hands in a photo of her licence.
    assert page in text_of(phone.get(business.get_absolute_url()))
    given = {"text": "Saya Ratna", "file": SimpleUploadedFile("nib.pdf", PDF)}
    assert "Giliran kantor" in text_of(phone.post(f"{page}/bukti", given, follow=True))

    # The officer finds it in the work list, takes it, reads the file and asks back.
    work = text_of(desk.get("/kerja"))
    judging = re.search(r'href="(/kerja/klaim/\d+)" data-item', work)[1]
    ticked = re.search(r'value="(claim:\d+)"', work)[1]
    desk.post("/kerja/ambil", {"do": "take", "work": ticked})
    html = text_of(desk.get(judging))
    file = re.search(r'href="(/kerja/klaim/\d+/berkas/\d+)"', html)[1]
    assert desk.get(file).getvalue() == PDF
    question = {"do": "ask", "text": "NIB atas nama siapa?", "reason": ""}
    assert desk.post(judging, question)["Location"] == "/kerja"
    assert "NIB atas nama siapa?" in Message.objects.get(to=owner.email).text

    # She answers, and it is granted.
    assert "NIB atas nama siapa?" in text_of(phone.get(page))
    phone.post(f"{page}/bukti", {"text": "Atas nama saya."})
    assert "Atas nama saya." in text_of(desk.get(judging))
    desk.post(judging, {"do": "grant", "reason": "NIB cocok.", "text": ""})
    assert role_in(business, owner) == "owner"
    assert "Ini usaha saya" not in text_of(Client().get(business.get_absolute_url()))


def test_a_visitor_reports_a_closed_business_and_gets_the_answer():
    business, neighbour = reachable(name="Sepatu Tutup"), Client()
    near, far = (RegionalOfficerFactory(territory=[place]) for place in (MOJOKERTO, BANDUNG))

    # Without an account, in a minute.
    assert f"/usaha/{business.number}/lapor" in text_of(neighbour.get(business.get_absolute_url()))
    given = {"kind": "closed", "text": "", "email": "tetangga@rumah.example"}
    sent = neighbour.post(f"/usaha/{business.number}/lapor", given)
    own_page = sent["Location"]
    assert "Terima kasih" in text_of(neighbour.get(own_page))

    # Only the Dinas of the region sees it; it hides the profile and answers.
    assert "Sepatu Tutup" not in text_of(signed_in(far, "").get("/kerja"))
    desk = signed_in(near, "")
    answering = re.search(r'href="(/kerja/laporan/\d+)" data-item', text_of(desk.get("/kerja")))[1]
    hidden = {"status": "hidden", "reason": "Sudah tutup"}
    desk.post(f"/kerja/direktori/{business.number}/status", hidden)
    desk.post(answering, {"fixed": "1", "answer": "Profilnya disembunyikan."})

    # The neighbour reads it in the mailbox and on the page.
    message = Message.objects.get(to="tetangga@rumah.example")
    assert "Profilnya disembunyikan." in message.text
    assert f"{HOST}{own_page}" in message.text
    assert "Diperbaiki" in text_of(neighbour.get(own_page))
    assert neighbour.get(business.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    past = text_of(desk.get(f"/saya/usaha/{business.number}/riwayat"))
    assert "Laporan dijawab: diperbaiki" in past
