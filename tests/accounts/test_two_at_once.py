"""What happens once also happens once when two ask for it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils.timezone import now

from ifn.accounts import actions
from ifn.accounts.models import Authenticator, Link, Passkey, RecoveryCode, User
from tests.accounts.browsing import code_of, new_key, secured
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 6


@pytest.fixture(autouse=True)
def threads():
    if connection.vendor == "sqlite":
        pytest.skip("Threads share SQLite's in-memory test database; PostgreSQL shows it.")


def at_once(act):
    """Do something several times at the same moment; return what came of it."""
    start = Barrier(TOGETHER)

    def one(number):
        try:
            start.wait()
            return act(number)
        except Exception as fault:  # noqa: BLE001  # what went wrong is what is asked
            return type(fault)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


@pytest.fixture
def person():
    return UserFactory(email="sri@contoh.example")


def test_one_link_lets_one_in(person):
    actions.send_sign_in_link("sri@contoh.example", language="id", at=now())
    key = new_key("sign_in")

    came = at_once(lambda _: actions.use_sign_in_link(key, at=now()))

    assert came.count(person) == 1
    assert came.count(actions.LinkIsWorthless) == TOGETHER - 1


def test_one_code_opens_once(person):
    secret, codes = secured(person)
    code = code_of(secret)

    assert at_once(lambda _: actions.take_code(person, code, at=now())).count(True) == 1
    assert at_once(lambda _: actions.take_code(person, codes[0], at=now())).count(True) == 1
    assert RecoveryCode.objects.count() == 9


def test_one_use_of_a_passkey_counts_once(person):
    key = Passkey.objects.create(
        person=person, name="x", credential="x", public="x", handle="x", created_at=now()
    )

    assert at_once(lambda _: actions.take_passkey(key, uses=1, at=now())).count(True) == 1


def test_an_app_is_set_up_once(person):
    at_once(lambda _: secured(person))

    assert Authenticator.objects.count() == 1
    assert RecoveryCode.objects.count() == 10


def test_one_registration_opens_one_account():
    actions.register_by_email(
        name="Budi", email="budi@contoh.example", password=PASSWORD, language="id", at=now()
    )
    key = new_key("register")

    came = at_once(lambda _: actions.confirm_registration(key, at=now()))

    assert User.objects.count() == 1
    assert came.count(actions.LinkIsWorthless) == TOGETHER - 1


def test_registering_at_once_leaves_one_link_or_one_account():
    def by_email(_):
        return actions.register_by_email(
            name="Budi", email="budi@contoh.example", password=PASSWORD, language="id", at=now()
        )

    def by_phone(_):
        return actions.register_by_phone(
            name="Budi", phone="+6281234567890", password=PASSWORD, language="id", at=now()
        )

    assert all(isinstance(said, str) for said in at_once(by_email))
    assert Link.objects.count() == 1
    assert at_once(by_phone) == [None] * TOGETHER
    assert User.objects.count() == 1


def test_one_number_goes_to_one_person():
    people = UserFactory.create_batch(TOGETHER)

    came = at_once(
        lambda number: actions.change_phone(
            people[number], phone="081299999999", actor=people[number], at=now()
        )
    )

    assert came.count(actions.AlreadyTaken) == TOGETHER - 1
    assert User.objects.filter(phone="+6281299999999").count() == 1


def test_an_address_is_given_back_once(person):
    actions.ask_for_email(person, email="baru@contoh.example", actor=person, at=now())
    actions.confirm_email(new_key("new_email"), at=now())
    key = new_key("email_changed")

    came = at_once(lambda _: actions.undo_email(key, at=now()))

    assert came.count(person) == 1
