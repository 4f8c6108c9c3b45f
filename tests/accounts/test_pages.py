import re
from http import HTTPStatus

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from ifn.accounts.guessing import FOR_ONE_ACCOUNT
from ifn.accounts.models import User
from ifn.quotas.models import Drawn
from tests.factories.accounts import ANOTHER, PASSWORD, WEAK, WRONG, UserFactory

pytestmark = pytest.mark.django_db

NO_MATCH = {
    "id": "Tidak ada akun yang cocok. Periksa email atau nomor telepon dan kata sandi Anda.",
    "en": "This does not match an account. Check the e-mail or number and the password.",
}


#: Old counts go, new ones are made, two are raised, and one query looks for the person.
QUERIES_OF_A_REFUSAL = 3


@pytest.fixture
def person():
    return UserFactory(name="Sri Wahyuni", email="sri@contoh.example", phone="+6281234567890")


def sign_in(client, identifier="sri@contoh.example", password=PASSWORD, **more):
    return client.post(
        reverse("accounts:sign-in"), {"identifier": identifier, "password": password, **more}
    )


def is_signed_in(client):
    return SESSION_KEY in client.session


@pytest.mark.parametrize(
    "identifier",
    [
        "sri@contoh.example",
        " SRI@Contoh.example",
        "081234567890",
        "+62 812-3456-7890",
        "62812 34567890",
    ],
)
def test_a_person_signs_in_with_any_spelling(client, person, identifier):
    answer = sign_in(client, identifier)

    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == reverse("site:start")
    assert client.session[SESSION_KEY] == str(person.pk)


def test_the_page_speaks_both_languages(client, language):
    page = client.get(reverse("accounts:sign-in")).content.decode()

    assert f'<html lang="{language}"' in page
    assert {"id": "Email atau nomor telepon", "en": "E-mail or phone number"}[language] in page


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("sri@contoh.example", WRONG),
        ("081234567890", WRONG),
        ("nobody@contoh.example", PASSWORD),
        ("089999999999", PASSWORD),
        ("sri", PASSWORD),
        ("closed@contoh.example", PASSWORD),
        ("closed@contoh.example", WRONG),
        ("passwordless@contoh.example", PASSWORD),
    ],
)
def test_nothing_tells_whether_an_account_exists(client, person, language, identifier, password):
    UserFactory(email="closed@contoh.example", is_active=False)
    UserFactory(email="passwordless@contoh.example", password=make_password(None))

    with CaptureQueriesContext(connection) as queries:
        answer = sign_in(client, identifier, password)

    assert answer.status_code == HTTPStatus.OK
    assert NO_MATCH[language] in answer.content.decode()
    assert not is_signed_in(client)
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == QUERIES_OF_A_REFUSAL


def test_a_refusal_costs_one_hashing_whether_or_not_the_account_exists(client, person, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    for identifier in ("sri@contoh.example", "nobody@contoh.example", "sri"):
        hashed.clear()
        sign_in(client, identifier, WRONG)

        assert hashed == [WRONG]


def test_too_many_tries_are_refused_with_the_time(client, person, language):
    for _ in range(FOR_ONE_ACCOUNT):
        sign_in(client, password=WRONG)

    answer = sign_in(client)

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    said = {
        "id": r"Terlalu banyak percobaan\. Coba lagi setelah pukul \d\d[.:]\d\d",
        "en": r"Too many tries\. Try again after \d\d:\d\d",
    }
    assert re.search(said[language], answer.content.decode())
    assert not is_signed_in(client)


def test_a_refusal_for_now_says_nothing_of_the_account(client, person):
    pages = []
    for identifier in ("sri@contoh.example", "nobo@contoh.example"):
        for _ in range(FOR_ONE_ACCOUNT):
            sign_in(client, identifier, WRONG)
        page = sign_in(client, identifier, WRONG).content.decode()
        pages.append(re.sub(r'value="[^"]*"|\d\d[.:]\d\d', "", page).replace(identifier, ""))

    assert pages[0] == pages[1]


def test_others_sign_in_while_one_place_is_held_back(client, person):
    for _ in range(FOR_ONE_ACCOUNT + 1):
        sign_in(client, password=WRONG)

    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(elsewhere)

    assert is_signed_in(elsewhere)


def test_a_sign_in_leaves_no_count_of_failures(client, person):
    sign_in(client, password=WRONG)

    sign_in(client)

    assert sum(Drawn.objects.values_list("number", flat=True)) == 1


def test_missing_fields_are_named_and_not_counted(client, person):
    page = sign_in(client, identifier="", password="").content.decode()

    assert page.count('aria-invalid="true"') == 2
    assert not Drawn.objects.exists()


@pytest.mark.parametrize("identifier", ["x" * 10_000, "sri\x00@contoh.example", "\u202esri", "🥾"])
def test_odd_input_is_refused_politely(client, person, identifier):
    answer = sign_in(client, identifier)

    assert answer.status_code == HTTPStatus.OK
    assert not is_signed_in(client)


@pytest.mark.parametrize("following", ["/akun/kata-sandi", "/akun?a=1"])
def test_a_person_is_led_to_the_page_they_wanted(client, person, following):
    page = client.get(reverse("accounts:sign-in"), {"next": following}).content.decode()
    assert f'name="next" value="{following}"' in page

    assert sign_in(client, next=following)["Location"] == following


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/",
        "//evil.example/akun",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\thttps://evil.example",
    ],
)
def test_nobody_is_led_away_from_the_platform(client, person, following):
    page = client.get(reverse("accounts:sign-in"), {"next": following}).content.decode()
    assert "evil.example" not in page.split("<main")[1].split("</main>")[0]

    assert sign_in(client, next=following)["Location"] == reverse("site:start")


