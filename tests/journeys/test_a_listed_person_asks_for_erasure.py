"""Somebody without an account finds themselves listed, asks to be erased, and gets the proof."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils.timezone import now

from ifn.accounts.models import User
from ifn.directory.models import Business
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from ifn.privacy.models import DataRequest
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_listed_person_asks_for_erasure(code):  # noqa: PLR0915  # one story, told in one piece
    prefix = "" if code == "id" else f"/{code}"
    contacts = (ContactFact("email", "ratna@kelom.example", "public"),)
    business = registered(profile(name="Kelom Ratna", contacts=contacts))
    visitor, office = Client(), Client()
    office.force_login(OfficerFactory(name="Sri", duties=["data"]))

    # They ask, and prove by the address on the profile that it is theirs.
    sent = {
        "kind": "erasure",
        "profile": business.public_number,
        "name": "Ratna",
        "email": "ratna@kelom.example",
        "text": "Hapus semua.",
    }
    answer = visitor.post(f"{prefix}/privasi/permintaan", sent)
    follow = answer["Location"]
    link = re.search(r"(/\S*pastikan\S+)", Message.objects.get().text)[1]
    visitor.post(link[link.index(f"{prefix}/privasi") :])

    # An officer finds it with its clock and works the steps, one after the other.
    work = office.get(f"{prefix}/kerja/privasi").content.decode()
    [address] = set(re.findall(rf'href="({prefix}/kerja/privasi/\d+)"', work))
    for _ in range(10):
        html = office.get(address).content.decode()
        steps = re.findall(rf'action="({address}/langkah/[a-z_]+)"', html)
        if not steps:
            break
        office.post(steps[0])
    office.post(address, {"finish": "1"})

    # Nothing is found any more, the proof is there, and the office was in time.
    assert visitor.get(business.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert "Kelom Ratna" not in visitor.get(f"{prefix}/direktori?q=kelom").content.decode()
    assert Business.objects.get().name == "Profil dihapus"
    html = visitor.get(follow).content.decode()
    [proof] = re.findall(r'href="([^"]*/privasi/bukti/[^"]+)"', html)
    shown = visitor.get(proof).content.decode()
    request = DataRequest.objects.get()
    assert request.number in shown
    assert request.digest[:32] in shown
    assert "Sri" in shown
    assert "ratna@" not in shown.lower()
    assert request.ended_at - request.received_at < timedelta(hours=72)
    told = Message.objects.get(kind="privacy.news")
    assert told.to == "ratna@kelom.example"
    assert "/privasi/permintaan/" in told.text
    assert User.objects.filter(email="ratna@kelom.example").count() == 0
    assert request.received_at <= now()
