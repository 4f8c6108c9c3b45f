"""Find the messages in Python sources and Django templates; needs no gettext programs."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tools.catalogues import Message

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".svg", ".xml"}
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?){%\s*endblocktrans", re.DOTALL)


def apps(root: Path) -> list[Path]:
    """Return the folder of every app."""
    return sorted(path.parent for path in (root / "ifn").glob("*/__init__.py"))


def sources(app: Path) -> Iterator[Path]:
    """Return the files of an app that may hold messages, in order."""
    for path in sorted(app.rglob("*")):
        parts = path.relative_to(app).parts
        if (path.suffix == ".py" and "migrations" not in parts) or (
            path.suffix in TEMPLATES and "templates" in parts
        ):
            yield path


def messages(root: Path, app: Path) -> dict[Message, set[str]]:
    """Return the app's messages, each with the files that say it.

    Settings and other modules beside the apps name only languages, which Django translates itself.

    Raises:
        ValueError: One English text stands with two different plurals.

    """
    found: dict[Message, set[str]] = {}
    for path in sources(app):
        for message in messages_in(path):
            found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    plurals: dict[object, Message] = {}
    for message in sorted(found, key=lambda each: each.plural or ""):
        other = plurals.setdefault(message.key, message)
        if other.plural is None and message.plural is not None:
            found[message] |= found.pop(other)
        elif other != message:
            raise ValueError(f"{app.name}: two plurals of {message.text!r}")
    return found


def messages_in(path: Path) -> Iterator[Message]:
    """Return the messages of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize makes of a template is no program: only its calls matter.
        text = "\n".join(line.strip() for line in templatize(text, str(path)).splitlines())
    for _line, said, _comments, context in extract(
        "python", BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = said if isinstance(said, tuple) else (said, None)
        if singular:
            yield Message(singular, plural or None, context)


def untrimmed(root: Path) -> Iterator[str]:
    """Name the blocks over several lines that would carry their indentation into the catalogue."""
    for path in sorted((root / "ifn").rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            if "\n" in block[2] and "trimmed" not in block[1].split():
                line = text.count("\n", 0, block.start()) + 1
                yield f"{path.relative_to(root)}:{line}: blocktranslate over lines, not trimmed"
