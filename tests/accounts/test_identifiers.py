import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.accounts import identifiers


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "(0812) 3456.7890",
        "812 3456 7890",
        "6281234567890",
        "62 812 3456 7890",
        "+62 812-3456-7890",
        "+62 0812 3456 7890",
        "+62 (0)812 3456 7890",
        "0062 812 3456 7890",
        " 081234567890 ",
        "".join(chr(0xFF10 + int(digit)) for digit in "081234567890"),  # fullwidth
    ],
)
def test_every_indonesian_spelling_of_a_mobile_number_is_the_same_number(written):
    assert identifiers.phone(written) == "+6281234567890"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(031) 8955149", "+62318955149"),
        ("021-5255509", "+62215255509"),
        ("+65 6123 4567", "+6561234567"),
        ("0065 6123 4567", "+6561234567"),
    ],
)
def test_landlines_and_foreign_numbers_are_kept_apart(written, number):
    assert identifiers.phone(written) == number


@pytest.mark.parametrize(
    "written", ["", "0812", "telepon", "0812abc34567", "0" * 25, "+", "081234567890\x00", "++62812"]
)
def test_what_is_no_phone_number_is_nothing(written):
    assert identifiers.phone(written) is None


def test_email_addresses_have_one_spelling():
    assert identifiers.email("  Sri.Wahyuni@Contoh.Example ") == "sri.wahyuni@contoh.example"
    assert identifiers.email("sri@") is None
    assert identifiers.email("sri@contoh.example\nBcc: x@y.z") is None


def test_the_at_sign_tells_what_an_identifier_is():
    assert identifiers.identifier("SRI@contoh.example") == "sri@contoh.example"
    assert identifiers.identifier("0812 3456 7890") == "+6281234567890"
    assert identifiers.identifier("sri") is None


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it_and_the_stored_spelling_stays(text):
    found = identifiers.identifier(text)

    assert found is None or identifiers.identifier(found) == found


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("jane@buyer.example", "jane+sol@buyer.example"),
        ("jane@buyer.example", " JANE+a+b@Buyer.Example "),
        ("jane.doe@gmail.com", "janedoe+x@googlemail.com"),
        ("a@b\u00fccher.example", "a@xn--bcher-kva.example"),
    ],
)
def test_addresses_of_one_mailbox_agree(address, other):
    assert identifiers.mailbox(address) == identifiers.mailbox(other)


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("jane.doe@buyer.example", "janedoe@buyer.example"),
        ("jane@buyer.example", "jane@seller.example"),
        ("+a@buyer.example", "+b@buyer.example"),
    ],
)
def test_addresses_of_different_mailboxes_do_not(address, other):
    assert identifiers.mailbox(address) != identifiers.mailbox(other)


@pytest.mark.parametrize("text", ["", "@", "a@" + "x" * 300, "a@..", "\ud800@x"])
def test_what_is_no_address_breaks_nothing(text):
    assert isinstance(identifiers.mailbox(text), str)
