"""Small pieces of HTML in files of their own, filled by plain Python.

Django's template engine costs too much where one page repeats a piece a hundred times. A fragment
is an .html file among the templates with `{name}` where an escaped value goes; nothing else is
special.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import cast

from django.conf import settings
from django.template.utils import get_app_template_dirs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def _read(name: str) -> str:
    for folder in get_app_template_dirs("templates"):
        file = Path(folder) / name
        if file.is_file():
            return file.read_text(encoding="utf-8").strip()
    raise FileNotFoundError(name)


_read_once = lru_cache(maxsize=None)(_read)


def source(name: str) -> str:
    """Return a fragment's text, read once per process (each time while debugging).

    Raises:
        FileNotFoundError: No app has a template of this name.

    """
    return _read(name) if settings.DEBUG else _read_once(name)


def fill(name: str, /, **values: object) -> SafeString:
    """Return the fragment with every `{value}` escaped in, unless it is marked safe already.

    Raises:
        KeyError: The fragment asks for a value that was not given.

    """
    return mark_safe(source(name).format_map(_escaped(values)))  # noqa: S308  # escaped here


def fill_each(name: str, rows: Iterable[Mapping[str, object]]) -> SafeString:
    """Return the fragment once per row, one after the other."""
    write = source(name).format_map
    return mark_safe("".join(write(_escaped(row)) for row in rows))  # noqa: S308  # each is escaped


def _escaped(values: Mapping[str, object]) -> dict[str, str]:
    """Escape as ``format_html`` does, without its cost for the plain types that nearly all have."""
    return {name: _safe(value) for name, value in values.items()}


def _safe(value: object) -> str:
    kind = type(value)
    if kind is SafeString:
        return value  # type: ignore[return-value]
    if kind is str:
        return escape(value)  # type: ignore[arg-type]
    return str(value) if kind is int else conditional_escape(cast("str", value))


def join(parts: Iterable[SafeString]) -> SafeString:
    """Put pieces that are safe already one after the other."""
    return mark_safe("".join(part.__html__() for part in parts))  # noqa: S308  # only safe strings have __html__
