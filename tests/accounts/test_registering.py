"""People open accounts for themselves."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from ifn.accounts import actions
from ifn.accounts.guessing import MESSAGES, REGISTRATIONS
from ifn.accounts.models import Link, User
from ifn.audit.models import Entry
from tests.accounts.browsing import is_signed_in, mail, new_key, sign_in
from tests.factories.accounts import ANOTHER, PASSWORD, WEAK, UserFactory

pytestmark = pytest.mark.django_db
#: Counts of place and address, the link, a job, the session.
QUERIES = 7
NEW = "baru@contoh.example"


def register(client, identifier=NEW, **more):
    given = {"name": "Budi Santoso", "identifier": identifier, "password": PASSWORD}
    return client.post(reverse("accounts:register"), given | more)


def press(client, key, **more):
    return client.post(reverse("accounts:confirm"), {"kunci": key, **more})


def test_an_account_by_email_opens_with_its_link_and_signs_in(client, language):
    page = register(client, "Baru@Contoh.example", next="/bantuan").content.decode()
    assert {"id": "Periksa kotak surat", "en": "Look into your mailbox"}[language] in page
    assert not User.objects.exists()
    key = new_key("register")

    assert client.get(reverse("accounts:confirm"), {"kunci": key}).status_code == HTTPStatus.OK
    assert not User.objects.exists()
    answer = press(client, key)

    assert answer["Location"] == "/bantuan"
    assert is_signed_in(client)
    person = User.objects.get()
    assert (person.name, person.email, person.role) == ("Budi Santoso", NEW, "member")
    assert person.language == language
    assert person.check_password(PASSWORD)
    assert NEW not in str(Entry.objects.get(event="accounts.person.registered").changes)


def test_elsewhere_the_owner_of_the_address_chooses_the_password(client):
    register(client)
    key, owner = new_key("register"), Client()

    assert b'name="password"' in owner.get(reverse("accounts:confirm"), {"kunci": key}).content
    assert press(owner, key).status_code == HTTPStatus.OK
    assert not User.objects.exists()
    press(owner, key, name="Pemilik", password=ANOTHER)

    person = User.objects.get()
    assert (person.name, is_signed_in(owner)) == ("Pemilik", True)
    assert person.check_password(ANOTHER)
    assert not person.check_password(PASSWORD)


@pytest.mark.parametrize("identifier", [NEW, "sri@contoh.example"])
def test_by_email_nothing_tells_whether_the_address_is_taken(client, identifier):
    UserFactory(email="sri@contoh.example")

    with CaptureQueriesContext(connection) as queries:
        page = register(client, identifier).content.decode()

    assert identifier in page
    assert "kotak surat" in page
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == QUERIES
    assert not [sql for sql in asked if "accounts_user" in sql]
    assert "registered" in client.session


def test_the_owner_of_a_taken_address_is_told_and_given_a_way_in(client):
    person = UserFactory(email="sri@contoh.example", language="en")
    before = person.password

    register(client, "sri@contoh.example")

    assert [message.kind for message in mail()] == ["accounts.registered_before"]
    [message] = mail()
    assert message.subject == "You have an account already"
    client.post(reverse("accounts:open-link"), {"kunci": new_key("registered_before")})
    assert is_signed_in(client)
    person.refresh_from_db()
    assert person.password == before


def test_by_phone_one_signs_in_at_once_with_what_one_chose(client, language):
    answer = register(client, "0812 3456 7890", next="/bantuan")

    assert answer["Location"] == f"{reverse('accounts:sign-in')}?next=%2Fbantuan"
    page = client.get(answer["Location"]).content.decode()
    assert {"id": "Sekarang masuk", "en": "Now sign in"}[language] in page
    sign_in(client, "081234567890")
    assert is_signed_in(client)


def test_the_way_on_is_kept_from_signing_in_to_registering_and_back(client):
    page = client.get(reverse("accounts:sign-in"), {"next": "/undangan/x"}).content.decode()
    there = f"{reverse('accounts:register')}?next=%2Fundangan%2Fx"
    assert f'href="{there}"' in page

    answer = register(client, "0812 3456 7002", next="/undangan/x")
    page = client.get(answer["Location"]).content.decode()

    assert 'name="next" value="/undangan/x"' in page
    assert 'value="+6281234567002"' in page


def test_a_taken_phone_changes_nothing_and_answers_the_same(client):
    person = UserFactory(phone="+6281234567890")
    before = (person.name, person.password)

    answer = register(client, "081234567890", password=ANOTHER)

    assert answer["Location"] == reverse("accounts:sign-in")
    person.refresh_from_db()
    assert (person.name, person.password) == before
    assert User.objects.count() == 1
    sign_in(client, "081234567890", ANOTHER)
    assert not is_signed_in(client)


def test_a_second_registration_takes_the_place_of_the_first(client):
    register(client)
    older = new_key("register")
    register(client, name="Budi S.")

    assert press(client, older).status_code == HTTPStatus.GONE
    press(client, new_key("register"))
    assert User.objects.get().name == "Budi S."


def test_a_link_opened_twice_opens_one_account(client):
    register(client)
    key = new_key("register")
    press(client, key)

    page = press(Client(), key, name="x", password=ANOTHER)

    assert page.status_code == HTTPStatus.GONE
    assert reverse("accounts:register") in page.content.decode()
    assert User.objects.count() == 1


def test_an_address_that_was_given_an_account_meanwhile_is_not_given_another(client):
    register(client)
    key = new_key("register")
    UserFactory(email=NEW)

    answer = press(client, key)

    assert answer["Location"] == reverse("accounts:ask-link")
    assert User.objects.count() == 1
    with pytest.raises(actions.LinkIsWorthless):
        actions.confirm_registration("x", at=now())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"identifier": "budi"}, "bukan alamat email atau nomor telepon"),
        ({"identifier": "0812"}, "bukan alamat email atau nomor telepon"),
        ({"password": WEAK}, "terlalu pendek"),
        ({"password": NEW}, "mirip"),
        ({"name": " "}, "tidak boleh kosong"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(client, given, said):
    page = register(client, **given).content.decode()

    assert said in page
    assert 'value="Budi Santoso"' in page or "name" in given
    assert not User.objects.exists()
    assert not Link.objects.exists()


def test_a_program_that_fills_in_everything_gets_the_usual_page_and_nothing_else(client):
    assert register(client, website="http://x").status_code == HTTPStatus.OK

    assert not User.objects.exists()
    assert mail() == []


def test_registrations_are_bounded_by_place_and_messages_by_address(client):
    for number in range(REGISTRATIONS):
        register(client, f"08123456{number:04d}")
    assert register(client).status_code == HTTPStatus.TOO_MANY_REQUESTS

    for number in range(MESSAGES + 2):
        register(Client(REMOTE_ADDR=f"10.0.0.{number}"))
        mail()
    assert len(mail("register")) == MESSAGES


def test_whoever_is_signed_in_registers_nobody(client):
    client.force_login(UserFactory())

    assert client.get(reverse("accounts:register"))["Location"] == reverse("site:start")
