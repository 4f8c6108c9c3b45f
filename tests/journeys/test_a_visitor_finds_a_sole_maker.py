"""A visitor finds a sole maker in Mojokerto, with a typing error, and gets in touch."""

import re
from html import unescape

import pytest

from ifn.directory.profile import ContactFact
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.directory import BANDUNG, full_profile, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

WORDS = {
    "id": {
        "prefix": "",
        "typed": "produsen sol mojokrto",
        "corrected": "sol mojokerto",
        "more": "Masuk untuk melihat yang dilihat anggota",
    },
    "en": {
        "prefix": "/en",
        "typed": "sole maker mojokrto",
        "corrected": "sole maker mojokerto",
        "more": "Sign in to see what members see",
    },
}


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_visitor_finds_a_sole_maker(client, code):
    words = WORDS[code]
    sought = registered(
        profile(
            contacts=(
                ContactFact("whatsapp", "+6281234567890", "public"),
                ContactFact("phone", "+62321555123", "members"),
                ContactFact("email", "rahasia@sol.example", "nobody"),
            )
        )
    )
    registered(profile(name="Sol Bandung", region=BANDUNG))
    registered(full_profile())

    # The search stands on the first page.
    home = client.get(f"{words['prefix']}/").content.decode()
    [action] = set(re.findall(r'<form[^>]*action="([^"]*/direktori)"', home))

    # The typing error is forgiven, and the page says what it looked for.
    results = client.get(action, {"q": words["typed"]}).content.decode()
    assert re.search(rf"<b>[^<]*{words['corrected'].split()[-1]}</b>", results)
    first, *_rest = re.findall(r'<a class="card-link" href="([^"]+)">([^<]+)</a>', results)
    assert first == (f"{words['prefix']}/usaha/{sought.slug}-{sought.number}", "Sol Jaya Abadi")

    # The profile shows what is for everybody, and says that there is more.
    page = unescape(client.get(first[0]).content.decode())
    assert "https://wa.me/6281234567890" in page
    assert "62321555123" not in page
    assert "rahasia@sol.example" not in page
    assert words["more"] in page

    # Whoever signs in comes back to the profile and sees what is for members.
    [sign_in] = re.findall(r'href="([^"]*masuk\?next=[^"]*usaha[^"]*)"', page)[:1]
    member = UserFactory()
    answer = client.post(sign_in, {"identifier": member.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == first[0]
    page = unescape(answer.content.decode())
    assert "62321555123" in page
    assert "rahasia@sol.example" not in page
