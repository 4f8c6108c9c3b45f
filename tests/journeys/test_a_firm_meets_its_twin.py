"""A firm finds its page as it registers, and claims it; an officer merges two, and undoes it."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.test import Client

from ifn.directory.actions import look_for_twins
from ifn.directory.models import Business
from ifn.directory.profile import ContactFact
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import LATER, MOJOKERTO, full_profile, profile, registered
from tests.journeys.test_a_maker_tends_a_profile import signed_in

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("code", "here", "claim"),
    [
        ("id", "Apakah usaha Anda sudah ada di sini?", "Ini usaha saya"),
        ("en", "Is your business here already?", "This is my business"),
    ],
)
def test_a_firm_that_registers_finds_its_page_and_claims_it(code, here, claim):
    prefix = "" if code == "id" else f"/{code}"
    listed = registered(profile(name="Kelom Ratna Jaya"))
    phone = signed_in(UserFactory(name="Ratna"), prefix)
    answers = {
        "name": "Kelom Ratna Jaya",
        "kind": "business",
        "region": MOJOKERTO,
        "has_role": ["PR_IKM"],
    }

    # She begins a page; nothing is saved before she has seen the one that is there.
    asked = phone.post(f"{prefix}/saya/usaha/baru", answers)
    assert here in text_of(asked)
    assert Business.objects.count() == 1

    # She opens it and claims it.
    public = f"{prefix}/usaha/{listed.slug}-{listed.number}"
    assert f'href="{public}"' in text_of(asked)
    assert claim in text_of(phone.get(public))
    sent = phone.post(f"{prefix}/klaim/{listed.number}/bukti", {"text": "Saya pemiliknya."})
    assert sent["Location"] == f"{prefix}/klaim/{listed.number}"
    assert Business.objects.count() == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_officer_merges_two_and_undoes_it(prefix):
    full = registered(full_profile())
    thin = registered(
        profile(name="PT Langkah Jaya", contacts=(ContactFact("whatsapp", "+6281234567890"),))
    )
    old, new = (f"{prefix}/usaha/{one.slug}-{one.number}" for one in (thin, full))
    visitor, desk = Client(), signed_in(OfficerFactory(duties=["verifier"]), prefix)

    # The night finds the pair, the work list shows it.
    look_for_twins(at=LATER)
    listed = desk.get(f"{prefix}/kerja", {"jenis": "kembar"})
    assert "PT Langkah Jaya" in text_of(listed)
    [href] = re.findall(r'href="([^"?]*/kerja/kembar/\d+[^"]*)"', listed.content.decode())
    href = unescape(href)

    # As the page proposes, the full profile stays.
    shown = desk.get(href)
    lines = shown.context["lines"]
    picked = {f"pick_{one.group}": one.picked for one in lines.different + lines.one_sided}
    seen = {f"version_{side.key}": side.business.version for side in shown.context["sides"]}
    sent = picked | seen | {"stays": shown.context["stays"], "do": "merge", "reason": ""}
    assert desk.post(href, sent).status_code == HTTPStatus.FOUND

    # The old address leads to it, for visitors who read it a moment ago too.
    moved = visitor.get(old)
    assert (moved.status_code, moved["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, new)
    assert text_of(visitor.get(f"{prefix}/direktori", {"q": "langkah jaya"})).count(new) >= 1
    assert old not in text_of(visitor.get(f"{prefix}/direktori", {"q": "langkah jaya"}))

    # It was a mistake: undone, both stand as before.
    page = href.partition("?")[0]
    undone = desk.post(f"{page}/batalkan", follow=True)
    assert undone.status_code == HTTPStatus.OK
    assert visitor.get(old).status_code == HTTPStatus.OK
    assert visitor.get(new).status_code == HTTPStatus.OK
