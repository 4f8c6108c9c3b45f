import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.linkage import contacts


@pytest.mark.parametrize(
    "written",
    [
        "031 5551234",
        "(031) 555-1234",
        "+62 31 5551234",
        "+62 (0)31 555 1234",
        "62315551234",
        "0062 31 5551234",
        "Telp. 031.555.1234",
        "031/5551234",
        "031-5551234 ext 12",
        "031-5551234/35",
    ],
)
def test_one_phone_in_many_spellings(written):
    assert contacts.phones([written]) == {"+62315551234"}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("0812 3344 5566 / 031-5551234", {"+6281233445566", "+62315551234"}),
        ("812-3344-5566", {"+6281233445566"}),
        ("+84 24 3825 1234", {"+842438251234"}),
        ("310/246-1501", {"3102461501"}),
        ("310-246-1501", {"3102461501"}),
        ("123", set()),
        ("-", set()),
        ("", set()),
    ],
)
def test_phones(written, found):
    assert contacts.phones([written]) == found


def test_emails_sites_and_numbers():
    assert contacts.emails(["Halo <Info+x@Kamuri.co.id>, b@gmail.com"]) == {
        "info@kamuri.co.id",
        "b@gmail.com",
    }
    assert contacts.own_hosts(["info@kamuri.co.id", "b@gmail.com"]) == {"kamuri.co.id"}
    assert contacts.sites(["https://www.Kamuri.co.id/tentang?x=1"]) == {"kamuri.co.id"}
    assert contacts.sites(["tokopedia.com/kamuri/", "tokopedia.com"]) == {"tokopedia.com/kamuri"}
    assert contacts.nib("8120.0012.34567") == "8120001234567"
    assert contacts.nib("812") == ""


@pytest.mark.parametrize(
    "written",
    ["kamuri.id", "@Kamuri.id", "IG: @kamuri.id", "https://instagram.com/kamuri.id/?hl=id"],
)
def test_instagram_names(written):
    assert contacts.instagram([written]) == {"kamuri.id"}


@given(st.text())
def test_keys_are_final(text):
    for keys in (contacts.phones, contacts.emails, contacts.sites):
        assert keys(sorted(keys([text]))) == keys([text])
