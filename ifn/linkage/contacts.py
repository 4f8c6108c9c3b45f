"""Phones, e-mails, sites, Instagram names and business numbers as keys that are equal or not; pure.

Anything goes in, also several in one cell; what cannot be a key is left out.
"""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_NO_DIGITS = re.compile(r"[^0-9]+")
_EXTENSION = re.compile(r"\b(?:ext|ekst|pes|pesawat|x)\b\.?.*$", re.IGNORECASE)
_BETWEEN = re.compile(r"[/;,|&\n]|\batau\b|\bor\b|\bdan\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(
    r"^(?:https?:/*)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?(/[^?#\s]*)?", re.IGNORECASE
)
_INSTAGRAM = re.compile(r"(?:instagram\.com|instagr\.am)/+@?([\w.]+)", re.IGNORECASE)
_HANDLE = re.compile(r"^(?:ig|instagram)?\s*[:.]?\s*@?\s*([a-z0-9_.]{2,30})$", re.IGNORECASE)
#: Places where many firms have a page: only the page says who it is.
SHARED_SITES = re.compile(
    r"(?:^|\.)(?:tokopedia|shopee|lazada|bukalapak|blibli|facebook|fb|tiktok|linktr|wa|whatsapp"
    r"|google|goo|linkedin|youtube|blogspot|wordpress|wixsite|indotrading|alibaba)\."
)
#: Hosts of everybody's mailboxes.
FREE_MAIL = {
    *("gmail.com", "yahoo.com", "yahoo.co.id", "ymail.com", "hotmail.com", "outlook.com"),
    *("rocketmail.com", "icloud.com", "live.com", "aol.com", "mail.com", "outlook.co.id"),
}
SHORTEST_PHONE, LONGEST_PHONE, NIB_DIGITS = 7, 15, 13
#: Of numbers so long one digit may be wrong.
LEAST_NEAR = 11


def phones(written: Iterable[str]) -> frozenset[str]:
    """Return phone numbers in E.164; without a country they are Indonesian where they can be.

    >>> sorted(phones(["(021) 555-1234 / 0812.3456.7890", "+62 (0)21 5551234"]))
    ['+62215551234', '+6281234567890']
    """
    found = (_phone(part) for text in written if text for part in _numbers(text))
    return frozenset(number for number in found if number)


def _numbers(text: str) -> list[str]:
    parts = [_EXTENSION.sub("", part) for part in _BETWEEN.split(text)]
    if len(_digits(parts[0])) < SHORTEST_PHONE:  # the sign stands within the number
        return ["".join(parts)]
    return parts


def _digits(text: str) -> str:
    return _NO_DIGITS.sub("", text)


def _phone(text: str) -> str:
    international = text.strip().startswith(("+", "(+"))
    digits = _digits(text.replace("(0)", ""))
    if not SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
        return ""
    if digits.startswith("00"):
        digits, international = digits[2:], True
    if digits.startswith("62") and (international or len(digits) >= 10):  # noqa: PLR2004
        return "+62" + digits[2:].lstrip("0")
    if international:
        return "+" + digits
    if digits.startswith("0"):
        return "+62" + digits.lstrip("0")
    if digits.startswith("8") and 9 <= len(digits) <= 12 and "/" not in text:  # noqa: PLR2004
        return "+62" + digits
    return digits


def near(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Say whether two numbers may be one: a digit is wrong, or one is without its area code."""
    return any(_are_near(one, other) for one in ours for other in theirs)


def _are_near(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if not short.startswith("+"):
        return long.endswith(short.lstrip("0"))
    return len(short) >= LEAST_NEAR and OSA.distance(one, other, score_cutoff=1) == 1


def emails(written: Iterable[str]) -> frozenset[str]:
    """Return e-mail addresses in lower case, without what follows a plus sign."""
    return frozenset(
        re.sub(r"\+[^@]*@", "@", found)
        for text in written
        for found in _EMAIL.findall(text.lower())
    )


def sites(written: Iterable[str]) -> frozenset[str]:
    """Return sites as host, with the path where many firms share the host."""
    found = (_site(part) for text in written for part in re.split(r"[\s,;|]+", text))
    return frozenset(site for site in found if site)


def _site(text: str) -> str:
    match = _SITE.match(text.strip().lower())
    if match is None or "@" in text or "instagr" in match[1]:
        return ""
    path = (match[2] or "").rstrip("/")
    if SHARED_SITES.search(match[1]):
        return match[1] + path if path else ""
    return match[1]


def instagram(written: Iterable[str]) -> frozenset[str]:
    """Return Instagram names without @, address and case.

    >>> sorted(instagram(["https://www.instagram.com/Langkah.Jaya/?hl=id", "@langkah.jaya"]))
    ['langkah.jaya']
    """
    names = set()
    for text in written:
        for part in re.split(r"[\s,;|]+", text) if "/" in text or "@" in text else [text]:
            found = _INSTAGRAM.search(part) or _HANDLE.match(part.strip())
            if found:
                names.add(found[1].lower().rstrip("."))
    return frozenset(name for name in names if name)


def nib(written: str) -> str:
    """Return a business identification number of 13 digits, or nothing."""
    digits = _digits(written)
    return digits if len(digits) == NIB_DIGITS else ""


def own_hosts(addresses: Iterable[str]) -> frozenset[str]:
    """Return the hosts of e-mail addresses that belong to a firm and not to everybody."""
    hosts = (address.rpartition("@")[2] for address in addresses)
    return frozenset(host for host in hosts if host not in FREE_MAIL)
