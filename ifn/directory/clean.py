"""Turn what people type into clean values, or refuse with words that say what to do.

Pure functions. Used by forms and by lists that come in, so that both know one truth.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _


class Refused(ValueError):  # noqa: N818
    """A value cannot be used; ``str()`` is the message for the person, ``code`` is for reports."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


#: Line feeds and tabs are the only control characters that belong in a text.
KEPT_CONTROLS: Final = {"\n", "\t"}
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_text(text: str) -> str:
    """Return the text without markup, control, zero-width and direction characters.

    Right-to-left overrides and invisible characters can make a name look like another one; markup
    would be shown as it stands. Emoji stay: they are how small makers write.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TAG.sub(" ", text)
    text = "".join(character for character in text if _is_kept(character))
    text = _SPACES.sub(" ", text)
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _is_kept(character: str) -> bool:
    if character in KEPT_CONTROLS:
        return True
    if character == "\u200d":  # joins emoji into one picture
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain_line(text: str) -> str:
    """Return the text as ``plain_text`` does, on one line."""
    return " ".join(plain_text(text).split())


def name(text: str) -> str:
    """Return a clean name of a business, brand or person.

    Raises:
        Refused: Nothing readable is left.

    """
    line = plain_line(text).replace("\u200d", "")
    if not any(character.isalnum() for character in line):
        raise Refused("name", _("Write a name with letters or digits."))
    return line


def phone(text: str) -> str:
    """Return a phone number in E.164; a number without country code is Indonesian.

    Raises:
        Refused: It cannot be a phone number.

    """
    try:
        number = phonenumbers.parse(text.replace("\u202a", ""), "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Refused(
            "phone",
            _("“%(given)s” is not a phone number. Write it as 0812 3456 7890 or +62 812 3456 7890.")
            % {"given": plain_line(text)[:40]},
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(text: str) -> str:
    """Return an e-mail address in lower case.

    Raises:
        Refused: It cannot be an e-mail address.

    """
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            "email",
            _("“%(given)s” is not an e-mail address. It looks like name@example.com.")
            % {"given": plain_line(text)[:60]},
        ) from None
    return address


def web_address(text: str) -> str:
    """Return a complete http(s) address.

    Raises:
        Refused: It is no address, or has a scheme other than http and https.

    """
    address = text.strip()
    if "://" not in address and not address.lower().startswith(("javascript:", "data:")):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    is_bare = parts.username is None and not re.search(r"[\s<>\"'\\]", address)
    if parts.scheme not in {"http", "https"} or "." not in host or not is_bare:
        raise Refused(
            "web_address",
            _("“%(given)s” is not a web address. It looks like www.example.com.")
            % {"given": plain_line(text)[:60]},
        )
    return address


def instagram(text: str) -> str:
    """Return an Instagram user name without @ and address.

    Raises:
        Refused: It cannot be a user name.

    """
    found = re.fullmatch(
        r"(?:https?://)?(?:www\.)?(?:instagram\.com/)?@?([A-Za-z0-9._]{1,30})/?(?:\?.*)?",
        text.strip(),
    )
    if not found:
        raise Refused(
            "instagram",
            _("“%(given)s” is not an Instagram name. It looks like @langkahjaya.")
            % {"given": plain_line(text)[:40]},
        )
    return found[1].lower()


CONTACT_CLEANERS: Final = {
    "whatsapp": phone,
    "phone": phone,
    "email": email,
    "website": web_address,
    "marketplace": web_address,
    "instagram": instagram,
}


def nib(text: str) -> str:
    """Return the 13 digits of a business identification number; the format proves nothing more.

    Raises:
        Refused: It does not have 13 digits.

    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise Refused(
            "nib",
            _("A NIB has 13 digits; this has %(count)d. Copy it from the OSS document.")
            % {"count": sum(character.isdigit() for character in text)},
        )
    return digits


#: What a word after a number multiplies it by: "1,2 rb", "5 kodi" (20 pairs each), "10 lusin".
MULTIPLIERS: Final = {
    "rb": 1000,
    "ribu": 1000,
    "k": 1000,
    "jt": 1_000_000,
    "juta": 1_000_000,
    "kodi": 20,
    "lusin": 12,
    "dozen": 12,
    "lsn": 12,
}
#: Words that may stand after a number and change nothing.
UNIT_WORDS: Final = {
    *("pasang", "psg", "psng", "pairs", "pair", "prs", "pr", "pcs", "buah", "orang", "org"),
    *("hari", "days", "day", "people", "workers", "bulan", "bln", "month", "per", "/", "unit"),
    *("a", "mesin", "machines", "or", "more", "min", "minimal", "minimum"),
}
_NUMBER = re.compile(r"\d[\d.,\s']*\d|\d")


def whole_number(text: str, *, largest: int = 100_000_000) -> int:
    """Return a whole number written as Indonesians and others write it, with or without a unit.

    "1.250", "1,250", "1 250 psg", "1,2 rb", "5 kodi" (100 pairs) are understood.

    Raises:
        Refused: There is no single number, it is negative, not whole, or larger than ``largest``.

    """
    given = plain_line(text).lower()
    found = _NUMBER.findall(given)
    rest = _NUMBER.sub(" ", given).replace("/", " ").replace("±", " ").split()
    words = [word.strip(".,()") for word in rest]
    factors = [MULTIPLIERS[word] for word in words if word in MULTIPLIERS]
    unknown = [word for word in words if word and word not in UNIT_WORDS | MULTIPLIERS.keys()]
    refused = Refused(
        "number",
        _("“%(given)s” is not a whole number. Write digits only, such as 1250.")
        % {"given": given[:40]},
    )
    if len(found) != 1 or unknown or given.startswith("-") or len(factors) > 2:  # noqa: PLR2004
        raise refused
    number = _decimal(found[0])
    if number is None:
        raise refused
    for factor in factors:
        number *= factor
    if number != number.to_integral_value():
        raise refused
    if number > largest:
        raise Refused(
            "number_too_large",
            _("%(given)s is more than can be right here. Check the number of digits.")
            % {"given": given[:40]},
        )
    return int(number)


def _decimal(written: str) -> Decimal | None:
    """Read separators: groups of three are thousands; a single other one is the decimal mark."""
    compact = re.sub(r"[\s']", "", written)
    if re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})+", compact):
        compact = re.sub(r"[.,]", "", compact)
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", compact):
        compact = compact.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+\.\d+", compact):
        compact = compact.replace(",", "")
    else:
        compact = compact.replace(",", ".")
    try:
        return Decimal(compact)
    except InvalidOperation:
        return None


#: Indonesia from Sabang to Merauke and from Miangas to Rote, with a margin of half a degree.
LATITUDES: Final = (-11.5, 6.5)
LONGITUDES: Final = (94.5, 141.5)


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the point when it lies in Indonesia's bounds; swapped values are named as such.

    Raises:
        Refused: It lies elsewhere.

    """
    if _inside(latitude, longitude):
        return latitude, longitude
    if _inside(longitude, latitude):
        raise Refused(
            "point_swapped",
            _(
                "Latitude and longitude seem to be swapped. "
                "Latitude is about -7, longitude about 112."
            ),
        )
    raise Refused(
        "point_outside",
        _("This point lies outside Indonesia. Latitude is about -7, longitude about 112."),
    )


def _inside(latitude: float, longitude: float) -> bool:
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
