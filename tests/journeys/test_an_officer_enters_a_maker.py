"""An officer enters a maker with a photo, corrects it, and takes it off the directory again."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.accounts.browsing import code_of, secured
from tests.factories.accounts import PASSWORD, OfficerFactory
from tests.factories.directory import photo

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

FILLED = {
    "name": "Tapak Makmur",
    "kind": "business",
    "has_role": "PR_MAKLON",
    "has_product": ["SNEAKER", "BOOT"],
    "region": "35.16",
    "minimum_order": "5 kodi",
    "monthly_capacity": "1.250 psg",
    "capacity_visibility": "public",
    "whatsapp_value": "0812-3456-7890",
    "whatsapp_visibility": "public",
    "consent_way": "phone",
    "consent_by": "Pak Hadi",
    "story_id": "Kami membuat sneakers sejak 2009.",
}
SHOWN = {"id": ("100 pasang", "1.250"), "en": ("100 pairs", "1,250")}


@pytest.mark.parametrize("code", ["id", "en"])
def test_an_officer_enters_a_maker(  # noqa: PLR0915  # one story, told in one piece
    client, code, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    prefix = "" if code == "id" else f"/{code}"
    officer = OfficerFactory(name="Sri Wahyuni", secured_at=None)
    secret, _codes = secured(officer)

    def found(typed):
        html = client.get(f"{prefix}/direktori", {"q": typed}).content.decode()
        return re.findall(r'<a class="card-link" href="([^"]+)">([^<]+)</a>', html)

    # Work asks for a sign-in with a second factor and leads back to work.
    answer = client.get(f"{prefix}/kerja/direktori/baru", follow=True)
    sign_in = answer.redirect_chain[-1][0]
    answer = client.post(sign_in, {"identifier": officer.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{prefix}/masuk/kedua"
    answer = client.post(f"{prefix}/masuk/kedua", {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{prefix}/kerja/direktori/baru"

    # A slip is told where it is, and what was typed stays.
    answer = client.post(f"{prefix}/kerja/direktori/baru", FILLED | {"whatsapp_value": "0812"})
    assert answer.status_code == HTTPStatus.OK
    assert 'value="Tapak Makmur"' in answer.content.decode()
    assert 'id="id_whatsapp_value_error"' in answer.content.decode()
    assert found("tapak") == []

    # Saved, it is found at once, with a photo too.
    answer = client.post(f"{prefix}/kerja/direktori/baru", FILLED, follow=True)
    edit = answer.redirect_chain[-1][0]
    [(address, name)] = found("sneakers maklon mojokerto")
    assert name == "Tapak Makmur"
    upload = SimpleUploadedFile("IMG_1.JPG", photo(), "image/jpeg")
    client.post(f"{edit}/foto", {"picture": upload, "caption_id": "Sneakers kulit"})
    page = unescape(client.get(address).content.decode())
    for words in (*SHOWN[code], "Kab. Mojokerto, Jawa Timur", "wa.me/6281234567890"):
        assert words in page
    [picture] = set(re.findall(r'src="(/media/pictures/[^"]+\.jpg)"', page))
    served = client.get(picture)
    assert served.getvalue().startswith(b"\xff\xd8")

    # Hidden, it is gone at once from every public page; the office still sees it.
    client.post(f"{edit}/status", {"status": "hidden", "reason": "Minta dihapus"})
    assert found("tapak") == []
    assert "Tapak Makmur" not in client.get(f"{prefix}/").content.decode()
    assert client.get(f"{prefix}/direktori/saran", {"q": "tap"}).content == b""
    assert client.get(address).status_code == HTTPStatus.OK
    assert "Minta dihapus" in client.get(edit).content.decode()
    client.logout()
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.get("/sitemap-1.xml").status_code == HTTPStatus.NOT_FOUND
