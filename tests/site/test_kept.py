import pytest
from django.utils.timezone import now

from ifn.directory import actions
from ifn.site.kept import MOST, KeptPages
from ifn.site.views import profile as views
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_profile_read_again_costs_two_queries(client, django_assert_num_queries):
    address = registered(profile(name="Langkah Jaya")).get_absolute_url()
    first = client.get(address)

    with django_assert_num_queries(2):
        again = client.get(address)

    assert again.content == first.content


def test_a_kept_page_is_gone_with_the_profile(client):
    business = registered(profile(name="Langkah Jaya"))
    client.get(business.get_absolute_url())

    actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=now())

    assert client.get(business.get_absolute_url()).status_code == 404


def test_a_change_shows_at_once(client):
    business = registered(profile(name="Langkah Jaya"))
    client.get(business.get_absolute_url())

    actions.add_drawing(
        business,
        "<svg/>",
        width=800,
        height=600,
        caption_id="Bot cokelat",
        caption_en="Brown boot",
        at=now(),
    )

    assert "Bot cokelat" in client.get(business.get_absolute_url()).content.decode()


def test_what_is_for_one_person_is_not_kept(client):
    business = registered(profile(name="Langkah Jaya"))
    client.force_login(OfficerFactory())

    page = client.get(business.get_absolute_url()).content.decode()
    client.logout()

    assert "/saya/usaha/" in page
    assert "/saya/usaha/" not in client.get(business.get_absolute_url()).content.decode()


def test_languages_and_themes_are_kept_apart(client):
    address = registered(profile(name="Langkah Jaya")).get_absolute_url()
    indonesian = client.get(address).content.decode()
    client.cookies["theme"] = "dark"

    assert 'data-theme="dark"' in client.get(address).content.decode()
    assert 'data-theme="dark"' not in indonesian
    assert '<html lang="en"' in client.get(f"/en{address}").content.decode()


def test_pages_used_longest_ago_make_room():
    pages = KeptPages()
    for place in range(MOST + 1):
        pages.put((str(place), ""), (1,), b"page")

    assert pages.get(("0", ""), (1,)) is None
    assert pages.get(("1", ""), (1,)) == b"page"
    assert pages.get(("1", ""), (2,)) is None
    assert isinstance(views.pages, KeptPages)
