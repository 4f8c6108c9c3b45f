"""Message catalogues: where they are, how they are compiled, what is wrong with them."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib

#: Sources are written in English; these are the languages they are translated into.
LANGUAGE = "id"
NAMED = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)\}")
#: Django's own apps that the settings install and that have messages.
OF_DJANGO = ("auth", "contenttypes")
POSITIONAL = re.compile(r"%%|%[sdrf]")

#: What makes two messages the same: context (None for none) and English text.
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the sources have it."""

    text: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> Key:
        """Return what a catalogue finds the message by."""
        return self.context, self.text


def catalogue_of(app: Path) -> Path:
    """Return where the app's catalogue is, whether it is there or not."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def catalogues(root: Path) -> list[Path]:
    """Return every catalogue there is."""
    return sorted((root / "ifn").glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/django.po"))


def key_of(entry: polib.POEntry) -> Key:
    """Return what finds the entry."""
    return entry.msgctxt or None, entry.msgid


def compile_catalogues(root: Path) -> int:
    """Write a .mo beside each .po that is newer, and return how many were written."""
    written = 0
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Several processes may do this at once: each replaces the file whole.
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_bytes(polib.pofile(str(source)).to_binary())
        draft.replace(target)
        written += 1
    return written


def merge(app: Path, found: dict[Message, set[str]]) -> bool:
    """Bring the app's catalogue up to date, keep its translations, and say whether it changed."""
    path = catalogue_of(app)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = {key_of(entry): entry for entry in polib.pofile(str(path))} if before else {}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for message in sorted(found, key=lambda each: (each.text, each.context or "")):
        fresh.append(_entry(message, sorted(found[message]), kept.get(message.key)))
    after = str(fresh) + "\n"
    if not found:
        path.unlink(missing_ok=True)
        return bool(before)
    if before == after:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(after, encoding="utf-8")
    return True


def _entry(message: Message, places: list[str], kept: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context,
        occurrences=[(place, "") for place in places],
    )
    if "%(" in message.text + (message.plural or ""):
        entry.flags.append("python-format")
    if message.plural is None:
        entry.msgstr = kept.msgstr if kept else ""
    else:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: kept.msgstr_plural.get(0, "") if kept else ""}
    if kept:
        entry.tcomment = kept.tcomment
        entry.flags += [flag for flag in kept.flags if flag == "fuzzy"]
    return entry


def faults(app: Path, wanted: Iterable[Message]) -> Iterator[str]:
    """Say what is wrong with the app's catalogue: missing, obsolete, empty, fuzzy, unlike."""
    path = catalogue_of(app)
    there = {key_of(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    needed = {message.key: message for message in wanted}
    for key, message in needed.items():
        entry = there.get(key)
        if entry is None or (entry.msgid_plural or None) != message.plural:
            yield f"{app.name}: not in the catalogue: {message.text!r}"
        else:
            yield from (f"{app.name}: {fault}: {message.text!r}" for fault in _faults_of(entry))
    for key, entry in there.items():
        if key not in needed or entry.obsolete:
            yield f"{app.name}: in the catalogue, not in the sources: {entry.msgid!r}"


def _faults_of(entry: polib.POEntry) -> Iterator[str]:
    translation = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
    source = entry.msgid_plural or entry.msgid
    if not translation.strip():
        yield "not translated"
        return
    if entry.fuzzy:
        yield "fuzzy"
    if placeholders(source) != placeholders(translation):
        yield "placeholders differ"
    if source.endswith("\n") != translation.endswith("\n"):
        yield "one ends with a line break, the other does not"


def placeholders(text: str) -> tuple[frozenset[str], list[str]]:
    """Return the named placeholders, and the positional ones in order."""
    named = frozenset(a or b for a, b in NAMED.findall(text))
    positional = [each for each in POSITIONAL.findall(NAMED.sub("", text)) if each != "%%"]
    return named, positional


def conflicts(root: Path) -> Iterator[str]:
    """Name messages that are translated in several ways: Django would show one of them for all.

    Django's own apps come first in the settings, so theirs would be the one.
    """
    said: dict[Key, dict[str, str]] = defaultdict(dict)
    for path in catalogues(root):
        for key, text in _translations(path).items():
            said[key].setdefault(text, path.parents[3].name)
    for name in OF_DJANGO:
        path = catalogue_of(Path(django.__file__).parent / "contrib" / name)
        for key, text in _translations(path).items():
            if key in said:
                said[key].setdefault(text, f"django.contrib.{name}")
    for (_context, text), versions in sorted(said.items(), key=lambda each: each[0][1]):
        if len(versions) > 1:
            told = ", ".join(f"{owner} says {version!r}" for version, owner in versions.items())
            yield f"{text!r} is translated in several ways: {told} (give one a context)"


def _translations(path: Path) -> dict[Key, str]:
    told = {
        key_of(entry): entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }
    return {key: text for key, text in told.items() if text}
