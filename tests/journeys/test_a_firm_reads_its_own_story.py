"""From the profile to the order: a firm's story grows, and three readers see each their part."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils.timezone import now

from ifn.connections.actions import desk
from ifn.connections.models import Enquiry
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.enquiries import TEXT, WHATSAPP, firm
from tests.journeys.test_a_maker_tends_a_profile import signed_in

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
SAID = {
    "id": {
        "received": "Pertanyaan masuk",
        "agreed": "Sepakat",
        "public": "Sepakat atas pesanan yang didapat lewat jejaring",
        "tab": "Perjalanan",
        "private": "Pesanan yang disepakati: tidak tampil untuk orang luar",
    },
    "en": {
        "received": "Enquiry received",
        "agreed": "Agreed",
        "public": "Agreed on an order found through the network",
        "tab": "Timeline",
        "private": "Agreed orders: shown to nobody outside",
    },
}


def text_of(answer):
    assert answer.status_code == HTTPStatus.OK
    return unescape(answer.content.decode())


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_firm_reads_its_story_and_lets_everyone_see_what_was_agreed(  # noqa: PLR0915  # one story
    code,
):
    prefix, said = ("" if code == "id" else f"/{code}"), SAID[code]
    owner, asker = UserFactory(name="Ibu Ratna"), UserFactory(name="Dimas")
    business = firm(owner=owner, name="Jahit Upper Bu Ratna")
    page = f"{prefix}/usaha/{business.number}"

    # A brand without a profile asks, the workshop says yes, and they agree.
    brand, workshop = signed_in(asker, prefix), signed_in(owner, prefix)
    brand.post(f"{page}/tulis", {"text": TEXT, "email": asker.email})
    enquiry = Enquiry.objects.get()
    answering = f"{prefix}/saya/pertanyaan/{enquiry.code}"
    workshop.get(answering)
    workshop.post(answering, {"do": "accept", "accept-share": f"whatsapp:{WHATSAPP}"})
    workshop.post(answering, {"do": "outcome", "outcome-outcome": "agree"})
    enquiry.refresh_from_db()
    assert enquiry.state == "agreed"

    # The profile's own pages lead to its story, in which each line leads to the thing.
    overview = text_of(workshop.get(f"{prefix}/saya/usaha/{business.number}"))
    own = re.search(rf'href="([^"]+/perjalanan)"[^>]*><span>{said["tab"]}', overview)[1]
    story = text_of(workshop.get(own))
    assert said["received"] in story
    assert said["agreed"] in story
    assert "Dimas" in story
    assert f'href="{answering}"' in story
    assert said["private"] in story

    # Everyone reads nothing of it until the owner agrees, and nobody's name after.
    assert said["public"] not in text_of(Client().get(f"{page}/perjalanan"))
    workshop.post(f"{own}/hasil", {"agree": "1"})
    shown = text_of(Client().get(f"{page}/perjalanan"))
    assert said["public"] in shown
    assert "Dimas" not in shown

    # The office reads its own notes beside, which the firm does not.
    desk.write_note(enquiry, "Menelepon Bu Ratna", actor=OfficerFactory(), at=now())
    office = signed_in(AdministratorFactory(), prefix)
    work = text_of(office.get(f"{prefix}/kerja/direktori/{business.number}/perjalanan"))
    assert "Menelepon Bu Ratna" in work
    assert "Menelepon" not in text_of(workshop.get(own))
