from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ifn.accounts import actions
from ifn.accounts.models import User
from ifn.accounts.queries import administrators, person_with
from ifn.audit.models import Entry
from tests.factories.accounts import (
    ANOTHER,
    PASSWORD,
    WEAK,
    AdministratorFactory,
    OfficerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_create_person_stores_identifiers_in_one_spelling_and_hashes_the_password():
    person = actions.create_person(
        name=" Sri Wahyuni ",
        email="Sri@Contoh.example",
        phone="0812 3456 7890",
        password=PASSWORD,
        actor=None,
        at=AT,
    )

    person.refresh_from_db()
    assert (person.name, person.email, person.phone, person.role, person.joined_at) == (
        "Sri Wahyuni",
        "sri@contoh.example",
        "+6281234567890",
        User.Role.MEMBER,
        AT,
    )
    assert person.check_password(PASSWORD)
    assert PASSWORD not in person.password


def test_create_person_leaves_a_line_without_personal_data():
    administrator = AdministratorFactory()

    person = actions.create_person(
        name="Sri", email="sri@contoh.example", role="officer", actor=administrator, at=AT
    )

    entry = Entry.objects.get(event="accounts.person.created")
    assert (entry.subject, entry.actor, entry.happened_at) == (
        f"accounts.User:{person.pk}",
        administrator,
        AT,
    )
    assert entry.changes["role"] == [None, "officer"]
    assert "sri@contoh.example" not in str(entry.changes)


def test_a_person_without_password_cannot_sign_in():
    person = actions.create_person(name="Sri", phone="081234567890", actor=None, at=AT)

    assert not person.has_usable_password()


@pytest.mark.parametrize(
    "given",
    [{}, {"email": "sri@"}, {"phone": "12"}, {"email": "sri@contoh.example", "phone": "12"}],
)
def test_create_person_wants_something_to_sign_in_with(given):
    with pytest.raises(actions.NoWayToSignIn):
        actions.create_person(name="Sri", actor=None, at=AT, **given)

    assert not User.objects.exists()


@pytest.mark.parametrize("given", [{"email": "SRI@contoh.example"}, {"phone": "62812-3456-7890"}])
def test_create_person_refuses_what_somebody_signs_in_with(given):
    UserFactory(email="sri@contoh.example", phone="+6281234567890")

    with pytest.raises(actions.AlreadyTaken):
        actions.create_person(name="Lain", actor=None, at=AT, **given)

    assert User.objects.count() == 1
    assert not Entry.objects.exists()


def test_create_person_refuses_a_weak_password():
    with pytest.raises(ValidationError):
        actions.create_person(
            name="Sri", email="sri@contoh.example", password=WEAK, actor=None, at=AT
        )

    assert not User.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"email": None, "phone": None},
        {"email": "Sri@contoh.example"},
        {"phone": "081234567890"},
        {"role": "king"},
    ],
)
def test_the_database_keeps_identifiers_and_roles_right(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(**fields)


def test_change_role_is_recorded_with_its_reason():
    administrator, person = AdministratorFactory(), UserFactory()

    actions.change_role(person, role="officer", actor=administrator, at=AT, reason="Verifikator")

    person.refresh_from_db()
    assert person.is_staff
    entry = Entry.objects.get(event="accounts.role.changed")
    assert (entry.reason, entry.changes) == ("Verifikator", {"role": ["member", "officer"]})


def test_the_last_administrator_stays_one():
    only = AdministratorFactory()
    AdministratorFactory(is_active=False)
    OfficerFactory()

    with pytest.raises(actions.LastAdministrator):
        actions.change_role(only, role="officer", actor=only, at=AT, reason="x")
    with pytest.raises(actions.LastAdministrator):
        actions.deactivate(only, actor=only, at=AT, reason="x")

    assert list(administrators()) == [only]
    assert not Entry.objects.exists()


def test_one_of_two_administrators_may_go():
    first, second = AdministratorFactory.create_batch(2)

    actions.deactivate(second, actor=first, at=AT, reason="Pindah tugas")

    second.refresh_from_db()
    assert not second.is_active
    assert list(administrators()) == [first]


def test_change_password_is_recorded_without_the_password():
    person = UserFactory()

    actions.change_password(person, password=ANOTHER, actor=person, at=AT)

    person.refresh_from_db()
    assert person.check_password(ANOTHER)
    entry = Entry.objects.get(event="accounts.password.changed")
    assert (entry.changes, entry.details) == ({}, {})


def test_person_with_finds_any_spelling_and_nobody_by_nothing():
    person = UserFactory(email=None, phone="+6281234567890")
    UserFactory(phone=None)

    assert person_with("0812-3456-7890") == person
    assert person_with("") is None
    assert person_with("sri") is None
