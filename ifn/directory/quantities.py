"""Quantities with their units, as people read them in the language in force."""

from django.utils.translation import get_language, ngettext

from ifn.directory.profile import Profile


def grouped(number: int) -> str:
    """Return a number with thousands set apart, as the language writes them."""
    text = f"{number:,}"
    return text if get_language() == "en" else text.replace(",", ".")


def pairs(number: int | None) -> str:
    """Return a number of pairs: "40 pasang"."""
    if number is None:
        return ""
    return ngettext("%(number)s pair", "%(number)s pairs", number) % {"number": grouped(number)}


def pairs_a_month(number: int | None) -> str:
    """Return a capacity: "1.200 pasang/bulan"."""
    if number is None:
        return ""
    text = ngettext("%(number)s pair/month", "%(number)s pairs/month", number)
    return text % {"number": grouped(number)}


def days(number: int | None) -> str:
    """Return a time in days: "30 hari"."""
    if number is None:
        return ""
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": grouped(number)}


def sizes(profile: Profile) -> str:
    """Return the range of shoe sizes: "EU 36–41"."""
    ends = [f"{end:f}".removesuffix(".0") for end in (profile.size_from, profile.size_to) if end]
    return f"EU {'–'.join(ends)}" if ends else ""
