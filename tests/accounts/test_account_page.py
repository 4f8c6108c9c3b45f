"""The account's own page: e-mail, phone, devices, and proving who one is."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from ifn.accounts import actions, entering, sessions
from ifn.accounts.devices import device_of
from ifn.accounts.guessing import FOR_ONE_ACCOUNT
from ifn.accounts.models import Link, Passkey, Session
from ifn.audit.models import Entry
from tests.accounts.browsing import AT, is_signed_in, mail, new_key, secured, sign_in
from tests.factories.accounts import ANOTHER, PASSWORD, WRONG, UserFactory

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
NEW = "baru@contoh.example"


@pytest.fixture
def person():
    return UserFactory(name="Sri Wahyuni", email="sri@contoh.example", phone="+6281234567890")


@pytest.fixture
def signed_in(client, person):
    sign_in(client)
    return client


def change_email(client, email=NEW):
    return client.post(reverse("accounts:change-email"), {"email": email})


def press(client, view, key):
    return client.post(reverse(f"accounts:{view}"), {"kunci": key})


class TestEmail:
    def test_the_new_address_counts_once_its_link_is_opened(self, signed_in, person):
        page = change_email(signed_in, "Baru@Contoh.example").content.decode()
        assert NEW in page
        key, other = new_key("new_email"), Client()
        person.refresh_from_db()
        assert person.email == "sri@contoh.example"

        page = other.get(reverse("accounts:confirm-email"), {"kunci": key}).content.decode()
        assert NEW in page
        press(other, "confirm-email", key)

        person.refresh_from_db()
        assert person.email == NEW
        assert not is_signed_in(other)
        assert [message.to for message in mail("email_changed")] == ["sri@contoh.example"]
        assert NEW not in str(Entry.objects.get(event="accounts.email.changed").changes)

    def test_a_taken_address_gets_the_same_answer_and_its_owner_is_told(self, signed_in):
        UserFactory(email=NEW)

        page = change_email(signed_in).content.decode()

        assert "Pesan sedang dikirim" in page
        assert [message.kind for message in mail()] == ["accounts.email_wanted"]
        assert "kunci=" not in mail()[-1].text

    def test_an_address_taken_meanwhile_is_not_given(self, signed_in, person):
        change_email(signed_in)
        key = new_key("new_email")
        UserFactory(email=NEW)

        assert press(signed_in, "confirm-email", key).status_code == HTTPStatus.GONE
        person.refresh_from_db()
        assert person.email == "sri@contoh.example"

    def test_a_link_opened_twice_says_so(self, signed_in):
        change_email(signed_in)
        key = new_key("new_email")
        press(signed_in, "confirm-email", key)

        for answer in (
            press(signed_in, "confirm-email", key),
            signed_in.get(reverse("accounts:confirm-email"), {"kunci": key}),
        ):
            assert answer.status_code == HTTPStatus.GONE

    def test_the_old_address_takes_the_account_back_and_shuts_a_thief_out(self, signed_in, person):
        change_email(signed_in)
        press(signed_in, "confirm-email", new_key("new_email"))
        key, owner = new_key("email_changed"), Client()
        person.refresh_from_db()
        secured(person)
        actions.ask_for_email(person, email="lagi@contoh.example", actor=person, at=now())
        another = new_key("new_email")

        page = owner.get(reverse("accounts:undo-email"), {"kunci": key}).content.decode()
        assert "sri@contoh.example" in page
        page = press(owner, "undo-email", key).content.decode()

        assert "sri@contoh.example" in page
        person.refresh_from_db()
        assert (person.email, person.secured_at) == ("sri@contoh.example", None)
        assert not person.has_usable_password()
        assert not Session.objects.filter(account=person).exists()
        assert press(owner, "confirm-email", another).status_code == HTTPStatus.GONE
        press(owner, "open-link", new_key("sign_in"))
        assert is_signed_in(owner)
        assert press(owner, "undo-email", key).status_code == HTTPStatus.GONE

    def test_factors_of_before_stay(self, person):
        Passkey.objects.create(
            person=person, name="x", credential="x", public="x", handle="x", created_at=AT
        )
        actions.ask_for_email(person, email=NEW, actor=person, at=AT + timedelta(days=1))
        actions.confirm_email(new_key("new_email"), at=AT + timedelta(days=1))

        actions.undo_email(new_key("email_changed"), at=AT + timedelta(days=2))

        assert Passkey.objects.count() == 1

    def test_a_second_change_leaves_the_first_address_its_way_back(self, person):
        first = AT + timedelta(days=1)
        actions.ask_for_email(person, email=NEW, actor=person, at=first)
        actions.confirm_email(new_key("new_email"), at=first)
        key = new_key("email_changed")
        actions.ask_for_email(person, email="lagi@contoh.example", actor=person, at=first)
        actions.confirm_email(new_key("new_email"), at=first)

        actions.undo_email(key, at=first + timedelta(days=6))

        person.refresh_from_db()
        assert person.email == "sri@contoh.example"

    def test_after_a_week_it_stays(self, person):
        actions.ask_for_email(person, email=NEW, actor=person, at=AT)
        actions.confirm_email(new_key("new_email"), at=AT)

        with pytest.raises(actions.LinkIsWorthless):
            actions.undo_email(new_key("email_changed"), at=AT + timedelta(days=7))

    @pytest.mark.parametrize(
        ("email", "said"),
        [("sri@", "bukan alamat"), ("sri@contoh.example", "alamat Anda sekarang")],
    )
    def test_what_is_no_new_address_is_refused(self, signed_in, email, said):
        assert said in change_email(signed_in, email).content.decode()
        assert not Link.objects.exists()

    def test_so_many_addresses_are_tried_only(self, signed_in):
        for number in range(FOR_ONE_ACCOUNT):
            change_email(signed_in, f"b{number}@contoh.example")

        assert change_email(signed_in).status_code == HTTPStatus.TOO_MANY_REQUESTS


class TestPhone:
    def change(self, client, phone="0813 1111 2222"):
        return client.post(reverse("accounts:change-phone"), {"phone": phone})

    def test_it_is_changed_and_the_email_address_is_told(self, signed_in, person):
        assert self.change(signed_in)["Location"] == reverse("accounts:account")

        person.refresh_from_db()
        assert person.phone == "+6281311112222"
        assert [message.to for message in mail("phone_changed")] == ["sri@contoh.example"]
        self.change(signed_in)
        assert len(mail("phone_changed")) == 1

    @pytest.mark.parametrize("phone", ["081298765432", "12", "abc"])
    def test_a_taken_number_and_none_get_one_answer(self, signed_in, person, phone, language):
        UserFactory(phone="+6281298765432")

        page = self.change(signed_in, phone).content.decode()

        said = {"id": "Nomor ini tidak bisa dipakai", "en": "This number cannot be used"}
        assert said[language] in page
        assert phone in page
        person.refresh_from_db()
        assert person.phone == "+6281234567890"

    def test_without_number_one_signs_in_by_email_and_never_with_nothing(self, signed_in, person):
        self.change(signed_in, "")
        person.refresh_from_db()
        assert person.phone is None

        only = UserFactory(email=None)
        with pytest.raises(actions.NoWayToSignIn):
            actions.change_phone(only, phone="", actor=only, at=now())

    def test_so_many_numbers_are_tried_only(self, signed_in):
        for _ in range(FOR_ONE_ACCOUNT):
            self.change(signed_in, "12")

        assert self.change(signed_in).status_code == HTTPStatus.TOO_MANY_REQUESTS


class TestProving:
    @pytest.fixture(autouse=True)
    def long_ago(self, monkeypatch):
        monkeypatch.setattr(entering, "RECENT", timedelta(seconds=-1))

    @pytest.mark.parametrize(
        "name", ["change-email", "change-phone", "add-authenticator", "recovery-codes"]
    )
    def test_what_matters_asks_for_the_password_again(self, signed_in, name):
        page = reverse(f"accounts:{name}")

        answer = signed_in.get(page)

        assert answer["Location"] == f"{reverse('accounts:prove')}?next={page}"

    def test_what_answers_a_form_leads_to_its_page_and_does_nothing(self, signed_in):
        answer = change_email(signed_in)

        assert (
            answer["Location"] == f"{reverse('accounts:prove')}?next={reverse('accounts:account')}"
        )
        assert not Link.objects.exists()

    def test_the_right_password_leads_on(self, signed_in, monkeypatch, language):
        page = reverse("accounts:change-email")
        asked = signed_in.get(reverse("accounts:prove"), {"next": page}).content.decode()
        assert {"id": "Apakah ini Anda?", "en": "Is it you?"}[language] in asked

        answer = signed_in.post(reverse("accounts:prove"), {"password": PASSWORD, "next": page})

        assert answer["Location"] == page
        monkeypatch.undo()
        assert signed_in.get(page).status_code == HTTPStatus.OK

    def test_a_wrong_one_does_not_and_guessing_is_held_back(self, signed_in):
        for _ in range(FOR_ONE_ACCOUNT):
            answer = signed_in.post(reverse("accounts:prove"), {"password": WRONG})
            assert answer.status_code == HTTPStatus.OK
        answer = signed_in.post(reverse("accounts:prove"), {"password": PASSWORD})
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS

    def test_whoever_has_no_password_is_told_another_way(self, client):
        client.force_login(UserFactory(password=make_password(None)))

        for name in ("prove", "change-password"):
            page = client.get(reverse(f"accounts:{name}")).content.decode()
            assert "masuk lagi lewat tautan" in page or name == "change-password"


class TestDevices:
    def test_one_sees_where_one_is_signed_in_and_ends_it(self, signed_in):
        phone = Client(headers={"user-agent": ANDROID})
        sign_in(phone)
        page = signed_in.get(reverse("accounts:account")).content.decode()
        assert "Chrome, Android" in page
        assert "Perangkat tidak dikenal" in page
        assert phone.session.session_key not in page
        [theirs] = Session.objects.filter(device="Chrome, Android")

        signed_in.post(reverse("accounts:end-session"), {"session": theirs.handle})

        assert phone.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND
        assert signed_in.get(reverse("accounts:account")).status_code == HTTPStatus.OK
        assert Entry.objects.filter(event="accounts.session.ended").count() == 1

    def test_all_others_end_at_once(self, signed_in):
        others = [Client(), Client()]
        for other in others:
            sign_in(other)

        signed_in.post(reverse("accounts:end-session"), {"others": "yes"})
        signed_in.post(reverse("accounts:end-session"), {"others": "yes"})

        for other in others:
            assert other.get(reverse("accounts:account")).status_code == HTTPStatus.FOUND
        assert signed_in.get(reverse("accounts:account")).status_code == HTTPStatus.OK
        assert Entry.objects.get(event="accounts.sessions.ended").details == {"number": 2}

    def test_nobody_ends_the_sessions_of_others(self, signed_in):
        UserFactory(email="budi@contoh.example")
        other = Client()
        sign_in(other, "budi@contoh.example")
        session = Session.objects.get(pk=other.session.session_key)

        signed_in.post(reverse("accounts:end-session"), {"session": session.handle})

        assert Session.objects.filter(pk=session.pk).exists()

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_page_costs_the_same_however_many(
        self, signed_in, number, django_assert_num_queries
    ):
        for _ in range(number - 1):
            sign_in(Client())

        # session, person, app, passkeys, recovery codes, sessions
        with django_assert_num_queries(6):
            page = signed_in.get(reverse("accounts:account")).content.decode()

        assert page.count("Perangkat tidak dikenal") == number

    def test_when_a_session_began_stays_and_when_it_was_used_follows_by_the_hour(self, signed_in):
        began = Session.objects.get().started_at
        long_ago = now() - sessions.SEEN
        Session.objects.update(seen_at=long_ago)
        signed_in.get(reverse("accounts:account"))
        seen = Session.objects.get().seen_at
        assert seen > long_ago

        signed_in.get(reverse("accounts:account"))

        assert (Session.objects.get().started_at, Session.objects.get().seen_at) == (began, seen)

    @pytest.mark.usefixtures("signed_in")
    def test_sessions_that_ended_are_forgotten_and_others_stay(self):
        ends = Session.objects.get().expire_date

        assert actions.forget_old_sessions(at=ends) == 0
        assert actions.forget_old_sessions(at=ends + timedelta(seconds=1)) == 1
        assert not Session.objects.exists()

    def test_a_new_password_ends_the_other_rows_too(self, signed_in, person):
        sign_in(Client())

        signed_in.post(
            reverse("accounts:change-password"),
            {"present": PASSWORD, "new": ANOTHER, "again": ANOTHER},
        )

        assert Session.objects.filter(account=person).count() == 1

    def test_a_sign_in_remembers_the_language(self, client, person, language):
        sign_in(client)

        person.refresh_from_db()
        assert person.language == language


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, "Chrome, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox, Linux",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_has_words_that_people_know(agent, words):
    assert device_of(agent) == words
