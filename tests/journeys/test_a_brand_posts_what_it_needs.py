"""From what is needed to who does it: a request is posted, matched, answered, agreed and filled."""

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from ifn.connections.matches import fields
from ifn.connections.models import Enquiry, Opportunity
from ifn.connections.tasks import find_matches
from ifn.directory.profile import CapabilityFact
from ifn.jobs.running import run_due
from tests.factories.directory import MOJOKERTO, role, verified
from tests.factories.opportunities import owned
from tests.journeys.test_a_maker_tends_a_profile import signed_in

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
SAID = {
    "id": {
        "title": "Cari maklon sneakers",
        "reason": "pesanan minimum 100 pasang, Anda meminta 500",
    },
    "en": {
        "title": "Stitching of sneakers wanted",
        "reason": "minimum order 100 pairs, you ask 500",
    },
}


def text_of(answer):
    assert answer.status_code == HTTPStatus.OK
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_request_finds_its_maker(code):  # noqa: PLR0915  # one story
    fields._laid.clear()  # noqa: SLF001  # as a new process
    prefix, said = ("" if code == "id" else f"/{code}"), SAID[code]
    business, owner = owned(name="Sepatu Langit")
    verified(business)
    maker, tailor = owned(
        name="Jahit Rapi",
        region=MOJOKERTO,
        capabilities=(role("PR_MAKLON"), CapabilityFact("product_type", "SNEAKER")),
        minimum_order=100,
        monthly_capacity=2000,
        takes_job_orders=True,
    )

    # Three steps, in the page's own words, then it is open.
    brand = signed_in(owner, prefix)
    given = {"business": business.number, "direction": "request", "kind": "CAPACITY_REQ"}
    at = brand.post(f"{prefix}/saya/peluang/baru", given)["Location"]
    what = {"has_product": ["SNEAKER"], "has_role": ["PR_MAKLON"], "next": "1"}
    at = brand.post(at, what)["Location"]
    deadline = localdate() + timedelta(days=60)
    how_much = {"amount": "25 kodi", "region": "35.16", "deadline": deadline, "next": "1"}
    at = brand.post(at, how_much)["Location"]
    words = {f"title_{language}": each["title"] for language, each in SAID.items()}
    brand.post(at, {**words, "close": "1"})
    one = Opportunity.objects.get()
    own = f"{prefix}/saya/peluang/{one.number}"
    brand.post(f"{own}/terbitkan", {"version": one.version})

    # Buyers, makers and visitors read it; within the minute the platform says who fits, and why.
    public = f"{prefix}/peluang/{one.number}"
    title = said["title"]
    assert title in text_of(Client().get(f"{prefix}/peluang"))
    assert title in text_of(Client().get(public))
    find_matches.enqueue()
    run_due(now())
    seen = text_of(brand.get(own))
    assert maker.name in seen
    assert said["reason"] in seen

    # The maker finds it under what fits, answers, and is accepted.
    workshop = signed_in(tailor, prefix)
    assert title in text_of(workshop.get(f"{prefix}/saya/peluang/cocok"))
    reply = {
        "text": "Kami bisa 500 pasang dalam enam minggu.",
        "business": maker.number,
        "email": tailor.email,
    }
    workshop.post(f"{public}/jawab", reply)
    enquiry = Enquiry.objects.get()
    assert (enquiry.business, enquiry.letter.business) == (business, maker)
    dealing = f"{prefix}/saya/pertanyaan/{enquiry.code}"
    assert "500 pasang dalam enam minggu" in text_of(brand.get(dealing))
    brand.post(dealing, {"do": "accept", "accept-share": "none"})
    brand.post(dealing, {"do": "outcome", "outcome-outcome": "agree"})
    enquiry.refresh_from_db()
    assert enquiry.state == "agreed"

    # One tap more takes it off the list, and whoever comes later reads that somebody was found.
    brand.post(dealing, {"do": "filled"})
    one.refresh_from_db()
    assert one.state == "filled"
    assert title not in text_of(Client().get(f"{prefix}/peluang"))
