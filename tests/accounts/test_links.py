"""Links for signing in: asked for, sent, opened once."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from ifn.accounts import actions, tasks
from ifn.accounts.guessing import FOR_ONE_ACCOUNT, MESSAGES
from ifn.accounts.models import Link
from ifn.accounts.queries import digest_of, link_with
from ifn.audit.models import Entry
from tests.accounts.browsing import AT, is_signed_in, key_in, mail, new_key, secured
from tests.factories.accounts import ANOTHER, AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db
#: Old counts go, those of account, place and address are made and raised, a job is left.
QUERIES = 4
GONE = {"id": "Tautan ini tidak berlaku lagi", "en": "This link no longer works"}


@pytest.fixture
def person():
    return UserFactory(email="sri@contoh.example", phone="+6281234567890")


def ask(client, identifier="sri@contoh.example"):
    return client.post(reverse("accounts:ask-link"), {"identifier": identifier})


def press(client, key):
    return client.post(reverse("accounts:open-link"), {"kunci": key})


def look(client, key):
    return client.get(reverse("accounts:open-link"), {"kunci": key})


@pytest.mark.parametrize("identifier", [" SRI@contoh.example", "0812 3456 7890"])
def test_a_link_signs_in_whoever_it_was_sent_to(client, person, identifier):
    ask(client, identifier)
    key = new_key("sign_in")

    assert look(client, key).status_code == HTTPStatus.OK
    assert not is_signed_in(client)
    answer = press(client, key)

    assert answer["Location"] == reverse("site:start")
    assert is_signed_in(client)
    assert mail("sign_in")[-1].to == "sri@contoh.example"


def test_the_message_speaks_the_language_of_the_page(client, person, language):
    ask(client)

    [message] = mail("sign_in")
    assert message.subject == {"id": "Tautan masuk Anda", "en": "Your link to sign in"}[language]
    assert ("/en/masuk/buka?" in message.text) == (language == "en")


def test_only_the_digest_of_a_key_is_kept(client, person):
    ask(client)
    key = new_key("sign_in")

    link = Link.objects.get()
    assert link.digest == digest_of(key)
    assert key not in f"{link.digest} {link.subject} {link.payload}"


@pytest.mark.parametrize(
    "identifier",
    ["sri@contoh.example", "nobody@contoh.example", "081999999999", "x", "closed@x.id"],
)
def test_nothing_tells_whether_there_is_an_account(client, person, identifier):
    UserFactory(email="closed@x.id", phone=None, is_active=False)

    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, identifier)

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert "Jika ada akun" in page
    assert "contoh.example" not in page
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == QUERIES
    assert not [query for query in queries if "accounts_user" in query["sql"]]
    assert len(mail()) == (identifier == "sri@contoh.example")


def test_a_link_opens_once(client, person, language):
    ask(client)
    key = new_key("sign_in")
    press(client, key)
    other = Client()

    for answer in (press(other, key), look(other, key)):
        assert answer.status_code == HTTPStatus.GONE
        assert GONE[language] in answer.content.decode()
        assert reverse("accounts:ask-link") in answer.content.decode()
    assert not is_signed_in(other)


def test_a_newer_link_makes_older_ones_worthless(client, person):
    ask(client)
    older = new_key("sign_in")
    ask(client)
    newer = new_key("sign_in")

    assert press(client, older).status_code == HTTPStatus.GONE
    assert press(client, newer).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("key", ["", "x", "ä", "x" * 5000])
def test_what_is_no_link_gets_a_clear_page(client, key):
    assert look(client, key).status_code == HTTPStatus.GONE
    assert press(client, key).status_code == HTTPStatus.GONE


def test_a_link_ends_after_half_an_hour_and_is_forgotten(person):
    actions.send_sign_in_link("sri@contoh.example", language="id", at=AT)
    key = new_key("sign_in")

    assert link_with(key, Link.Purpose.SIGN_IN, at=AT + timedelta(minutes=29))
    assert not link_with(key, Link.Purpose.SIGN_IN, at=AT + timedelta(minutes=30))
    with pytest.raises(actions.LinkIsWorthless):
        actions.use_sign_in_link(key, at=AT + timedelta(minutes=30))
    assert tasks.forget_old_links.func() == 1
    assert not Link.objects.exists()


def test_a_link_for_one_thing_does_not_open_another(client, person):
    actions.ask_for_email(person, email="baru@contoh.example", actor=person, at=now())

    assert press(client, new_key("new_email")).status_code == HTTPStatus.GONE
    assert Link.objects.count() == 1


def test_a_closed_account_opens_by_no_link(client, person):
    ask(client)
    key = new_key("sign_in")
    actions.deactivate(person, actor=None, at=AT, reason="x")

    assert press(client, key).status_code == HTTPStatus.GONE
    assert not is_signed_in(client)


def test_a_link_is_no_way_round_the_second_factor(client, person):
    secured(person)
    ask(client)

    assert press(client, new_key("sign_in"))["Location"] == reverse("accounts:second")
    assert not is_signed_in(client)


def test_whoever_comes_by_a_link_may_choose_a_password_without_the_present_one(client, person):
    ask(client)
    press(client, new_key("sign_in"))

    client.post(reverse("accounts:change-password"), {"new": ANOTHER, "again": ANOTHER})

    person.refresh_from_db()
    assert person.check_password(ANOTHER)
    again = client.post(reverse("accounts:change-password"), {"new": "x" * 12, "again": "x" * 12})
    assert again.status_code == HTTPStatus.OK
    person.refresh_from_db()
    assert person.check_password(ANOTHER)


def test_asking_too_often_fills_no_mailbox_and_the_last_link_stays_good(person):
    for number in range(MESSAGES + 3):
        ask(Client(REMOTE_ADDR=f"10.0.0.{number}"))

    assert len(mail("sign_in")) == MESSAGES
    assert press(Client(), new_key("sign_in")).status_code == HTTPStatus.FOUND


def test_one_place_asks_so_often_only(client, person):
    for _ in range(FOR_ONE_ACCOUNT):
        ask(client)

    assert ask(client).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert ask(client, "nobody@contoh.example").status_code == HTTPStatus.OK


def test_an_administrator_hands_a_link_over(client):
    administrator = AdministratorFactory()
    person = UserFactory(email=None, phone="+6281298765432", language="en")

    address = actions.make_sign_in_link(person, actor=administrator, at=now())

    assert "/en/masuk/buka?kunci=" in address
    assert Entry.objects.get(event="accounts.link.made").actor == administrator
    assert press(client, key_in(address)).status_code == HTTPStatus.FOUND
    assert is_signed_in(client)


def test_a_demo_person_gets_no_link_where_it_matters(client, person, settings):
    UserFactory(email="petugas@example.com", is_demo=True)
    settings.PRODUCTION = True

    ask(client, "petugas@example.com")

    assert mail() == []
