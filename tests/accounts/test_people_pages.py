"""The pages on which administrators look after people."""

from http import HTTPStatus
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from ifn.accounts.models import User
from ifn.accounts.wording import event_name
from ifn.audit.models import Entry
from tests.accounts.browsing import is_signed_in, key_in, secured
from tests.factories.accounts import (
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture
def administrator():
    return AdministratorFactory(name="Bagas", email="bagas@x.example", phone="+62215550123")


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def person():
    return UserFactory(name="Sri Wahyuni", email="sri@contoh.example", phone="+6281234567890")


def listed(client, **query):
    page = client.get(reverse("accounts:people"), query).content.decode()
    return [name for name in ("Sri Wahyuni", "Budi Santoso", "Bagas") if f">{name}</a>" in page]


def post(client, name, person, **given):
    return client.post(reverse(f"accounts:{name}", args=[person.pk]), given)


def page_of(client, person):
    return client.get(reverse("accounts:person", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Sri Wahyuni", "Budi Santoso", "Bagas"]),
        ({"q": "wahyuni"}, ["Sri Wahyuni"]),
        ({"q": "SRI contoh"}, ["Sri Wahyuni"]),
        ({"q": "081234567890"}, ["Sri Wahyuni"]),
        ({"q": "0812345"}, ["Sri Wahyuni"]),
        ({"q": "tidak ada"}, []),
        ({"role": "officer"}, ["Budi Santoso"]),
        ({"role": "king", "page": "x"}, ["Sri Wahyuni", "Budi Santoso", "Bagas"]),
    ],
)
def test_people_are_found_by_name_address_number_and_role(office, person, query, found):
    OfficerFactory(name="Budi Santoso", email="budi@x.example", phone="+6285700000000")

    assert listed(office, **query) == found


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_many(office, number, django_assert_num_queries):
    UserFactory.create_batch(number)

    with django_assert_num_queries(4):  # session with its person, how many, who, unread notices
        office.get(reverse("accounts:people"))


def test_pages_speak_both_languages(office, person, language):
    page = office.get(reverse("accounts:people")).content.decode()
    assert {"id": "Orang menurut nama", "en": "People by name"}[language] in page
    assert {"id": "Peran dan tugas", "en": "Role and duties"}[language] in page_of(office, person)


def test_the_menu_leads_administrators_to_people_and_nobody_else(office, client):
    address = f'href="{reverse("accounts:people")}"'
    home = reverse("site:about")
    assert address in office.get(home).content.decode()

    client.force_login(OfficerFactory())
    assert address not in client.get(home).content.decode()


def test_an_account_is_opened_for_somebody_without_email(office, language):
    answer = office.post(
        reverse("accounts:new-person"), {"name": "Budi Santoso", "phone": "0857 1234 5678"}
    )

    person = User.objects.get(phone="+6285712345678")
    assert answer["Location"] == reverse("accounts:person", args=[person.pk])
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "Budi"}, "alamat email atau nomor telepon yang benar"),
        ({"name": "Budi", "phone": "12"}, "alamat email atau nomor telepon yang benar"),
        ({"name": "Budi", "email": "SRI@contoh.example"}, "Sudah ada orang"),
        ({"phone": "0857 1234 5678"}, "tidak boleh kosong"),
    ],
)
def test_an_account_needs_something_of_ones_own_to_sign_in_with(office, person, given, said):
    page = office.post(reverse("accounts:new-person"), given).content.decode()

    assert said in page
    assert User.objects.count() == 2


def test_a_role_comes_with_its_duties_and_a_reason(office, person, administrator):
    post(office, "change-scope", person, role="officer", duties=["data", "events"], reason="Baru")

    found = User.objects.get(pk=person.pk)
    assert (found.role, found.duties) == ("officer", {"data", "events"})
    for event in ("accounts.role.changed", "accounts.duties.given"):
        entry = Entry.objects.get(event=event)
        assert (entry.actor, entry.reason) == (administrator, "Baru")
    assert "Baru" in page_of(office, person)


