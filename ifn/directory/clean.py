"""Turn what people type into clean values, or refuse with words that say what to do.

Pure functions. Used by forms and by lists that come in, so that both know one truth.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from math import prod
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
#: Letters and signs that show nothing and yet make one name differ from another.
INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: Where emoji live; some are younger than the table of characters that Python brings.
EMOJI_PLANES: Final = range(0x1F000, 0x1FB00)
#: What stands for bytes that could not be read.
DAMAGED: Final = "\ufffd"
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
#: A joiner that does not stand between two pictures.
_PICTURE = "\u2190-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}\ufe0f])\u200d|\u200d(?![{_PICTURE}])")


def plain_text(text: str) -> str:
    """Return the text without markup, control, zero-width and direction characters.

    Right-to-left overrides and invisible characters can make a name look like another one; markup
    would be shown as it stands. Emoji stay, joined ones too: they are how small makers write.
    """
    while (plain := _plainer(text)) != text:  # what is taken out may bring together new markup
        text = plain
    return text


def _plainer(text: str) -> str:
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    text = "".join(character for character in text if _is_kept(character))
    text = _SPACES.sub(" ", _LOOSE_JOINER.sub("", _TAG.sub(" ", text)))
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _is_kept(character: str) -> bool:
    if character in KEPT_CONTROLS or character == "\u200d":
        return True
    if character in INVISIBLE:
        return False
    category = unicodedata.category(character)
    if category == "Cn":
        return ord(character) in EMOJI_PLANES
    return category not in {"Cc", "Cf", "Cs", "Co"}


def plain_line(text: str) -> str:
    """Return the text as ``plain_text`` does, on one line."""
    return " ".join(plain_text(text).split())


def undamaged(text: str) -> str:
    """Return the text when all of it could be read.

    Raises:
        Refused: Bytes that are not UTF-8 came instead of letters.

    """
    if DAMAGED in text:
        raise Refused(
            "damaged",
            _("Some letters arrived damaged and are shown as %(sign)s. Write them again.")
            % {"sign": DAMAGED},
        )
    return text


def name(text: str) -> str:
    """Return a clean name of a business, brand or person.

    Raises:
        Refused: Nothing readable is left.

    """
    line = plain_line(text)
    if not any(character.isalnum() for character in line):
        raise Refused("name", _("Write a name with letters or digits."))
    return line


#: Words people write before a number.
_PHONE_WORDS = re.compile(r"\b(?:telepon|telp|tel|phone|whatsapp|wa|hp|no)\b\.?:?", re.IGNORECASE)


def phone(text: str) -> str:
    """Return a phone number in E.164; a number without country code is Indonesian.

    Raises:
        Refused: It cannot be a phone number, or it is more than one.

    """
    given = plain_line(text)
    number = None
    # The library would take letters for the keys they stand on.
    if not re.search(r"[^\W\d_]{3}", _PHONE_WORDS.sub(" ", given)):
        try:
            number = phonenumbers.parse(given, "ID")
        except phonenumbers.NumberParseException:
            number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Refused(
            "phone",
            _("“%(given)s” is not a phone number. Write it as 0812 3456 7890 or +62 812 3456 7890.")
            % {"given": given[:40]},
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(text: str) -> str:
    """Return an e-mail address in lower case.

    Raises:
        Refused: It cannot be an e-mail address.

    """
    address = plain_line(text).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            "email",
            _("“%(given)s” is not an e-mail address. It looks like name@example.com.")
            % {"given": plain_line(text)[:60]},
        ) from None
    return address


_HOST = re.compile(r"[^\W_](?:[\w-]*\.)+[\w-]*[^\W_]")


def web_address(text: str) -> str:
    """Return a complete http(s) address.

    Raises:
        Refused: It is no address, carries a user name, or has a scheme other than http and https.

    """
    address = text.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", address, re.IGNORECASE):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        is_fit = (
            parts.scheme in {"http", "https"}
            and parts.username is None
            and parts.port != 0
            and _HOST.fullmatch(parts.hostname or "") is not None
            and ".." not in (parts.hostname or "")
            and plain_line(address) == address
            and not re.search(r"[\s<>\"'\\]", address)
        )
    except ValueError:  # a port or an address in brackets that cannot be
        is_fit = False
    if not is_fit:
        raise Refused(
            "web_address",
            _("“%(given)s” is not a web address. It looks like www.example.com.")
            % {"given": plain_line(text)[:60]},
        )
    return address


_INSTAGRAM = re.compile(
    r"(?:(?:https?://)?(?:www\.|m\.)?instagram\.com/)?@?([a-z0-9_](?:[a-z0-9._]{0,28}[a-z0-9_])?)/?"
    r"(?:\?\S*)?",
    re.IGNORECASE,
)


def instagram(text: str) -> str:
    """Return an Instagram user name without @ and address.

    Raises:
        Refused: It cannot be a user name.

    """
    found = _INSTAGRAM.fullmatch(plain_line(text))
    user = found[1].lower() if found else ""
    if not user or ".." in user or user.removeprefix("www.") == "instagram.com":
        raise Refused(
            "instagram",
            _("“%(given)s” is not an Instagram name. It looks like @langkahjaya.")
            % {"given": plain_line(text)[:40]},
        )
    return user


CONTACT_CLEANERS: Final = {
    "whatsapp": phone,
    "phone": phone,
    "email": email,
    "website": web_address,
    "marketplace": web_address,
    "instagram": instagram,
}


def _western_digits(text: str) -> str:
    """Write digits of every script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def nib(text: str) -> str:
    """Return the 13 digits of a business identification number; the format proves nothing more.

    Raises:
        Refused: It does not have 13 digits.

    """
    digits = re.sub(r"[\s.\-]", "", _western_digits(plain_line(text)))
    if not re.fullmatch(r"[0-9]{13}", digits):
        raise Refused(
            "nib",
            _("A NIB has 13 digits and nothing else; this has %(count)d. Copy it from OSS.")
            % {"count": sum(character.isdecimal() for character in digits)},
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
#: A longer text is no number; reading it would only cost time.
LONGEST_NUMBER: Final = 60
#: Words that may stand after a number and change nothing.
UNIT_WORDS: Final = {
    *("pasang", "psg", "psng", "pairs", "pair", "prs", "pr", "pcs", "buah", "orang", "org"),
    *("hari", "days", "day", "people", "workers", "bulan", "bln", "month", "per", "/", "unit"),
    *("a", "mesin", "machines", "or", "more", "min", "minimal", "minimum"),
}
#: Thousands may be set apart by spaces, but "12 24" are two numbers.
_NUMBER = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?![\d])(?:[.,]\d+)?|\d[\d.,]*\d|\d")
#: "20 a day" is not a number of pairs a month.
_OTHER_PERIOD = re.compile(r"(?:/|\bper\b|\ba\b)\s*(?:hari|days?)\b")


