"""What a profile proves: topics that hold, who sees what expired, and certificates gone by."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localdate, now

from ifn.directory import actions
from ifn.directory.models import Membership
from ifn.directory.profile import CertificateFact
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    MOJOKERTO,
    SIDOARJO,
    full_profile,
    let_expire,
    profile,
    registered,
    verified,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

TODAY = localdate()
DAY = timedelta(days=1)


@pytest.fixture
def business():
    return registered(profile(region=MOJOKERTO))


def test_each_mark_says_when_by_whom_until_when_and_leads_to_its_meaning(show, business):
    dinas = RegionalOfficerFactory(territory=[MOJOKERTO])
    paper, visit = verified(business), verified(business, "place", actor=dinas)

    html = unescape(show(business))

    for made, office, word in (
        (paper, "BPIPI", "legalitas"),
        (visit, "Dinas of Kab. Mojokerto, Jawa Timur", "tempat"),
    ):
        until = date_format(made.expires_on, "j F Y")
        assert f"by {office}, valid until {until}" in html
        assert f'href="/en/verifikasi#{word}"' in html


def test_it_speaks_indonesian(show, business):
    verified(business, "order")

    html = unescape(show(business, "id"))

    assert "Diverifikasi jejaring" in html
    assert "Pesanan dikonfirmasi pembeli" in html
    assert "oleh BPIPI, berlaku sampai" in html


def test_a_profile_without_any_says_nothing_of_it(show, business):
    assert "Verified by the network" not in show(business)


def test_evidence_note_and_person_are_never_public(show, business):
    officer = OfficerFactory(name="Nama Petugas", duties=["verifier"])
    made = verified(business, actor=officer, note="Catatan dalam")

    html = show(business)

    for hidden in ("Nama Petugas", "Catatan dalam", made.evidence, "bukti"):
        assert hidden not in html


def test_what_was_withdrawn_is_gone_from_a_page_kept_ready(show, business):
    made = verified(business)
    assert "Verified by the network" in show(business)

    actions.withdraw_verification(
        made, reason="Keliru", actor=OfficerFactory(duties=["verifier"]), at=now()
    )

    assert "Verified by the network" not in show(business)


def test_what_expired_is_for_its_people_and_staff(client, show, business):
    let_expire(verified(business, "place"), date(2026, 1, 5))
    owner, other = UserFactory(), UserFactory()
    Membership.objects.create(business=business, person=owner, role="viewer", since=AT)
    shown = {"visitor": "expired on 5 January 2026" in show(business)}

    for name, person in (
        ("owner", owner),
        ("other", other),
        ("office", OfficerFactory(duties=["broker"])),
        ("dinas", RegionalOfficerFactory(territory=[SIDOARJO])),
    ):
        client.force_login(person)
        shown[name] = "expired on 5 January 2026" in show(business)

    assert shown == {
        "visitor": False,
        "owner": True,
        "other": False,
        "office": True,
        "dinas": True,
    }


def test_the_preview_shows_what_holds(client, business):
    verified(business, "place")
    owner = UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    client.force_login(owner)

    html = client.get(f"/en/saya/usaha/{business.number}/pratinjau").content.decode()

    assert "Verified by the network" in html


@pytest.mark.parametrize(("code", "words"), [("en", "expired on"), ("id", "kedaluwarsa sejak")])
def test_a_certificate_that_expired_is_marked(show, code, words):
    facts = (
        CertificateFact("SNI_0111", "LSPr-07", expires_on=TODAY - DAY),
        CertificateFact("LWG", "LWG-1", expires_on=TODAY),
    )

    html = unescape(show(registered(full_profile(certificates=facts)), code))

    assert html.count(words) == 1
    assert html.count('<li data-state="expired">') == 1
    assert html.count('<li data-state="stated">') == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_profile_costs_the_same_however_many(client, business, count, django_assert_num_queries):
    for topic in ("legality", "place", "order")[:count]:
        verified(business, topic)
    client.force_login(UserFactory())
    client.get(business.get_absolute_url())

    with django_assert_num_queries(6):
        html = client.get(business.get_absolute_url()).content.decode()

    assert html.count("/verifikasi#") == count


def test_the_page_of_meanings_names_the_months_that_are_set(client, settings):
    settings.VERIFIED_MONTHS = settings.VERIFIED_MONTHS | {"place": 7}

    assert "7 months" in client.get("/en/verifikasi").content.decode()
    assert "7 bulan" in client.get("/verifikasi").content.decode()
