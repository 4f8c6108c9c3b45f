"""Small pieces of HTML in files of their own, filled by plain Python.

Django's template engine costs too much where one page repeats a piece a hundred times. A fragment
is an .html file among the templates with `{name}` where an escaped value goes; nothing else is
special.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Formatter

from django.conf import settings
from django.template.utils import get_app_template_dirs
from django.utils.safestring import SafeString

Parts = tuple[tuple[str, str], ...]


def _read(name: str) -> str:
    for folder in get_app_template_dirs("templates"):
        file = Path(folder) / name
        if file.is_file():
            return file.read_text(encoding="utf-8").strip()
    raise FileNotFoundError(name)


def _parse(name: str) -> Parts:
    """Return the fragment as pairs of plain text and the name of the value after it."""
    return tuple((text, value or "") for text, value, *_ in Formatter().parse(_read(name)))


_parse_once = lru_cache(maxsize=None)(_parse)


def _parts(name: str) -> Parts:
    return _parse(name) if settings.DEBUG else _parse_once(name)


def escaped(value: object) -> str:
    """Return a value as it stands in HTML; what is marked safe stays as it is."""
    # as django.utils.html.conditional_escape, without what its decorators cost
    if isinstance(value, str):
        return value if isinstance(value, SafeString) else escape(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return escape(str(value))


def _put(parts: Parts, values: Mapping[str, object], into: list[str]) -> None:
    for text, name in parts:
        into.append(text)
        if name:
            into.append(escaped(values[name]))


def fill(name: str, /, **values: object) -> SafeString:
    """Return the fragment with every `{value}` escaped in, unless it is marked safe already.

    The file is read once per process, or each time while debugging.

    Raises:
        FileNotFoundError: No app has a template of this name.
        KeyError: The fragment asks for a value that was not given.

    """
    pieces: list[str] = []
    _put(_parts(name), values, pieces)
    return SafeString("".join(pieces))


def fill_each(name: str, rows: Iterable[Mapping[str, object]]) -> SafeString:
    """Return the fragment once per row, one after the other."""
    parts = _parts(name)
    pieces: list[str] = []
    for row in rows:
        _put(parts, row, pieces)
    return SafeString("".join(pieces))


def join(parts: Iterable[SafeString]) -> SafeString:
    """Put pieces that are safe already one after the other.

    Raises:
        AttributeError: One of them is not marked safe.

    """
    return SafeString("".join([part.__html__() for part in parts]))
