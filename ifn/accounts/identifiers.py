"""E-mail addresses and phone numbers in the one spelling they are stored in."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

#: What people write between the digits of a phone number.
PUNCTUATION = re.compile(r"[\s().\-–/]+")
DIGITS = re.compile(r"\+?\d{5,19}")


def email(text: str) -> str | None:
    """Return an e-mail address in lower case, or nothing when it is none."""
    address = unicodedata.normalize("NFKC", text).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address


#: Mail providers that read a name with and without dots as one.
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})


def mailbox(address: str) -> str:
    """Return what an e-mail address has in common with others that reach the same mailbox.

    It is for counting and blocking, never for sending or signing in: what stands behind a plus sign
    is a label of the owner's (RFC 5233), and some providers pass over dots.
    """
    name, _at, domain = address.strip().lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = domain.rstrip(".")
    name = name.partition("+")[0] or name
    if domain in _DOTLESS:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def phone(text: str) -> str | None:
    """Return a phone number in E.164, or nothing when it is none.

    A number without country code is Indonesian; 0812…, 812…, 62812…, +62 812… and 0062812… agree.
    """
    digits = PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))
    if not DIGITS.fullmatch(digits):
        return None
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    try:
        number = phonenumbers.parse(digits, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def identifier(text: str) -> str | None:
    """Return what a person signs in with in its stored spelling, or nothing when it is neither."""
    return email(text) if "@" in text else phone(text)
