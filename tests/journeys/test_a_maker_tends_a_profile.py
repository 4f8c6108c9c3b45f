"""A maker begins a page, a colleague and the office help; a stranger and another Dinas cannot."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ifn.directory.models import Business
from ifn.directory.whole import whole
from tests.factories.accounts import PASSWORD, OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import photo

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

BEGUN = {"name": "Kelom Ratna", "kind": "business", "region": "32.05", "has_role": ["PR_IKM"]}


def signed_in(person, prefix):
    client = Client()
    if person.is_staff:  # their second factor is another story
        client.force_login(person)
        return client
    client.post(f"{prefix}/masuk", {"identifier": person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_maker_tends_a_profile(  # noqa: PLR0915  # one story, told in one piece
    code, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    prefix = "" if code == "id" else f"/{code}"
    owner, colleague, officer = UserFactory(name="Ratna"), UserFactory(), OfficerFactory()
    near, far = (RegionalOfficerFactory(territory=[place]) for place in ("32.05", "52.03"))

    def found(words):
        html = Client().get(f"{prefix}/direktori", {"q": words}).content.decode()
        return re.findall(r'<a class="card-link" href="[^"]+">([^<]+)</a>', html)

    # The maker lands on her own page and begins with four answers.
    maker = signed_in(owner, prefix)
    assert maker.get(f"{prefix}/mulai")["Location"] == f"{prefix}/saya"
    begun = maker.post(f"{prefix}/saya/usaha/baru", BEGUN)
    number = Business.objects.get().number
    mine = f"{prefix}/saya/usaha/{number}"
    assert begun["Location"].startswith(f"{mine}/isi/")
    assert found("kelom ratna") == []

    # A slip is kept and told; mended, it goes on. Two photos come along.
    slip = maker.post(f"{mine}/isi/kontak", {"whatsapp_value": "0812", "next": "1"})
    assert 'value="0812"' in slip.content.decode()
    kept = {"whatsapp_value": "081234567890", "whatsapp_visibility": "public", "next": "1"}
    assert maker.post(f"{mine}/isi/kontak", kept).status_code == HTTPStatus.FOUND
    photos = [SimpleUploadedFile(f"{n}.jpg", photo((300, 200 + n))) for n in range(2)]
    maker.post(f"{mine}/foto", {"photos": photos})

    # Published, it is found at once.
    maker.post(f"{mine}/terbitkan")
    assert found("kelom ratna") == ["Kelom Ratna"]

    # A colleague joins by a link and adds the minimum order.
    shown = maker.post(f"{mine}/orang/undang", {"role": "editor", "note": ""}, follow=True)
    link = re.search(r"http://[^/]+(/\S+/undangan/[\w-]+|/undangan/[\w-]+)", shown.content.decode())
    helper = signed_in(colleague, prefix)
    assert helper.post(link[1])["Location"] == mine
    terms = {"minimum_order": "2 kodi", "capacity_visibility": "nobody", "close": "1"}
    helper.post(f"{mine}/isi/syarat", terms)

    # Meanwhile the office writes down what the owner says on the phone; both come together.
    desk = signed_in(officer, prefix)
    desk.post(f"{mine}/isi/cerita", {"summary_id": "Kelom geulis ukir", "close": "1"})
    desk.post(f"{mine}/terbitkan", {"way": "phone"})
    helper.post(f"{mine}/terbitkan")
    business = Business.objects.get()
    assert (business.minimum_order, business.summary_id) == (40, "Kelom geulis ukir")
    kinds = {one.field: one.kind for one in whole(business).statements}
    assert (kinds["summary_id"], kinds["minimum_order"]) == ("assisted", "self")
    page = unescape(Client().get(business.get_absolute_url(), follow=True).content.decode())
    assert "Kelom geulis ukir" in page

    # The Dinas of the region helps; another Dinas and a stranger cannot.
    assert signed_in(near, prefix).get(mine).status_code == HTTPStatus.OK
    for person in (far, UserFactory()):
        stranger = signed_in(person, prefix)
        assert stranger.get(mine).status_code == HTTPStatus.FORBIDDEN
        answer = stranger.post(f"{mine}/isi/siapa", {"name": "Diambil"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert Business.objects.get().name == "Kelom Ratna"
