import io

import pytest
from django.core.management import CommandError, call_command

from ifn.accounts.models import User
from tests.factories.accounts import ANOTHER, PASSWORD, WEAK, AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch):
    def say(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return say


def person(*words):
    said = io.StringIO()
    call_command("person", *words, stdout=said)
    return said.getvalue()


def test_add_opens_an_account_with_a_password_from_input(typed):
    typed(f"{PASSWORD}\n")

    person(
        *("add", "--name", "Sri", "--email", "sri@contoh.example"),
        *("--role", "administrator", "--password-stdin"),
    )

    sri = User.objects.get(email="sri@contoh.example")
    assert sri.is_administrator
    assert sri.check_password(PASSWORD)


def test_a_password_is_never_an_argument():
    with pytest.raises(CommandError, match="unrecognized"):
        person("add", "--name", "Sri", "--email", "sri@contoh.example", "--password", "x")


def test_add_without_terminal_says_what_to_do(typed):
    typed("")

    with pytest.raises(CommandError, match="--password-stdin"):
        person("add", "--name", "Sri", "--email", "sri@contoh.example")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--email", "sri@"], "Give a valid"),
        (["--phone", "0812 3456 7890"], "already"),
    ],
)
def test_add_refuses_in_a_sentence(typed, words, sentence):
    UserFactory(phone="+6281234567890")
    typed(f"{PASSWORD}\n")

    with pytest.raises(CommandError, match=sentence):
        person("add", "--name", "Sri", *words, "--password-stdin")

    assert User.objects.count() == 1


def test_a_weak_password_is_refused(typed):
    typed(f"{WEAK}\n")

    with pytest.raises(CommandError):
        person("add", "--name", "Sri", "--email", "sri@contoh.example", "--password-stdin")

    assert not User.objects.exists()


def test_role_password_and_deactivate_find_people_by_any_spelling(typed):
    AdministratorFactory()
    UserFactory(phone="+6281234567890")
    typed(f"{ANOTHER}\n")

    person("role", "0812-3456-7890", "officer", "--reason", "Verifikator")
    person("password", "62812 3456 7890", "--password-stdin")
    person("deactivate", "081234567890", "--reason", "Pindah")

    sri = User.objects.get(phone="+6281234567890")
    assert (sri.role, sri.is_active) == ("officer", False)
    assert sri.check_password(ANOTHER)


def test_the_last_administrator_and_unknown_people_are_refused():
    AdministratorFactory(email="admin@contoh.example")

    with pytest.raises(CommandError, match="Nobody would be left"):
        person("deactivate", "admin@contoh.example", "--reason", "x")
    with pytest.raises(CommandError, match="Nobody signs in"):
        person("deactivate", "lain@contoh.example", "--reason", "x")
