"""Find the messages in Python sources and Django templates; needs no gettext programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tools.catalogues import Message

#: What the arguments of each function are, in order; whatever follows is no message.
TEXT, PLURAL, CONTEXT = "text", "plural", "context"
FUNCTIONS = {
    "_": (TEXT,),
    "gettext": (TEXT,),
    "gettext_noop": (TEXT,),
    "ngettext": (TEXT, PLURAL),
    "pgettext": (CONTEXT, TEXT),
    "npgettext": (CONTEXT, TEXT, PLURAL),
}
TEMPLATES = {".html", ".txt", ".svg", ".xml"}
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?){%\s*endblocktrans", re.DOTALL)
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
#: A call in what Django makes of a template; all the rest of that is no program.
CALL = re.compile(rf"(?<!\w)(?:_|n?p?gettext)\({LITERAL}(?:, {LITERAL})*(?:, ?count)?\)")


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
            plurals[message.key] = message
        elif other != message:
            raise ValueError(f"{app.name}: two plurals of {message.text!r}")
    return found


def messages_in(path: Path) -> Iterator[Message]:
    """Return the messages of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from messages_of(text)
    else:
        for call in CALL.finditer(templatize(text, str(path))):
            yield from messages_of(call[0])


def messages_of(source: str) -> Iterator[Message]:
    """Return the messages of a Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2].removesuffix("_lazy")
            kinds = FUNCTIONS.get(name, ())
            said = {
                kind: argument.value
                for kind, argument in zip(kinds, node.args, strict=False)
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            }
            if said.get(TEXT):
                yield Message(**said)


def untrimmed(root: Path) -> Iterator[str]:
    """Name the blocks over several lines that would carry their indentation into the catalogue."""
    for path in sorted((root / "ifn").rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            if "\n" in block[2] and "trimmed" not in block[1].split():
                line = text.count("\n", 0, block.start()) + 1
                yield f"{path.relative_to(root)}:{line}: blocktranslate over lines, not trimmed"
