"""One tap on the directory's page follows its search; ``/saya/ikuti`` has all that is followed."""

from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from ifn.connections import context
from ifn.connections.actions import following as actions
from ifn.connections.models import Follow
from tests.connections.test_following import followed, look
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
FOLLOW = "/ikuti/direktori?bahan=rubber"


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def page(client, name, *args, language="en"):
    with translation.override(language):
        answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def said(client, answer, language="en"):
    """Return the page that an answer leads to."""
    assert answer.status_code == 302
    return unescape(client.get(answer["Location"]).content.decode())


class TestTheButton:
    @pytest.mark.usefixtures("person")
    def test_it_follows_the_search_that_is_shown(self, client):
        registered()
        shown = client.get("/direktori?bahan=rubber&hal=1&tampilan=tabel").content.decode()
        assert 'form="follow"' in shown
        [action] = [unescape(part.split('"')[0]) for part in shown.split('formaction="')[1:]]

        answer = client.post(action)

        assert answer["Location"] == "/direktori?bahan=rubber"
        assert "Anda sekarang mengikuti “Karet" in said(client, answer)
        assert Follow.objects.get().query == "bahan=rubber"

    @pytest.mark.usefixtures("person")
    def test_a_part_of_the_page_brings_the_button_of_the_new_search(self, client):
        shown = client.get("/direktori?q=sol", headers={"HX-Request": "true"}).content.decode()

        assert 'formaction="/ikuti/direktori?q=sol"' in shown
        assert "<html" not in shown

    def test_visitors_sign_in_first_and_then_follow(self, client):
        shown = client.get("/direktori?bahan=rubber").content.decode()
        assert 'href="/ikuti/direktori?bahan=rubber"' in shown
        assert "csrfmiddlewaretoken" not in shown
        asked = client.get(FOLLOW)
        assert asked["Location"].startswith(f"{reverse('accounts:sign-in')}?next=/ikuti/direktori")
        client.force_login(UserFactory())

        assert "Ikuti pencarian ini" in client.get(FOLLOW).content.decode()
        assert not Follow.objects.exists()
        client.post(FOLLOW)

        assert Follow.objects.count() == 1

    def test_it_needs_the_pages_own_token(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(UserFactory())

        assert client.post(FOLLOW).status_code == 403

    def test_following_again_says_so(self, client, person):
        client.post(FOLLOW)
        actions.rename(Follow.objects.get(), "Karet saya", actor=person, at=AT)

        answer = client.post(FOLLOW)

        assert "dengan nama “Karet saya”" in said(client, answer)

    def test_who_follows_enough_is_told_what_to_do(self, client, person, monkeypatch):
        monkeypatch.setattr(actions, "MOST", 1)
        followed("q=sol", person)

        answer = client.post(FOLLOW)

        assert answer["Location"] == reverse("connections:follows")
        assert "Hentikan satu dulu" in said(client, answer)

    @pytest.mark.usefixtures("person")
    def test_a_search_too_long_is_refused_in_words(self, client):
        answer = client.post(f"/ikuti/direktori?q={'%F0%9F%91%9F' * 200}")

        assert answer.status_code == 302
        assert not Follow.objects.exists()

    @pytest.mark.usefixtures("person")
    def test_nothing_else_can_be_followed(self, client):
        assert client.post("/ikuti/bantuan").status_code == 404

    @pytest.mark.usefixtures("person")
    @pytest.mark.parametrize("query", ["", "bahan=no-such-thing", "q=%00%ff", "q=ß"])
    def test_odd_addresses_are_followed_as_they_are_understood(self, client, query):
        assert client.post(f"/ikuti/direktori?{query}").status_code == 302

        assert Follow.objects.count() == 1


class TestWhoFollowsIt:
    SENTENCES = ("Follow this search", "You follow this search", "Stop following")

    def shown(self, client, address):
        html = client.get(address).content.decode()
        return {one for one in self.SENTENCES if f">{one}<" in html}

    @pytest.mark.parametrize(
        ("word", "page"), [("direktori", "/en/direktori"), ("peluang", "/en/peluang")]
    )
    @pytest.mark.parametrize("query", ["", "?q=sol"])
    def test_is_told_so_on_the_page_and_stops_there(self, client, person, word, page, query):
        offered = self.shown(client, page + query)
        client.post(f"/en/ikuti/{word}{query}")
        known = self.shown(client, page + query)
        other = self.shown(client, f"{page}?q=kulit")
        answer = client.post(f"/en/ikuti/{word}{query}", {"stop": "1"}, follow=True)

        assert offered == {"Follow this search"} == other
        assert known == {"You follow this search", "Stop following"}
        assert answer.redirect_chain[-1][0] == page + query
        assert "You no longer follow" in answer.content.decode()
        assert not Follow.objects.filter(person=person).exists()

    @pytest.mark.usefixtures("person")
    def test_a_part_of_the_page_knows_it_too(self, client):
        client.post("/en/ikuti/direktori?q=sol")

        part = client.get("/en/direktori?q=sol", headers={"HX-Request": "true"})

        assert "You follow this search" in part.content.decode()

    def test_a_paused_one_is_said_to_be_paused(self, client, person):
        client.post("/en/ikuti/direktori?q=sol")
        actions.pause(Follow.objects.filter(person=person).get(), actor=person, at=AT)

        assert (
            "You follow this search, paused" in client.get("/en/direktori?q=sol").content.decode()
        )
        asked = client.get("/en/ikuti/direktori?q=sol").content.decode()
        assert "and have paused it" in asked
        assert 'name="stop"' in asked

    def test_what_others_follow_is_nothing_to_me(self, client, person):
        client.post("/en/ikuti/direktori?q=sol")
        client.force_login(UserFactory())

        assert self.shown(client, "/en/direktori?q=sol") == {"Follow this search"}
        client.post("/en/ikuti/direktori?q=sol", {"stop": "1"})
        assert Follow.objects.filter(person=person).count() == 1

    def test_visitors_cost_no_question(self, django_assert_num_queries):
        request = RequestFactory().get("/peluang")
        request.user, request.resolver_match = AnonymousUser(), resolve("/peluang")
        with django_assert_num_queries(0):
            assert context.followed(request)["followed"]() is None


class TestWhatIsFollowed:
    def test_it_is_listed_with_its_address_and_last_news(self, client, person):
        followed(person=person)
        registered()
        look()

        shown = page(client, "connections:follows")

        assert 'href="/en/direktori?bahan=rubber"' in shown
        assert "since 1 June 2026" in shown
        assert "last news on 2 June 2026" in shown

    @pytest.mark.usefixtures("person")
    def test_without_any_it_says_how_to_begin(self, client):
        followed()

        assert "You follow no search yet" in page(client, "connections:follows")

    def test_it_is_renamed(self, client, person):
        one = followed(person=person)

        client.post(reverse("connections:follow", args=[one.pk]), {"name": "  Karet   saya "})

        one.refresh_from_db()
        assert one.name == "Karet saya"

    @pytest.mark.parametrize("name", ["", "   ", "x" * 121])
    def test_a_name_that_will_not_do_comes_back_with_the_reason(self, client, person, name):
        one = followed(person=person)

        answer = client.post(reverse("connections:follow", args=[one.pk]), {"name": name})

        assert 'role="alert"' in answer.content.decode()
        assert name.strip() in answer.content.decode()
        assert Follow.objects.get().name == one.name

    def test_it_is_paused_resumed_and_stopped(self, client, person):
        one = followed(person=person)

        client.post(reverse("connections:pause-follow", args=[one.pk]))
        assert "Paused" in page(client, "connections:follows")
        client.post(reverse("connections:resume-follow", args=[one.pk]))
        assert Follow.objects.get().paused_at is None
        client.post(reverse("connections:stop-follow", args=[one.pk]))
        assert not Follow.objects.exists()

    def test_what_lost_a_filter_cannot_be_resumed_and_says_why(self, client, person):
        one = followed(person=person)
        actions.pause(one, actor=person, at=AT)
        Follow.objects.update(query="bahan=gone")

        answer = client.post(reverse("connections:resume-follow", args=[one.pk]))

        assert "sudah tidak ada" in said(client, answer)
        assert Follow.objects.get().paused_at is not None

    @pytest.mark.usefixtures("person")
    @pytest.mark.parametrize("name", ["follow", "pause-follow", "resume-follow", "stop-follow"])
    def test_nobody_touches_what_others_follow(self, client, name):
        foreign = followed()

        answer = client.post(reverse(f"connections:{name}", args=[foreign.pk]), {"name": "x"})

        assert answer.status_code == 404
        assert Follow.objects.get().name == foreign.name

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_however_many(self, client, person, count, django_assert_num_queries):
        for number in range(count):
            followed(f"minimum={number + 10}", person)

        with django_assert_num_queries(
            3
        ):  # session with its person, what is followed, unread notices
            page(client, "connections:follows")
