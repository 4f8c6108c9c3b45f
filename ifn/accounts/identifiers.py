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
