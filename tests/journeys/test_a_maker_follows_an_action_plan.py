"""After mentoring: an officer plans, a maker ticks by link, a mentor visits, a partner answers."""

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now

from ifn.mail.models import Message
from ifn.programmes.actions import reminding
from ifn.programmes.models import Action, Commitment
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO, photo
from tests.factories.programmes import running
from tests.journeys.test_a_maker_tends_a_profile import signed_in

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
HOST = "http://127.0.0.1:8000"


def text_of(answer):
    return unescape(answer.content.decode())


def sent_to(desk, address, **data):
    return text_of(desk.post(address, data, follow=True))


def link_in(page, path):
    return re.search(rf"{HOST}({path}[^<\s\"]+)", page)[1]


def prepared(desk, batch, seat, today):
    """Let an officer plan, name who helps, and hand out the links of maker, mentor, partner."""
    home = f"/kerja/angkatan/{batch.code}"
    sent_to(desk, f"{home}/mentor", name="Bu Laras", organisation="Politeknik")
    sent_to(desk, f"{home}/mitra", name="Desa Wisata", kind="tourism")
    mentor, partner = batch.mentors.get(), batch.partners.get()
    sent_to(desk, f"{home}/mitra/{partner.pk}/janji", what="Satu rak", due_on=today)
    sent_to(desk, f"{home}/mentor/{mentor.pk}", peserta=["", str(seat.pk)])
    of_mentor = sent_to(desk, f"{home}/mentor/{mentor.pk}/tautan", link="make")
    of_partner = sent_to(desk, f"{home}/mitra/{partner.pk}/tautan", link="make")

    plan = f"{home}/peserta/{seat.pk}/rencana-aksi"
    sent_to(desk, plan, what="Beli acuan", owner="firm", due_on=today + timedelta(days=30))
    owner = f"mentor:{mentor.pk}"
    of_maker = sent_to(desk, plan, what="Pinjamkan acuan", owner=owner, due_on=today)
    assert "https://wa.me/" in of_maker
    return (
        plan,
        link_in(of_maker, "/program/peserta/"),
        link_in(of_mentor, "/program/mentor/"),
        link_in(of_partner, "/program/mitra/"),
    )


def test_a_plan_from_the_desk_to_the_maker_the_mentor_and_the_partner():
    today = localdate()
    batch, [seat] = running(1)
    desk = signed_in(OfficerFactory(duties=["programme"]), "")
    plan, for_maker, for_mentor, for_partner = prepared(desk, batch, seat, today)

    # The maker opens it on the phone and says with one tap and a photo that it is done.
    phone = Client()
    page = text_of(phone.get(for_maker))
    assert "Beli acuan" in page
    telling = re.search(rf'action="({re.escape(for_maker)}/aksi/\d+)"', page)[1]
    upload = SimpleUploadedFile("acuan.jpg", photo((300, 200)))
    sent = {"state": "done", "version": 1, "words": "Sudah", "photo": upload}
    assert "Dicatat" in text_of(phone.post(telling, sent, follow=True))

    # The mentor visits and lends lasts; other participants and other links are closed to her.
    guest = Client()
    assert seat.business.name in text_of(guest.get(for_mentor))
    visit = {"on": today, "way": "on_site", "notes": "Acuan baru dipakai", "next_step": "Uji coba"}
    own = text_of(guest.post(f"{for_mentor}/peserta/{seat.pk}", visit, follow=True))
    telling = re.search(rf'action="({re.escape(for_mentor)}/aksi/\d+)"', own)[1]
    guest.post(telling, {"state": "done", "version": 1})
    assert guest.get(f"{for_mentor[:-4]}").status_code == HTTPStatus.NOT_FOUND
    assert "Acuan baru dipakai" in text_of(phone.get(for_maker))

    # The partner needs more time and says until when.
    promise = Commitment.objects.get()
    later = today + timedelta(days=14)
    answer = {"state": "promised", "due_on": later}
    Client().post(f"{for_partner}/janji/{promise.pk}", answer)
    promise.refresh_from_db()
    assert promise.due_on == later

    # The desk sees all of it; the Dinas of another region none.
    assert "Sudah" in text_of(desk.get(plan))
    assert list(Action.objects.values_list("state", flat=True).distinct()) == ["done"]
    assert signed_in(RegionalOfficerFactory(territory=[MOJOKERTO]), "").get(plan).status_code == 200
    elsewhere = signed_in(RegionalOfficerFactory(territory=[SIDOARJO]), "")
    assert elsewhere.get(plan).status_code == HTTPStatus.FORBIDDEN


def test_what_is_overdue_is_asked_after_once_a_week():
    today = localdate()
    batch, [seat] = running(1)
    desk = signed_in(OfficerFactory(duties=["programme"]), "")
    home = f"/kerja/angkatan/{batch.code}"
    sent_to(desk, f"{home}/mentor", name="Bu Laras")
    mentor = batch.mentors.get()
    sent_to(desk, f"{home}/mentor/{mentor.pk}", email="laras@politeknik.example")
    plan = f"{home}/peserta/{seat.pk}/rencana-aksi"
    sent_to(desk, plan, what="Pinjamkan acuan", owner=f"mentor:{mentor.pk}", due_on=today)
    sent_to(desk, plan, what="Urus uji", owner="office", due_on=today - timedelta(days=1))

    for day in (1, 2, 9):
        reminding.remind_next("", today=today + timedelta(days=day), at=now())

    reminders = Message.objects.filter(kind="programmes.overdue")
    assert [one.to for one in reminders] == ["laras@politeknik.example"] * 2
    path = link_in(reminders[0].text, "/program/mentor/")
    assert "Pinjamkan acuan" in text_of(Client().get(path))
    assert "Aksi kantor lewat batas" in text_of(desk.get("/kerja"))
