"""Passkeys, with a phone in software; tests/browser has a ceremony in a real browser."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from fido2.webauthn import AuthenticatorData

from ifn.accounts import actions, entering, guessing
from ifn.accounts.models import Passkey
from tests.accounts.browsing import code_of, is_signed_in, mail, secured, sign_in
from tests.accounts.device import Device
from tests.factories.accounts import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def on_localhost():
    return Client(headers={"host": "localhost"})


@pytest.fixture
def client():
    return on_localhost()


@pytest.fixture
def person():
    return UserFactory(name="Sri Wahyuni", email="sri@contoh.example")


def options(client, name):
    answer = client.post(reverse(f"accounts:{name}"))
    assert answer.status_code == HTTPStatus.OK
    return answer.json()


def add(client, device, name="Ponsel"):
    answer = device.make(options(client, "new-passkey-options"))
    return client.post(reverse("accounts:add-passkey"), {"answer": answer, "name": name})


def use(client, device, **more):
    answer = device.show(options(client, "passkey-options"))
    return client.post(reverse("accounts:passkey-sign-in"), {"answer": answer, **more})


@pytest.fixture
def device(client, person):
    """Return a device that has a passkey of the person, who is signed out again."""
    sign_in(client)
    device = Device()
    assert add(client, device)["Location"] == reverse("accounts:recovery-codes")
    client.post(reverse("accounts:sign-out"))
    return device


def test_a_passkey_alone_signs_in(client, device, person):
    answer = use(client, device, next="/bantuan")

    assert answer["Location"] == "/bantuan"
    assert is_signed_in(client)
    key = Passkey.objects.get()
    assert (key.name, key.uses) == ("Ponsel", 2)
    assert key.used_at


def test_it_is_a_second_factor_after_the_password(client, device):
    assert sign_in(client)["Location"] == reverse("accounts:second")
    assert "passkey-button" in client.get(reverse("accounts:second")).content.decode()
    allowed = options(client, "passkey-options")["publicKey"]["allowCredentials"]
    assert [key["id"] for key in allowed] == [Passkey.objects.get().credential]

    use(client, device)

    assert is_signed_in(client)


def test_the_passkey_of_another_is_no_second_factor(client, device):
    secured(UserFactory(email="budi@contoh.example"))
    sign_in(client, "budi@contoh.example")

    answer = use(client, device)

    assert answer["Location"] == reverse("accounts:second")
    assert not is_signed_in(client)


def test_the_device_is_asked_to_know_its_holder_and_to_remember_the_person(client, person):
    sign_in(client)

    asked = options(client, "new-passkey-options")["publicKey"]

    chosen = asked["authenticatorSelection"]
    assert (chosen["userVerification"], chosen["residentKey"]) == ("required", "required")
    assert asked["rp"]["id"] == "localhost"
    assert "sri" not in asked["user"]["id"]


@pytest.mark.parametrize(
    "device",
    [
        Device(origin="http://elsewhere.example"),
        Device(origin="https://localhost"),
        Device(flags=AuthenticatorData.FLAG.UP),
    ],
    ids=["elsewhere", "another scheme", "not verified"],
)
def test_a_device_that_is_elsewhere_or_knows_not_its_holder_makes_none(client, person, device):
    sign_in(client)

    answer = add(client, device)

    assert answer["Location"] == reverse("accounts:second-factors")
    assert not Passkey.objects.exists()


def test_another_key_another_place_and_an_answer_twice_open_nothing(client, device):
    stranger = Device()
    stranger.name, stranger.handle = device.name, device.handle
    use(client, stranger)
    assert not is_signed_in(client)

    wrong_place = device.show(options(client, "passkey-options"), rp="elsewhere.example")
    client.post(reverse("accounts:passkey-sign-in"), {"answer": wrong_place})
    assert not is_signed_in(client)

    answer = device.show(options(client, "passkey-options"))
    other = on_localhost()
    other.post(reverse("accounts:passkey-sign-in"), {"answer": answer})
    assert not is_signed_in(other)
    client.post(reverse("accounts:passkey-sign-in"), {"answer": answer})
    assert is_signed_in(client)
    client.post(reverse("accounts:sign-out"))
    client.post(reverse("accounts:passkey-sign-in"), {"answer": answer})
    assert not is_signed_in(client)


def test_a_copy_whose_count_falls_back_opens_nothing(client, device):
    device.uses = 0

    use(client, device)

    assert not is_signed_in(client)


def test_a_device_that_does_not_count_opens_time_and_again(client, person):
    sign_in(client)
    device = Device(counts=False)
    add(client, device)

    for _ in range(2):
        client.post(reverse("accounts:sign-out"))
        use(client, device)
        assert is_signed_in(client)


def test_a_key_that_says_it_is_of_somebody_else_opens_nothing(client, device):
    device.handle = b"x" * 32

    use(client, device)

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "answer", ["", "x", "[]", "{}", '{"id": 1}', '{"id": "x"}', '{"id": "x"' + " " * 30_000 + "}"]
)
def test_an_answer_that_is_none_is_refused_in_words(client, device, answer, language):
    options(client, "passkey-options")

    page = client.post(
        reverse("accounts:passkey-sign-in"), {"answer": answer}, follow=True
    ).content.decode()

    said = {"id": "tidak membuka akun di sini", "en": "opens no account here"}
    assert said[language] in page
    assert not is_signed_in(client)


def test_half_an_answer_for_a_known_key_is_refused(client, device):
    options(client, "passkey-options")
    name = Passkey.objects.get().credential

    client.post(reverse("accounts:passkey-sign-in"), {"answer": f'{{"id": "{name}"}}'})

    assert not is_signed_in(client)


def test_a_closed_account_opens_by_no_passkey(client, device, person):
    actions.deactivate(person, actor=None, at=now(), reason="x")

    use(client, device)

    assert not is_signed_in(client)


def test_a_second_device_is_the_same_person_and_shows_no_codes(client, device):
    use(client, device)
    second = Device()

    assert add(client, second, "Laptop")["Location"] == reverse("accounts:second-factors")

    assert second.handle == device.handle
    assert Passkey.objects.count() == 2
    page = client.get(reverse("accounts:second-factors")).content.decode()
    assert "Laptop" in page
    assert "Ponsel" in page
    assert len(mail("factor_added")) == 2


def test_the_same_key_is_kept_once(client, device):
    use(client, device)

    add(client, device)

    assert Passkey.objects.count() == 1


def test_so_many_devices_nobody_has(client, person, monkeypatch):
    sign_in(client)
    monkeypatch.setattr("ifn.accounts.actions.factors.MOST_PASSKEYS", 1)
    add(client, Device())

    page = client.post(
        reverse("accounts:add-passkey"),
        {"answer": Device().make(options(client, "new-passkey-options"))},
        follow=True,
    ).content.decode()

    assert "terlalu banyak" in page
    assert Passkey.objects.count() == 1


def test_one_removes_ones_own_only(client, device, person):
    use(client, device)
    theirs = Passkey.objects.create(
        person=UserFactory(), name="x", credential="x", public="x", handle="x", created_at=now()
    )
    own = Passkey.objects.get(person=person)

    for key in (theirs, own, own):
        client.post(reverse("accounts:remove-passkey", args=[key.pk]))

    assert list(Passkey.objects.all()) == [theirs]
    person.refresh_from_db()
    assert person.secured_at is None
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.OK


def test_staff_may_have_a_passkey_as_their_second_factor(client):
    OfficerFactory(email="petugas@contoh.example", secured_at=None)
    sign_in(client, "petugas@contoh.example")

    add(client, Device())

    assert client.get(reverse("directory:staff")).status_code == HTTPStatus.OK


def test_it_proves_who_one_is(client, device, monkeypatch):
    use(client, device)
    monkeypatch.setattr(entering, "RECENT", timedelta(seconds=-1))
    page = reverse("accounts:change-email")
    assert "passkey-button" in client.get(reverse("accounts:prove")).content.decode()
    assert (
        client.post(reverse("accounts:new-passkey-options")).status_code == HTTPStatus.BAD_REQUEST
    )

    assert use(client, device, next=page)["Location"] == page
    monkeypatch.undo()

    assert client.get(page).status_code == HTTPStatus.OK


def test_the_passkey_of_another_does_not_take_over_a_session(client, device):
    UserFactory(email="budi@contoh.example")
    sign_in(client, "budi@contoh.example")
    before = client.session["_auth_user_id"]

    use(client, device)

    assert client.session["_auth_user_id"] == before


@pytest.mark.parametrize(
    ("host", "secure", "offered"),
    [
        ("localhost", False, True),
        ("localhost:8000", False, True),
        ("127.0.0.1:8000", False, False),
        ("127.0.0.1", True, False),
        ("testserver", False, False),
        ("testserver", True, True),
    ],
)
def test_passkeys_are_offered_where_browsers_allow_them(host, secure, offered):
    client = Client(headers={"host": host})

    page = client.get(reverse("accounts:sign-in"), secure=secure).content.decode()
    answer = client.post(reverse("accounts:passkey-options"), secure=secure)

    assert ("passkey-button" in page) == offered
    assert (answer.status_code == HTTPStatus.OK) == offered


def test_an_app_and_a_passkey_stand_beside_each_other(client, device, person):
    person.refresh_from_db()
    secret, codes = secured(person)
    assert codes == []
    sign_in(client)

    client.post(reverse("accounts:second"), {"code": code_of(secret)})

    assert is_signed_in(client)
    client.post(reverse("accounts:remove-authenticator"))
    person.refresh_from_db()
    assert person.secured_at


def test_checking_passkeys_is_bounded(client, device, monkeypatch):
    monkeypatch.setattr(guessing, "FROM_ONE_PLACE", 1)
    use(client, Device())

    page = client.post(reverse("accounts:passkey-sign-in"), follow=True).content.decode()

    assert "Terlalu banyak percobaan" in page
