"""A winning sketch becomes an outsole, a batch for small makers, and a shoe to read about."""

import re

import pytest
from django.urls import reverse

from ifn.collaboration.models import Allocation, ProductionBatch, Release, Stage
from ifn.directory.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_releases import firm, partner, project
from tests.factories.directory import AT, ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def at(name, *args):
    return reverse(f"collaboration:{name}", args=args)


def text(answer):
    return answer.content.decode()


def test_from_a_sketch_to_a_shoe(client):  # noqa: PLR0915  # one story
    leads, makes, sews = UserFactory(), UserFactory(), UserFactory()
    brand, sole = firm("Merek Melangkah", leads), firm("Sol Maju", makes)
    small = firm("Jahit Bu Ratna")
    Membership.objects.create(business=small, person=sews, role="owner", since=AT)
    of = project(brand, origin="competition", origin_title="Sketsa juara", origin_on=ON)
    partner(of, "designer", name="Sari, perancang")
    partner(of, "outsole", business=sole)
    partner(of, "brand", business=brand)
    Stage.objects.create(
        project=of, kind="design", place=2, state="done", begun_on=ON, ended_on=ON, result="Riak"
    )

    # The brand enters what was made and shares it out; the maker's own page says how many.
    client.force_login(leads)
    maker = of.partners.get(business=sole)
    client.post(
        at("batches", of.code),
        {"what": "Sol", "sizes": "39 6\n40 6", "made_on": "2026-06-02", "made_by": maker.pk},
    )
    batch = ProductionBatch.objects.get()
    client.post(at("recipients", of.code, batch.code), {"usaha": [small.pk]})
    client.post(at("batch", of.code, batch.code), {"rule": "equal", "words": "Sama untuk semua"})
    code = Allocation.objects.get().code
    client.logout()
    client.post(at("receive", code), {"name": "Bu Ratna"})
    client.post(at("feedback", code), {"rating": "5", "words": "Ringan"})

    # A small maker wants more.
    client.force_login(sews)
    ordered = client.post(at("reorder", code), {"text": "Kami mau 60 lagi", "quantity": "60"})
    assert ordered["Location"].startswith("/saya/pertanyaan/")

    # Everybody agrees: by account, and by a link.
    client.force_login(leads)
    client.post(at("own-release", of.code), {"title_id": "Sepatu Riak", "story_id": "Dari sketsa."})
    client.post(at("move-release", of.code), {"langkah": "ask"})
    link = re.search(
        r'href="([^"]*/persetujuan/[^"]+)"', text(client.get(at("own-release", of.code)))
    )
    release = Release.objects.get()
    for person, role in ((leads, "brand"), (makes, "outsole")):
        client.force_login(person)
        one = release.consents.get(partner__role=role)
        answer = {"answer": "yes", "text_version": 1}
        client.post(at("answer-release", of.code, one.pk), answer)
    client.logout()
    client.post(link[1], {"answer": "yes", "text_version": 1})
    client.force_login(leads)
    client.post(at("move-release", of.code), {"langkah": "publish"})
    client.logout()

    # A visitor goes from the list to the result, and on to the profile and back.
    listed = text(client.get(at("list")))
    assert at("release", "sepatu-riak") in listed
    shown = text(client.get(at("release", "sepatu-riak")))
    for words in ("Sketsa juara", "Riak", "1 usaha menerima 12 pasang", "pesanan ulang"):
        assert words in shown
    assert sole.get_absolute_url() in shown
    assert at("release", "sepatu-riak") in text(client.get(sole.get_absolute_url()))
