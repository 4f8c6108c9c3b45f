import re
from datetime import UTC, datetime, timedelta

import pytest

from ifn.accounts.actions import deactivate
from ifn.api import actions, policies
from ifn.api.models import Key
from ifn.api.queries import digest_of, keys_of, live_key
from ifn.audit.models import Entry
from tests.factories.accounts import UserFactory

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def made(person, name="Toko"):
    return actions.make_key(person=person, name=name, actor=person, at=AT)


def test_a_key_is_kept_as_a_digest_only():
    key, secret = made(UserFactory())

    key.refresh_from_db()
    assert re.fullmatch(r"ifn_[2-9a-zA-Z]{40}", secret)
    assert secret.startswith(key.beginning)
    assert key.digest == digest_of(secret)
    assert secret not in str(Key.objects.values().get())


def test_making_and_revoking_leave_a_line_in_the_record_without_the_key():
    person = UserFactory()
    key, secret = made(person)
    actions.revoke_key(key, actor=person, at=AT)
    actions.revoke_key(key, actor=person, at=AT + timedelta(days=1))

    events = list(Entry.objects.order_by("pk").values_list("event", flat=True))
    assert events[-2:] == ["api.key.made", "api.key.revoked"]
    assert secret not in str(list(Entry.objects.values()))
    key.refresh_from_db()
    assert key.revoked_at == AT


def test_a_live_key_opens_and_a_revoked_one_does_not():
    person = UserFactory()
    key, secret = made(person)

    assert live_key(secret) == key
    actions.revoke_key(key, actor=person, at=AT)
    assert live_key(secret) is None


def test_a_key_ends_with_its_owners_account():
    person = UserFactory()
    _key, secret = made(person)

    deactivate(person, actor=None, at=AT, reason="left")

    assert live_key(secret) is None


def test_a_name_is_used_once_while_its_key_is_live():
    person = UserFactory()
    key, _secret = made(person)

    with pytest.raises(actions.NameTaken):
        made(person)
    actions.revoke_key(key, actor=person, at=AT)
    assert made(person)[0] != key
    assert made(UserFactory())


def test_nobody_has_more_keys_than_some():
    person = UserFactory()
    for number in range(actions.MOST):
        made(person, f"Toko {number}")

    with pytest.raises(actions.TooManyKeys):
        made(person, "one more")


def test_use_is_noted_once_an_hour(django_assert_num_queries):
    key, _secret = made(UserFactory())
    actions.note_use(key, at=AT)
    key.refresh_from_db()

    with django_assert_num_queries(0):
        actions.note_use(key, at=AT + timedelta(minutes=59))
    actions.note_use(key, at=AT + timedelta(minutes=60))
    key.refresh_from_db()
    assert key.used_at == AT + timedelta(hours=1)


def test_only_the_owner_may_revoke():
    person = UserFactory()
    key, _secret = made(person)

    assert policies.can_revoke(person, key)
    assert not policies.can_revoke(UserFactory(), key)


def test_keys_are_listed_live_ones_first():
    person = UserFactory()
    old, _secret = made(person, "old")
    actions.revoke_key(old, actor=person, at=AT)
    new, _secret = made(person, "new")
    made(UserFactory(), "another's")

    assert keys_of(person) == [new, old]


def test_a_key_has_a_larger_quota_of_its_own(api, settings):
    settings.API_RATE, settings.API_KEY_RATE = 1, 30
    person = UserFactory()
    key, secret = made(person)

    answers = [api("regions", bearer=secret) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert answers[0]["RateLimit-Policy"] == '"minute";q=30;w=60'
    key.refresh_from_db()
    assert key.used_at is not None


@pytest.mark.parametrize("given", ["Bearer nothing", "Basic abc", "ifn_abc", "Bearer "])
def test_a_key_that_opens_nothing_is_refused(api, given):
    answer = api("regions", headers={"Authorization": given})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_guessing_keys_is_slowed_down(api, settings):
    settings.API_RATE = 2

    statuses = [api("regions", bearer=f"ifn_{number}").status_code for number in range(4)]

    assert statuses == [401, 401, 429, 429]


def test_keys_are_for_members(client):
    assert client.get("/akun/kunci-api").status_code == 302


def test_a_key_is_shown_once(client, language):
    person = UserFactory()
    client.force_login(person)
    page = {"id": "/akun/kunci-api", "en": "/en/akun/kunci-api"}[language]

    first = client.post(page, {"name": "Toko"})
    again = client.get(page)

    secret = re.search(r"ifn_\w{40}", first.content.decode())[0]
    assert live_key(secret).person == person
    assert "no-store" in first["Cache-Control"]
    assert secret not in again.content.decode()
    assert "Toko" in again.content.decode()


def test_sending_the_form_twice_makes_one_key(client):
    client.force_login(UserFactory())

    client.post("/en/akun/kunci-api", {"name": "Toko"})
    again = client.post("/en/akun/kunci-api", {"name": "Toko"})

    assert "You have a key of this name" in again.content.decode()
    assert Key.objects.count() == 1


def test_a_key_needs_a_name(client):
    client.force_login(UserFactory())

    client.post("/akun/kunci-api", {"name": " "})

    assert not Key.objects.exists()


def test_whoever_has_too_many_keys_is_told_what_to_do(client):
    person = UserFactory()
    for number in range(actions.MOST):
        made(person, f"Toko {number}")
    client.force_login(person)

    answer = client.post("/en/akun/kunci-api", {"name": "one more"})

    assert "Revoke one" in answer.content.decode()


def test_a_key_is_revoked_from_the_page_and_a_stranger_cannot(client):
    person = UserFactory()
    key, secret = made(person)
    client.force_login(UserFactory())
    assert client.post(f"/akun/kunci-api/{key.pk}/cabut").status_code == 403
    client.force_login(person)

    answer = client.post(f"/en/akun/kunci-api/{key.pk}/cabut", follow=True)

    assert "opens nothing any more" in answer.content.decode()
    assert live_key(secret) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_keys(client, count, django_assert_max_num_queries):
    person = UserFactory()
    for number in range(count):
        made(person, f"Toko {number}")
    client.force_login(person)

    with django_assert_max_num_queries(4):
        client.get("/akun/kunci-api")
