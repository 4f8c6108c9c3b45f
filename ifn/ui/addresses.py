"""Addresses with something of a thing's own in them, put together without asking Django each time.

Django builds every address anew from all patterns, which costs a page with seven of them as much
as reading a profile from the database. Here the address is asked for once per language, with a
mark where the thing's own part goes.
"""

from functools import lru_cache
from typing import Final

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

#: Fits the converters that take a public number or a slug, and stands in no address of ours.
_MARK: Final = "22222"


def address_of(name: str) -> str:
    """Return the address of this name, which takes no argument."""
    return _whole(name, get_language(), get_urlconf(), get_script_prefix())


def address_with(name: str, own: str) -> str:
    """Return the address of this name whose only argument is ``own``, a public number or slug."""
    before, after = _around(name, 1, get_language(), get_urlconf(), get_script_prefix())
    return f"{before}{own}{after}"


def address_with_slug(name: str, slug: str, own: str) -> str:
    """Return the address of this name that ends in a slug and a public number."""
    before, after = _around(name, 2, get_language(), get_urlconf(), get_script_prefix())
    return f"{before}{slug}-{own}{after}"


@lru_cache(maxsize=256)
def _whole(name: str, _language: str | None, _urlconf: str | None, _prefix: str) -> str:
    """Return a whole address; language and patterns are in force already."""
    return reverse(name)


@lru_cache(maxsize=256)
def _around(
    name: str, arguments: int, _language: str | None, _urlconf: str | None, _prefix: str
) -> tuple[str, str]:
    """Return what stands before and after the mark; language and patterns are in force already."""
    given = [_MARK] if arguments == 1 else ["a", _MARK]
    before, _, after = reverse(name, args=given).rpartition("-".join(given))
    return before, after