def test_whoever_is_signed_in_need_not_sign_in(client, person):
    client.force_login(person)

    answer = client.get(reverse("accounts:sign-in"), {"next": "/akun/kata-sandi"})

    assert answer["Location"] == "/akun/kata-sandi"


def test_the_session_from_before_is_worth_nothing_after(client, person):
    session = client.session
    session["set by"] = "somebody else"
    session.save()
    before = session.session_key

    sign_in(client)

    assert client.session.session_key != before
    stranger = Client()
    stranger.cookies["sessionid"] = before
    assert stranger.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND


def test_forms_of_other_sites_are_refused(person):
    strict = Client(enforce_csrf_checks=True)

    assert sign_in(strict).status_code == HTTPStatus.FORBIDDEN
    assert not is_signed_in(strict)

    strict.force_login(person)
    assert strict.post(reverse("accounts:sign-out")).status_code == HTTPStatus.FORBIDDEN
    assert is_signed_in(strict)


def test_signing_out_takes_a_form_not_a_link(client, person, language):
    client.force_login(person)

    assert client.get(reverse("accounts:sign-out")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert is_signed_in(client)

    page = client.post(reverse("accounts:sign-out"), follow=True).content.decode()
    assert not is_signed_in(client)
    assert {"id": "Anda sudah keluar.", "en": "You are signed out."}[language] in page


def test_the_account_page_shows_the_person_their_own_data(client, person, language):
    client.force_login(person)

    page = client.get(reverse("accounts:account")).content.decode()

    for text in ("Sri Wahyuni", "sri@contoh.example", "+6281234567890"):
        assert text in page
    assert {"id": "Anggota", "en": "Member"}[language] in page


def test_a_name_is_text_and_not_markup(client):
    client.force_login(UserFactory(name="<script>alert(1)</script>"))

    page = client.get(reverse("accounts:account")).content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["account", "change-password"])
def test_visitors_are_asked_to_sign_in(client, language, name):
    address = reverse(f"accounts:{name}")

    assert client.get(address)["Location"] == f"{reverse('accounts:sign-in')}?next={address}"


def change(client, present=PASSWORD, new=ANOTHER, again=None):
    return client.post(
        reverse("accounts:change-password"),
        {"present": present, "new": new, "again": new if again is None else again},
    )


def test_a_changed_password_keeps_this_device_and_ends_the_others(client, person):
    client.force_login(person)
    other = Client()
    other.force_login(person)

    answer = change(client)

    assert answer["Location"] == reverse("accounts:account")
    person.refresh_from_db()
    assert person.check_password(ANOTHER)
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.OK
    assert other.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"present": "salah"}, {"id": "Ini bukan kata sandi Anda", "en": "not your present"}),
        ({"again": "lain sama sekali"}, {"id": "berbeda", "en": "differ"}),
        ({"new": WEAK}, {"id": "terlalu pendek", "en": "too short"}),
        ({"new": "1234567890"}, {"id": "umum", "en": "too common"}),
    ],
)
def test_a_password_is_changed_only_knowingly_and_to_a_good_one(
    client, person, language, given, said
):
    client.force_login(person)

    page = change(client, **given).content.decode()

    assert said[language] in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_guessing_the_present_password_is_held_back(client, person):
    client.force_login(person)
    for _ in range(FOR_ONE_ACCOUNT):
        change(client, present=WRONG)

    assert change(client).status_code == HTTPStatus.TOO_MANY_REQUESTS
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_pages_of_accounts_are_not_kept_by_browsers(client, person):
    client.force_login(person)
    for name in ("account", "change-password"):
        assert "no-store" in client.get(reverse(f"accounts:{name}"))["Cache-Control"]


def test_english_addresses_have_their_prefix():
    with translation.override("en"):
        assert reverse("accounts:sign-in") == "/en/masuk"
    with translation.override("id"):
        assert reverse("accounts:sign-in") == "/masuk"
    assert User.objects.count() == 0


def test_demo_people_stay_outside_what_is_used_for_real(client, settings):
    UserFactory(name="Sekar", email="petugas@example.com", is_demo=True)
    sign_in(client, "petugas@example.com")
    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.OK

    settings.PRODUCTION = True

    assert client.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND
    assert NO_MATCH["id"] in sign_in(client, "petugas@example.com").content.decode()
