from pathlib import Path

import pytest

from ifn.quotas.places import place_of


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_place_is_an_address_or_a_household(rf, address, place):
    assert place_of(rf.get("/", REMOTE_ADDR=address)) == place


def test_what_a_client_says_of_its_address_counts_only_behind_our_proxy(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"})

    settings.SECURE_PROXY_SSL_HEADER = None
    assert place_of(request) == "10.0.0.1"

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert place_of(request) == "2.2.2.2"


def test_the_documented_front_server_writes_the_address_that_is_counted():
    page = (Path(__file__).resolve().parents[2] / "docs/operate/production.md").read_text()

    assert "IFN_BEHIND_PROXY=yes" in page
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in page
