"""Days as people read them in the language in force."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_in_words(day: date, form: str = "j M Y") -> str:
    """Return a day as Django's date filter writes it; lists name the same days again and again."""
    return _written(day, form, get_language())


@lru_cache(maxsize=4096)
def _written(day: date, form: str, _language: str | None) -> str:
    """Return a day in words; the language is in force already."""
    return date_format(day, form)