def whole_number(text: str, *, largest: int = 100_000_000) -> int:
    """Return a whole number written as Indonesians and others write it, with or without a unit.

    "1.250", "1,250", "1 250 psg", "1,2 rb", "5 kodi" (100 pairs) are understood.

    Raises:
        Refused: There is no single number, it is negative, not whole, or larger than ``largest``.

    """
    given = _western_digits(plain_line(text)).lower()
    number = _amount(given)
    if number is None or number != number.to_integral_value():
        raise Refused(
            "number",
            _("“%(given)s” is not a whole number. Write digits only, such as 1250.")
            % {"given": given[:40]},
        )
    if number > largest:
        raise Refused(
            "number_too_large",
            _("%(given)s is more than can be right here. Check the number of digits.")
            % {"given": given[:40]},
        )
    return int(number)


def _amount(given: str) -> Decimal | None:
    """Return the one number in a text times what the words after it say; else nothing."""
    found = _NUMBER.findall(given[:LONGEST_NUMBER])
    rest = _NUMBER.sub(" ", given).replace("/", " ").replace("±", " ").split()
    words = [word.strip(".,()") for word in rest]
    factors = [MULTIPLIERS[word] for word in words if word in MULTIPLIERS]
    unknown = [word for word in words if word and word not in UNIT_WORDS | MULTIPLIERS.keys()]
    is_clear = len(found) == 1 and not unknown and len(factors) <= 2  # noqa: PLR2004  # "2 rb kodi"
    if not is_clear or len(given) > LONGEST_NUMBER or _OTHER_PERIOD.search(given):
        return None
    number = _decimal(found[0])
    return None if number is None else number * prod(factors)


def _decimal(written: str) -> Decimal | None:
    """Read separators: groups of three are thousands; a single other one is the decimal mark."""
    compact = re.sub(r"[ '’]", "", written)
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