def test_a_regional_officer_gets_regions_by_code_or_name(office, person):
    lines = "52.03\nKab. Sidoarjo, Jawa Timur\n  32 Jawa Barat \n\n"
    post(office, "change-scope", person, role="regional", territory=lines, reason="Baru")

    assert User.objects.get(pk=person.pk).territory == {"52.03", "35.15", "32"}
    page = page_of(office, person)
    assert "52.03 Kab. Lombok Timur, Nusa Tenggara Barat" in page
    post(office, "change-scope", person, role="member", reason="Selesai")
    assert User.objects.get(pk=person.pk).territory == frozenset()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"role": "regional", "territory": "Bima", "reason": "x"},
            "Tidak ada wilayah bernama Bima",
        ),
        ({"role": "regional", "territory": "99", "reason": "x"}, "Tidak ada wilayah bernama 99"),
        ({"role": "regional", "reason": "x"}, "Sebutkan wilayahnya"),
        ({"role": "officer", "reason": "x"}, "Pilih setidaknya satu tugas"),
        ({"role": "officer", "duties": ["data"]}, "tidak boleh kosong"),
        ({"role": "king", "reason": "x"}, "king"),
    ],
)
def test_half_a_role_is_refused_beside_its_field(office, person, given, said):
    assert said in post(office, "change-scope", person, **given).content.decode()
    person.refresh_from_db()
    assert person.role == "member"
    assert not Entry.objects.filter(event__startswith="accounts.").exists()


def test_the_last_administrator_stays_and_keeps_the_account(office, administrator):
    page = post(office, "change-scope", administrator, role="member", reason="x").content.decode()
    assert "Tidak akan ada lagi" in page

    post(office, "change-status", administrator, reason="x")

    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)


def test_an_account_is_closed_and_opened_again_with_a_reason(office, person):
    theirs = Client()
    theirs.force_login(person)

    post(office, "change-status", person)
    person.refresh_from_db()
    assert person.is_active

    post(office, "change-status", person, reason="Pindah")
    person.refresh_from_db()
    assert not person.is_active
    assert not is_signed_in(theirs)

    post(office, "change-status", person, reason="Kembali")
    person.refresh_from_db()
    assert person.is_active
    assert Entry.objects.get(event="accounts.person.reopened").reason == "Kembali"


def test_a_lost_second_factor_is_taken_away_with_a_reason(office, person):
    secured(person)

    post(office, "reset-factors", person)
    person.refresh_from_db()
    assert person.secured_at

    post(office, "reset-factors", person, reason="Ponsel hilang")
    person.refresh_from_db()
    assert person.secured_at is None


def test_a_link_is_shown_once_with_a_way_to_whatsapp(office, person):
    page = post(office, "make-link", person).content.decode()
    key = key_in(page)

    assert "https://wa.me/6281234567890?text=" in page
    assert key in unquote(page.partition("wa.me")[2])
    assert "kunci=" not in page_of(office, person)
    theirs = Client()
    theirs.post(reverse("accounts:open-link"), {"kunci": key})
    assert is_signed_in(theirs)


def test_nobody_gets_a_link_into_a_closed_account(office):
    closed = UserFactory(is_active=False)

    assert post(office, "make-link", closed).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("make", [UserFactory, OfficerFactory, RegionalOfficerFactory])
def test_others_than_administrators_look_after_nobody(client, person, make):
    client.force_login(make())

    assert client.get(reverse("accounts:people")).status_code == HTTPStatus.FORBIDDEN
    for name in ("change-scope", "change-status", "reset-factors", "make-link"):
        answer = post(client, name, person, role="administrator", reason="x")
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_every_event_of_an_account_has_words():
    assert event_name("accounts.role.changed") == "peran diubah"
    assert event_name("unknown.event") == "unknown.event"
