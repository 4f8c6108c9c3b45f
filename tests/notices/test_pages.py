"""The notice centre, wishes, and the links in messages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ifn.mail.models import Message, Refusal
from ifn.notices.actions import mark_read, wish
from ifn.notices.kinds import FOLLOWING, KINDS
from ifn.notices.models import Notice, Often, Wish
from ifn.notices.queries import wishes_of
from ifn.notices.tokens import ALL, to_stop
from tests.factories.accounts import UserFactory
from tests.factories.notices import MONDAY_ROUND, THURSDAY, URGENT, declare_urgent, told
from tests.notices.test_digests import send_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def page(client, name="notices:list", *args, language="en", **options):
    with translation.override(language):
        answer = client.get(reverse(name, args=args), **options)
    assert answer.status_code == 200
    return answer.content.decode()


class TestCentre:
    def test_it_shows_what_is_new_why_and_where(self, client, person):
        notice = told(person)

        shown = page(client)

        assert "3 new profiles in “Sol”" in shown
        assert "You are told because you follow the search “Sol”." in shown
        assert f'href="/en/pemberitahuan/{notice.pk}"' in shown
        assert 'href="/en/usaha/7K3MS">Sol Jaya, Mojokerto' in shown
        assert "and 2 more" in shown
        assert "Thursday, 4 June 2026" in shown

    def test_it_speaks_indonesian(self, client, person):
        told(person)

        shown = page(client, language="id")

        assert "3 profil baru di “Sol”" in shown
        assert "Kamis, 4 Juni 2026" in shown

    def test_what_a_name_holds_is_text(self, client, person):
        told(person, values={"count": 1, "name": "<b>x"}, items=[("<i>y", "/usaha/A")])

        shown = page(client)

        assert "“&lt;b&gt;x”" in shown
        assert "&lt;i&gt;y" in shown

    @pytest.mark.usefixtures("person")
    def test_nobody_sees_what_others_were_told(self, client):
        foreign = told(UserFactory())

        assert "Nothing new" in page(client)
        assert client.get(reverse("notices:open", args=[foreign.pk])).status_code == 404
        assert client.post(reverse("notices:read", args=[foreign.pk])).status_code == 404
        foreign.refresh_from_db()
        assert foreign.read_at is None

    def test_going_there_is_reading_it(self, client, person):
        notice = told(person)

        answer = client.get(f"/en/pemberitahuan/{notice.pk}")

        assert answer["Location"] == "/en/direktori?q=sol"
        notice.refresh_from_db()
        assert notice.read_at is not None

    def test_one_is_marked_as_read_then_all(self, client, person):
        first, second, third = (told(person, f"{n}") for n in range(3))

        client.post(reverse("notices:read", args=[first.pk]))
        assert list(Notice.objects.unread().order_by("pk")) == [second, third]
        client.post(reverse("notices:read-all"), {"newest": second.pk})
        assert list(Notice.objects.unread()) == [third]

    @pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 40, "²"])
    def test_a_broken_form_marks_nothing(self, client, person, newest):
        told(person)

        client.post(reverse("notices:read-all"), {"newest": newest})

        assert Notice.objects.unread().exists()

    @pytest.mark.parametrize("number", ["2", "99", "x"])
    def test_it_has_pages(self, client, person, number):
        for key in range(31):
            told(person, f"{key}", values={"count": 3, "name": f"Sol {key:02}"})

        assert "“Sol 30”" in page(client)
        assert "“Sol 00”" not in page(client)
        answer = client.get(reverse("notices:list"), {"hal": number})
        assert ("“Sol 00”" in answer.content.decode()) == (number != "x")

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_however_many(self, client, person, count, django_assert_num_queries):
        for key in range(count):
            told(person, f"{key}")

        # session, person, how many, the page, refused and returned messages, how many are unread
        with django_assert_num_queries(6):
            page(client)


class TestHead:
    def test_it_says_how_many_wait(self, client, person):
        told(person, "1")
        mark_read(told(person, "2"), at=MONDAY_ROUND)

        shown = page(client, "notices:settings")

        assert shown.count('<span class="unread">1</span>') == 1
        assert 'aria-hidden="true">1</span>' in shown

    @pytest.mark.usefixtures("person")
    def test_it_says_nothing_when_none_does(self, client):
        assert '<span class="unread"></span>' in page(client, "notices:settings")

    def test_a_hundred_are_as_many_as_fit(self, client, person):
        Notice.objects.bulk_create(
            Notice(person=person, key=f"{n}", kind="x", words="x", address="/", made_at=THURSDAY)
            for n in range(120)
        )

        assert '<span class="unread">99+</span>' in page(client, "notices:settings")

    def test_visitors_cost_no_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            shown = page(client, "site:about")

        assert 'class="unread"' not in shown


#: What is so while nobody said anything, and once digests were stopped.
USUAL = {key: kind.usual for key, kind in KINDS.items()}
NO_DIGESTS = {key: Often.NOW if often == Often.NOW else Often.OFF for key, often in USUAL.items()}


class TestWishes:
    def test_weekly_is_usual_and_anything_else_is_kept(self, client, person):
        address = reverse("notices:settings")
        assert wishes_of(person) == USUAL

        answer = client.post(address, USUAL | {FOLLOWING: "daily"})

        assert answer["Location"] == address
        assert wishes_of(person) == USUAL | {FOLLOWING: Often.DAILY}

    @pytest.mark.parametrize("often", ["", "hourly", "now"])
    @pytest.mark.usefixtures("person")
    def test_what_is_not_offered_is_refused_in_words(self, client, often):
        answer = client.post(reverse("notices:settings"), USUAL | {FOLLOWING: often})

        assert 'role="alert"' in answer.content.decode()
        assert not Wish.objects.exists()

    def test_at_once_is_offered_for_what_is_urgent(self, client, person, monkeypatch):
        declare_urgent(monkeypatch)
        shown = page(client, "notices:settings")
        assert shown.count("At once") == 6

        client.post(reverse("notices:settings"), USUAL | {URGENT: "off"})

        assert wishes_of(person)[URGENT] == Often.OFF
        assert Wish.objects.count() == 1

    def test_who_has_no_address_is_told_so(self, client):
        client.force_login(UserFactory(email=None))

        assert "Add an address" in page(client, "notices:settings")


class TestStopping:
    def test_one_tap_without_signing_in(self, client):
        person = UserFactory(language="en")
        told(person, "before")
        address = reverse("notices:stop", args=[to_stop(person.pk, FOLLOWING)])

        asked = client.get(address)
        assert asked.status_code == 200
        assert wishes_of(person)[FOLLOWING] == Often.WEEKLY
        stopped = client.post(address)

        assert stopped.status_code == 200
        assert wishes_of(person)[FOLLOWING] == Often.OFF
        assert not Notice.objects.waiting().exists()

    def test_mail_programs_stop_by_themselves(self):
        """RFC 8058: a POST from elsewhere, without cookies, answered without a redirect."""
        person = UserFactory()
        told(person)
        send_all(MONDAY_ROUND)
        address = Message.objects.get().unsubscribe.removeprefix("http://127.0.0.1:8000")

        answer = Client(enforce_csrf_checks=True).post(
            address, {"List-Unsubscribe": "One-Click"}, headers={"origin": "null"}
        )

        assert answer.status_code == 200
        assert wishes_of(person) == NO_DIGESTS

    def test_all_or_one_kind(self, client, monkeypatch):
        declare_urgent(monkeypatch)
        one, every = UserFactory(), UserFactory()

        client.post(reverse("notices:stop", args=[to_stop(one.pk, URGENT)]))
        client.post(reverse("notices:stop", args=[to_stop(every.pk, ALL)]))

        assert wishes_of(one) == USUAL | {URGENT: Often.OFF}
        assert wishes_of(every) == NO_DIGESTS | {URGENT: Often.NOW}

    def test_what_is_no_link_of_ours_stops_nothing(self, client):
        person, closed = UserFactory(), UserFactory(is_active=False)
        good = to_stop(person.pk, FOLLOWING)
        for token in [
            good[:-1],
            good.replace(f"{person.pk:x}-", f"{closed.pk:x}-", 1),
            to_stop(closed.pk, FOLLOWING),
            to_stop(person.pk, "no-such-kind"),
        ]:
            assert client.post(reverse("notices:stop", args=[token])).status_code == 404

        assert not Wish.objects.exists()

    def test_stopping_twice_is_stopping_once(self, client):
        person = UserFactory()
        address = reverse("notices:stop", args=[to_stop(person.pk, FOLLOWING)])

        for _ in range(2):
            assert client.post(address).status_code == 200

        assert Wish.objects.count() == 1

    def test_a_wish_changed_later_counts(self, client):
        person = UserFactory()
        client.post(reverse("notices:stop", args=[to_stop(person.pk, ALL)]))

        wish(person, {FOLLOWING: Often.DAILY}, actor=person, at=THURSDAY)

        assert wishes_of(person)[FOLLOWING] == Often.DAILY


class TestRefusedAddress:
    @pytest.fixture
    def refused(self, person):
        return Refusal.objects.create(address=person.email, refused_at=THURSDAY, code=550)

    @pytest.mark.usefixtures("person", "refused")
    def test_its_owner_is_told_on_the_pages(self, client):
        for name in ("notices:list", "notices:settings"):
            assert "We cannot reach you at" in page(client, name)

    @pytest.mark.usefixtures("refused")
    def test_a_link_sent_there_makes_it_good(self, client, person):
        told(person)
        client.post(reverse("notices:ask-whether-reached"))
        message = Message.objects.get()
        assert message.to == person.email
        path = message.text.partition("http://127.0.0.1:8000")[2].split()[0]

        visitor = Client()
        assert visitor.get(path).status_code == 200
        assert Refusal.objects.exists()
        assert visitor.post(path).status_code == 200

        assert not Refusal.objects.exists()
        assert visitor.get(path).status_code == 200
        send_all(MONDAY_ROUND + timedelta(minutes=1))
        assert Message.objects.filter(kind="notices.digest").count() == 1

    @pytest.mark.usefixtures("person", "refused")
    def test_it_is_asked_once_a_day(self, client):
        for _ in range(3):
            client.post(reverse("notices:ask-whether-reached"))

        assert Message.objects.count() == 1

    @pytest.mark.usefixtures("person")
    def test_there_is_nothing_to_confirm_for_a_good_one(self, client):
        client.post(reverse("notices:ask-whether-reached"))

        assert not Message.objects.exists()

    @pytest.mark.usefixtures("refused")
    def test_an_old_link_does_not_undo_a_later_refusal(self, client, person):
        client.post(reverse("notices:ask-whether-reached"))
        path = Message.objects.get().text.partition("http://127.0.0.1:8000")[2].split()[0]
        client.post(path)
        Refusal.objects.create(address=person.email, refused_at=MONDAY_ROUND, code=550)

        client.post(path)

        assert Refusal.objects.exists()

    @pytest.mark.usefixtures("refused")
    def test_a_link_of_another_kind_opens_nothing(self, client, person):
        token = to_stop(person.pk, FOLLOWING)

        assert client.post(reverse("notices:reached", args=[token])).status_code == 404
        assert Refusal.objects.exists()
