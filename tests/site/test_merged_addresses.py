"""Addresses of a profile that was merged into another lead to that one, for ever."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.directory import actions, stilltrue
from ifn.directory.models import Business, Merge
from ifn.directory.numbers import spoken
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import LATER, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def merge(kept, gone):
    kept, gone = (Business.objects.get(pk=one.pk) for one in (kept, gone))
    return actions.merge(
        kept,
        gone,
        versions=(kept.version, gone.version),
        chosen={},
        reason="",
        actor=OfficerFactory(),
        at=LATER,
    )


@pytest.fixture
def chain():
    """Three profiles, the first merged into the second and that into the third."""
    first, second, third = (registered(profile(name=f"Usaha {n}")) for n in "ABC")
    merge(second, first)
    merge(third, second)
    return first, second, third


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("code", ["id", "en"])
def test_the_page_leads_on_in_one_step(client, chain, place, code):
    old, new = chain[place], chain[2]
    with translation.override(code):
        addresses = [
            reverse("site:business", args=[old.slug, old.number]),
            reverse("site:business", args=["nama-lama", old.number.lower()]),
            reverse("site:by-number", args=[old.number]),
        ]
        target = new.get_absolute_url()

    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, target)
        assert answer["Cache-Control"] == "no-cache"


def test_the_shared_picture_leads_on(client, chain):
    answer = client.get(reverse("site:share-picture", args=[chain[0].number]))

    assert answer.status_code == 301
    assert answer["Location"] == reverse("site:share-picture", args=[chain[2].number])
    assert client.get(answer["Location"]).status_code == 200


def test_pages_about_a_profile_lead_on(client, chain):
    for name in ("moderation:claim", "moderation:report"):
        answer = client.get(reverse(name, args=[chain[0].number]))
        assert answer.status_code == 301
        assert answer["Location"] == reverse(name, args=[chain[2].number])


def test_a_still_true_link_asks_about_the_kept_profile(client, chain):
    token = stilltrue.token_for(chain[0], localdate())

    answer = client.get(reverse("directory:still-true", args=[token]))

    assert answer.status_code == 301
    shown = client.get(answer["Location"])
    assert b"Usaha C" in shown.content
    client.post(answer["Location"], {"version": Business.objects.get(pk=chain[2].pk).version})
    assert Business.objects.get(pk=chain[2].pk).confirmed_on == localdate()


def test_the_api_leads_on(client, chain):
    answer = client.get(f"/api/v1/businesses/{chain[0].public_number}")

    assert answer.status_code == 301
    assert answer["Location"].endswith(f"/api/v1/businesses/{spoken(chain[2].number)}")
    shown = client.get(f"/api/v1/businesses/{chain[2].public_number}")
    assert shown.json()["name"] == "Usaha C"


def test_cards_of_other_sites_show_the_kept_profile(client, chain):
    for name in ("api:embed-card", "api:embed-badge"):
        answer = client.get(reverse(name, args=[chain[0].public_number]))
        assert answer.status_code == 200
        assert b"Usaha C" in answer.content


def test_the_old_number_typed_into_the_search_leads_on(client, chain):
    answer = client.get(reverse("directory:list"), {"q": chain[0].public_number})

    assert (answer.status_code, answer["Location"]) == (302, chain[2].get_absolute_url())


def test_lists_and_site_map_have_only_the_kept_one(client, chain):
    numbers = [one.number for one in chain]
    for address in (reverse("directory:list"), "/sitemap-1.xml", "/api/v1/businesses"):
        text = client.get(address).content.decode()
        assert [one in text or spoken(one) in text for one in numbers] == [False, False, True]


def test_nothing_leads_to_a_profile_that_is_hidden(client, chain):
    actions.hide(Business.objects.get(pk=chain[2].pk), reason="x", actor=OfficerFactory(), at=LATER)

    for address in (
        chain[0].get_absolute_url(),
        reverse("site:by-number", args=[chain[0].number]),
        reverse("site:share-picture", args=[chain[0].number]),
        reverse("moderation:report", args=[chain[0].number]),
        f"/api/v1/businesses/{chain[0].public_number}",
        reverse("api:embed-card", args=[chain[0].public_number]),
    ):
        assert client.get(address).status_code == 404


def test_the_old_address_is_a_page_again_when_the_merge_is_undone(client, chain):
    first, _second, _third = chain
    made = Merge.objects.get(gone=first)

    actions.undo_merge(made, actor=OfficerFactory(), at=LATER)

    assert client.get(first.get_absolute_url()).status_code == 200


def test_staff_and_people_come_to_the_kept_profile(client):
    kept, gone = registered(), registered(profile(name="Lama"))
    owner = UserFactory()
    actions.appoint(gone, person=owner, role="owner", actor=OfficerFactory(), at=LATER, reason="x")
    merge(kept, gone)
    client.force_login(owner)
    shown = client.get(reverse("directory:overview", args=[gone.number]))
    assert shown.context["business"] == kept
    sent = client.post(reverse("directory:step", args=[gone.number, "siapa"]), {"name": "Ditulis"})
    assert sent.status_code == 403
    assert b"Ditulis" in sent.content

    client.force_login(OfficerFactory())
    answer = client.get(reverse("directory:edit", args=[gone.number]))
    assert answer["Location"] == reverse("directory:edit", args=[kept.number])
    assert client.post(reverse("directory:edit", args=[gone.number])).status_code == 403
