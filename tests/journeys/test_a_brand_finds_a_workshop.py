"""A brand asks for a workshop, the one that fits writes, both meet, and say how it went."""

from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from ifn.connections import actions as connecting
from ifn.connections.models import Enquiry, Worth
from ifn.directory.models import Membership
from ifn.directory.profile import CapabilityFact
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, MOJOKERTO, profile, registered, role
from tests.factories.enquiries import CONTACTS, WHATSAPP
from tests.factories.opportunities import opened_today, owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def shown(client, address):
    return unescape(client.get(address, follow=True).content.decode())


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_brand_finds_a_workshop(code):  # noqa: PLR0915  # one story, told in one piece
    prefix = "" if code == "id" else f"/{code}"
    brand, asker = owned(name="Jejak Parahyangan", contacts=CONTACTS)
    workshop = registered(
        profile(
            name="Jahit Rapi",
            region=MOJOKERTO,
            capabilities=(role("PR_MAKLON"), CapabilityFact("product_type", "SNEAKER")),
            minimum_order=100,
            monthly_capacity=2000,
            takes_job_orders=True,
        )
    )
    maker = UserFactory(name="Ratna")
    Membership.objects.create(business=workshop, person=maker, role="owner", since=AT)
    at_brand, at_workshop = Client(), Client()
    at_brand.force_login(asker)
    at_workshop.force_login(maker)

    # The request is open, and the platform says who fits and why, to both sides.
    request = opened_today(brand, asker)
    connecting.match_due(at=now(), today=localdate())
    own = shown(at_brand, f"{prefix}/saya/peluang/{request.number}")
    assert "Jahit Rapi" in own
    assert "500" in own
    fitting = shown(at_workshop, f"{prefix}/saya/peluang/cocok")
    assert f"{prefix}/peluang/{request.number}" in fitting

    # The workshop finds it in public, says that it can, and the brand has something to do.
    page = shown(Client(), f"{prefix}/peluang/{request.number}")
    write = f"{prefix}/peluang/{request.number}/jawab"
    assert write in page
    assert request.public_number in shown(at_workshop, write)
    sent = {"text": "Kami bisa, 500 pasang dalam 40 hari.", "email": "ratna@jahit.example"}
    at_workshop.post(write, sent)
    enquiry = Enquiry.objects.get()
    mine = f"{prefix}/saya/pertanyaan/{enquiry.code}"
    assert mine in shown(at_brand, f"{prefix}/saya")

    # The brand accepts, and only now the workshop sees how to reach it, by WhatsApp with the code.
    assert WHATSAPP not in shown(at_workshop, mine)
    at_brand.post(mine, {"do": "accept", "accept-share": f"whatsapp:{WHATSAPP}"})
    assert WHATSAPP in shown(at_workshop, mine)
    over = at_workshop.post(mine, {"do": "whatsapp"})
    assert over["Location"].startswith(f"https://wa.me/{WHATSAPP.lstrip('+')}?text=")
    assert enquiry.public_code in over["Location"]

    # Both say how it went; what it is worth is kept by kind.
    at_workshop.post(mine, {"do": "outcome", "outcome-outcome": "agree"})
    at_workshop.post(mine, {"do": "worth", "worth-committed": "75.000.000"})
    enquiry.refresh_from_db()
    assert enquiry.state == "agreed"
    assert Worth.objects.get().kind == "committed"
    at_brand.post(f"{prefix}/saya/peluang/{request.number}/keadaan", {"fill": "1"})
    request.refresh_from_db()
    assert request.state == "filled"
