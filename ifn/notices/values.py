"""Values of sentences that are put differently in each language: days, and texts in all of them.

A notice is kept as plain JSON and read in the reader's language, so both are marked when it is
written and put into words when it is read.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise

_DAY: Final = "day"


def day(on: date) -> dict[str, str]:
    """Return a day as a value, read as "7 Juni 2026" or "7 June 2026"."""
    return {_DAY: on.isoformat()}


def in_each_language(words: Callable[[], str | Promise]) -> dict[str, str]:
    """Return a text as a value, asked for once with each language in force."""
    texts: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = str(words())
    return texts


def read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the language in force has them."""
    return {name: _read(value) for name, value in values.items()}


def _read(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if _DAY in value:
        return date_format(date.fromisoformat(value[_DAY]), "j F Y")
    return value.get(translation.get_language()) or next(iter(value.values()), "")
