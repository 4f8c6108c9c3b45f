"""An app with codes, recovery codes, and pages that open only with one."""

from datetime import timedelta
from http import HTTPStatus

import pyotp
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from ifn.accounts import actions, entering
from ifn.accounts.guessing import CODES, FOR_ONE_ACCOUNT
from ifn.accounts.models import Authenticator, RecoveryCode, Session
from ifn.accounts.sealing import seal, unseal
from ifn.audit.models import Entry
from tests.accounts.browsing import AT, code_of, is_signed_in, mail, secured, sign_in
from tests.factories.accounts import (
    ANOTHER,
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(name="Sri Wahyuni", email="sri@contoh.example", phone="+6281234567890")


def give(client, code):
    return client.post(reverse("accounts:second"), {"code": code})


def test_the_password_alone_signs_nobody_in_who_has_a_second_factor(client, person):
    secret, _ = secured(person)

    answer = sign_in(client, next="/bantuan")

    assert answer["Location"] == reverse("accounts:second")
    assert not is_signed_in(client)
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND
    assert give(client, code_of(secret))["Location"] == "/bantuan"
    assert is_signed_in(client)


def test_the_page_speaks_both_languages(client, person, language):
    secured(person)
    sign_in(client)

    page = client.get(reverse("accounts:second")).content.decode()

    assert {"id": "Satu langkah lagi", "en": "One more step"}[language] in page


def test_a_code_opens_once(client, person):
    secret, _ = secured(person)
    code = code_of(secret)
    sign_in(client)
    give(client, code)
    other = Client()
    sign_in(other)

    page = give(other, code).content.decode()

    assert "sudah dipakai" in page
    assert not is_signed_in(other)


@pytest.mark.parametrize("moved", [-30, 0, 30])
def test_a_clock_may_be_off_by_half_a_minute(person, moved):
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(AT + timedelta(seconds=moved))

    assert actions.add_authenticator(
        person, secret=secret, code=code, session=None, actor=person, at=AT
    )


@pytest.mark.parametrize("code", ["000000", "", "12", "abcdef", "٣٤٥٦٧٨", "123456789012345678"])
def test_another_code_opens_nothing(client, person, code):
    secured(person)
    Authenticator.objects.update(secret=seal("JBSWY3DPEHPK3PXP" * 2))
    sign_in(client)

    assert give(client, code).status_code == HTTPStatus.OK
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once_and_the_person_is_told(client, person):
    _, codes = secured(person)
    sign_in(client)
    give(client, codes[0].lower().replace("-", " "))
    assert is_signed_in(client)
    other = Client()
    sign_in(other)

    give(other, codes[0])

    assert not is_signed_in(other)
    assert RecoveryCode.objects.count() == 9
    assert Entry.objects.get(event="accounts.recovery-code.used").details == {"left": 9}
    assert len(mail("recovery_used")) == 1
    assert not RecoveryCode.objects.filter(digest__contains=codes[1]).exists()


def test_a_recovery_code_of_somebody_else_opens_nothing(client, person):
    secured(person)
    _, others = secured(UserFactory())
    sign_in(client)

    give(client, others[0])

    assert not is_signed_in(client)


def test_guessing_codes_is_held_back_for_a_place_and_for_all_together(client, person):
    secret, _ = secured(person)
    sign_in(client)
    for _ in range(FOR_ONE_ACCOUNT):
        give(client, "000000")
    assert give(client, code_of(secret)).status_code == HTTPStatus.TOO_MANY_REQUESTS

    for number in range(CODES):
        other = Client(REMOTE_ADDR=f"10.0.0.{number}")
        sign_in(other)
        answer = give(other, "000000")
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_whoever_takes_too_long_begins_again(client, person, monkeypatch):
    secret, _ = secured(person)
    sign_in(client)
    monkeypatch.setattr(entering, "ON_THE_WAY", timedelta(0))

    assert give(client, code_of(secret))["Location"] == reverse("accounts:sign-in")
    assert not is_signed_in(client)


@pytest.mark.parametrize("change", ["password", "closed"])
def test_whoever_is_on_the_way_in_stops_when_the_account_changes(client, person, change):
    secret, _ = secured(person)
    sign_in(client)
    if change == "password":
        actions.change_password(person, password=ANOTHER, actor=person, at=now())
    else:
        actions.deactivate(person, actor=None, at=now(), reason="x")

    assert give(client, code_of(secret))["Location"] == reverse("accounts:sign-in")
    assert not is_signed_in(client)


def begin(client):
    page = client.get(reverse("accounts:add-authenticator")).content.decode()
    return unseal(client.session["app_secret"]), page


def test_an_app_is_set_up_with_its_first_code_and_codes_are_shown_until_kept(client, person):
    sign_in(client)
    other = Client()
    sign_in(other)
    secret, page = begin(client)
    assert "<svg" in page
    assert f"secret={secret}" in page
    assert begin(client)[0] == secret

    answer = client.post(reverse("accounts:add-authenticator"), {"code": code_of(secret)})

    assert answer["Location"] == reverse("accounts:recovery-codes")
    page = client.get(reverse("accounts:recovery-codes")).content.decode()
    assert page.count("<code>") == 10
    assert client.get(reverse("accounts:recovery-codes")).content.count(b"<code>") == 10
    assert is_signed_in(client)
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.OK
    assert other.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND
    assert secret not in Authenticator.objects.get().secret
    assert len(mail("factor_added")) == 1

    client.post(reverse("accounts:recovery-codes"), {"kept": "yes"})
    assert client.get(reverse("accounts:recovery-codes")).status_code == HTTPStatus.FOUND


def test_an_app_that_shows_another_code_is_not_set_up(client, person, language):
    sign_in(client)
    begin(client)

    page = client.post(reverse("accounts:add-authenticator"), {"code": "000000"}).content.decode()

    assert {"id": "menampilkan kode lain", "en": "shows another code"}[language] in page
    assert not Authenticator.objects.exists()


def test_a_second_press_keeps_the_app_and_the_codes(client, person):
    sign_in(client)
    secret, _ = begin(client)
    code = code_of(secret)
    client.post(reverse("accounts:add-authenticator"), {"code": code})

    again = client.post(reverse("accounts:add-authenticator"), {"code": code})

    assert again["Location"] == reverse("accounts:second-factors")
    assert Authenticator.objects.count() == 1
    assert b"<code>" in client.get(reverse("accounts:recovery-codes")).content


def test_new_recovery_codes_make_the_old_ones_worthless(client, person):
    secret, old = secured(person)
    sign_in(client)
    give(client, code_of(secret))

    client.post(reverse("accounts:recovery-codes"))

    assert RecoveryCode.objects.count() == 10
    assert not actions.take_code(person, old[0], at=now())


def test_without_a_second_factor_there_are_no_recovery_codes(client, person):
    sign_in(client)

    client.post(reverse("accounts:recovery-codes"))

    assert not RecoveryCode.objects.exists()


def test_the_last_factor_gone_the_password_is_enough_again(client, person):
    secret, _ = secured(person)
    sign_in(client)
    give(client, code_of(secret))

    client.post(reverse("accounts:remove-authenticator"))
    client.post(reverse("accounts:remove-authenticator"))

    person.refresh_from_db()
    assert person.secured_at is None
    assert not RecoveryCode.objects.exists()
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.OK
    assert len(mail("factor_removed")) == 1
    other = Client()
    sign_in(other)
    assert is_signed_in(other)


def test_a_reset_takes_all_factors_and_sessions_and_tells_the_person(client, person):
    secret, _ = secured(person)
    sign_in(client)
    give(client, code_of(secret))

    actions.reset_factors(person, actor=AdministratorFactory(), at=now(), reason="Ponsel hilang")

    person.refresh_from_db()
    assert person.secured_at is None
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND
    assert not Session.objects.filter(account=person).exists()
    assert Entry.objects.get(event="accounts.factors.reset").reason == "Ponsel hilang"
    assert len(mail("factors_reset")) == 1


def test_the_command_resets_too(person):
    secured(person)

    call_command("person", "factors", "sri@contoh.example", "--reason", "Ponsel hilang")

    person.refresh_from_db()
    assert person.secured_at is None


STAFF_PAGE = "directory:staff"


@pytest.mark.parametrize("make", [OfficerFactory, RegionalOfficerFactory, AdministratorFactory])
def test_staff_set_up_a_second_factor_before_their_pages_open(client, make, language):
    client.force_login(make(secured_at=None))
    page = reverse(STAFF_PAGE)

    answer = client.get(f"{page}?q=sol")

    assert answer["Location"] == f"{reverse('accounts:second-factors')}?next={page}%3Fq%3Dsol"
    led = client.get(answer["Location"]).content.decode()
    assert {"id": "Diperlukan untuk tugas Anda", "en": "Needed for your work"}[language] in led
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.OK


def test_staff_go_on_where_they_wanted_to_once_they_have_it(client):
    OfficerFactory(email="petugas@contoh.example", secured_at=None)
    sign_in(client, "petugas@contoh.example")
    client.get(client.get(reverse(STAFF_PAGE))["Location"])
    secret, _ = begin(client)
    client.post(reverse("accounts:add-authenticator"), {"code": code_of(secret)})

    answer = client.post(reverse("accounts:recovery-codes"), {"kept": "yes"})

    assert answer["Location"] == reverse(STAFF_PAGE)
    assert client.get(reverse(STAFF_PAGE)).status_code == HTTPStatus.OK


def test_a_part_of_a_page_leaves_the_page_to_set_it_up(client):
    client.force_login(OfficerFactory(secured_at=None))

    answer = client.get(reverse(STAFF_PAGE), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("accounts:second-factors")
    assert client.post(reverse("directory:new"))["Location"] == reverse("accounts:second-factors")


def test_demo_people_and_those_the_setting_spares_need_none(client, settings):
    client.force_login(OfficerFactory(secured_at=None, is_demo=True))
    assert client.get(reverse(STAFF_PAGE)).status_code == HTTPStatus.OK

    client.force_login(OfficerFactory(secured_at=None))
    settings.STAFF_SECOND_FACTOR = False
    assert client.get(reverse(STAFF_PAGE)).status_code == HTTPStatus.OK


def test_secrets_outlive_a_change_of_the_installations_secret(client, person, settings):
    secret, codes = secured(person)
    old = settings.SECRET_KEY
    sealed = Authenticator.objects.get().secret

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [old]
    assert unseal(sealed) == secret
    assert actions.take_code(person, code_of(secret), at=now())
    assert actions.take_code(person, codes[0], at=now())

    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(sealed) is None
    assert not actions.take_code(person, code_of(secret), at=now() + timedelta(minutes=1))
    assert not actions.take_code(person, codes[1], at=now())
