import io
import re
from http import HTTPStatus

import pytest
from PIL import Image

from ifn.directory import actions
from ifn.directory.profile import CapabilityFact
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    LATER,
    profile,
    registered,
    revised,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


class TestAddresses:
    @pytest.mark.parametrize("written", ["nama-lama-{}", "sol-jaya-abadi-{lower}", "a-b-c-{lower}"])
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_old_and_lower_case_addresses_lead_to_the_one(self, client, written, prefix):
        business = registered()
        path = written.format(business.number, lower=business.number.lower())
        if path == f"{business.slug}-{business.number}":  # a number of digits only
            path = f"x-{path}"

        answer = client.get(f"{prefix}/usaha/{path}")

        assert answer.status_code == HTTPStatus.MOVED_PERMANENTLY
        assert answer["Location"] == f"{prefix}/usaha/sol-jaya-abadi-{business.number}"

    def test_a_new_name_keeps_the_old_address(self, client):
        business = registered()
        old = business.get_absolute_url()

        revised(business, profile(name="Tapak Baru"))

        assert client.get(old)["Location"] == f"/usaha/tapak-baru-{business.number}"

    def test_the_number_alone_is_enough(self, client):
        business = registered()

        for number in (business.number, business.number.lower()):
            answer = client.get(f"/usaha/{number}")
            assert answer.status_code == HTTPStatus.MOVED_PERMANENTLY
            assert answer["Location"] == business.get_absolute_url()

    @pytest.mark.parametrize(
        "path", ["7K3M2", "sol-7K3MZ", "sol-jaya", "IIIII", "sol-7K3M0", "%00", "a" * 300]
    )
    def test_what_is_nowhere_is_not_found(self, client, path):
        assert client.get(f"/usaha/{path}").status_code == HTTPStatus.NOT_FOUND

    def test_the_page_names_its_address_in_each_language(self, show):
        business = registered()
        path = f"/usaha/{business.slug}-{business.number}"

        html = show(business, "en")

        assert f'<link rel="canonical" href="http://127.0.0.1:8000/en{path}">' in html
        assert f'hreflang="id" href="http://127.0.0.1:8000{path}"' in html
        assert f'hreflang="en" href="http://127.0.0.1:8000/en{path}"' in html


class TestHidden:
    @pytest.fixture
    def hidden(self):
        business = registered()
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)
        return business

    @pytest.mark.parametrize("reader", [None, UserFactory])
    def test_it_is_gone_for_everybody(self, client, hidden, reader):
        if reader:
            client.force_login(reader())

        for path in (
            hidden.get_absolute_url(),
            f"/usaha/lama-{hidden.number}",
            f"/usaha/{hidden.number}",
            f"/usaha/{hidden.number}.png",
        ):
            assert client.get(path).status_code == HTTPStatus.NOT_FOUND

    def test_the_office_sees_it_with_a_notice_and_a_way_to_edit(self, client, show, hidden):
        client.force_login(OfficerFactory())

        html = show(hidden)

        assert "Only staff see this profile; it is not listed." in html
        assert f'href="/en/saya/usaha/{hidden.number}"' in html

    def test_a_draft_is_for_the_office_too(self, client):
        draft = registered(status="draft")

        assert client.get(draft.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


class TestSharePicture:
    @pytest.mark.parametrize(
        "name",
        ["Sol", "靴屋 👟", "Paguyuban Perajin Sepatu Kulit " * 3, "W" * 120, "Çelik & <Sol>"],
    )
    def test_it_is_drawn_for_who_has_no_photo(self, client, show, name):
        business = registered(profile(name=name[:120]))
        [address] = re.findall(r'property="og:image" content="([^"]+)"', show(business))
        path = address.removeprefix("http://127.0.0.1:8000")
        assert path == f"/usaha/{business.number}.png"

        answer = client.get(path)

        assert answer["Content-Type"] == "image/png"
        assert "max-age" in answer["Cache-Control"]
        with Image.open(io.BytesIO(answer.content)) as drawn:
            assert (drawn.format, drawn.size) == ("PNG", (1200, 630))
            margin = drawn.convert("RGB").crop((1180, 0, 1200, 630))
            assert len(margin.getcolors()) == 1  # no word runs over the edge

    def test_lower_case_numbers_work(self, client):
        business = registered(profile(capabilities=(CapabilityFact("material", "COW"),)))

        assert client.get(f"/usaha/{business.number.lower()}.png").status_code == HTTPStatus.OK
