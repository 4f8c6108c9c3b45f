"""The press kit of a release: texts in both languages, pictures, credits, line, facts.

Packed into a file on disk; pictures are copied in pieces, so none is ever whole in memory.
"""

from collections.abc import Iterable
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext as _

from ifn.collaboration import drawing
from ifn.collaboration.presenting import Told, told, when, when_short
from ifn.collaboration.queries.impact import Figures
from ifn.collaboration.queries.releases import Whole
from ifn.directory.spreadsheets import text_lines

_PIECE: Final = 64 * 1024
#: The day of every file in it, so that the same kit is the same file.
_DAY: Final = (2020, 1, 1, 0, 0, 0)


def made(whole: Whole, figures: Figures) -> IO[bytes]:
    """Return an open file with the kit; whoever sends it closes it."""
    file = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as kit:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                _texts(kit, whole, figures, language)
        _pictures(kit, told(whole))
    file.seek(0)
    return file


def _texts(kit: ZipFile, whole: Whole, figures: Figures, language: str) -> None:
    of = told(whole)
    _write(kit, f"{language}/{_('text')}.txt", _text(whole, of))
    _write(kit, f"{language}/{_('credits')}.txt", _credits(of))
    facts = text_lines([_("What"), _("Value"), _("Day")], _facts(of, figures))
    _write(kit, f"{language}/{_('facts')}.csv", "".join(facts))
    title = _("From origin to product: %(title)s") % {"title": of.title}
    _write(kit, f"{language}/{_('line')}.svg", drawing.draw(of.line, title, when_short))


def _write(kit: ZipFile, name: str, text: str) -> None:
    info = ZipInfo(name, _DAY)
    info.compress_type = ZIP_DEFLATED
    kit.writestr(info, text)


def _text(whole: Whole, of: Told) -> str:
    release = whole.release
    address = f"{settings.PUBLIC_ADDRESS}{release.get_absolute_url()}"
    parts = [of.title, when(release.published_on), of.story]
    if of.how:
        parts.append(f"{_('How to get it')}\n{of.how}")
    return "\n\n".join([*parts, address, ""])


def _credits(of: Told) -> str:
    lines = []
    for one in of.credits:
        address = f" – {settings.PUBLIC_ADDRESS}{one['href']}" if one["href"] else ""
        lines.append(f"{one['role']}: {one['name']}{address}")
    for place, picture in enumerate(of.pictures, start=1):
        by = picture.credit or "–"
        lines.append(f"{_('Picture')} {place:02}: {picture.caption} ({by})")
    return "\n".join([*lines, ""])


def _facts(of: Told, figures: Figures) -> Iterable[tuple[str, str | int, str]]:
    for label, value in of.specification:
        yield label, value, ""
    for test in of.tests:
        label = f"{test['what']} ({test['standard']})"
        yield label, f"{test['value']} {test['verdict']}".strip(), when(test["on"])
    for node in of.line.nodes:
        by = ", ".join(one.name for one in node.fact.by)
        words = " – ".join(filter(None, (node.fact.title, by)))
        yield node.fact.label, words, when(node.fact.on)
    yield _("Pairs made"), figures.made, ""
    yield _("Hand-outs received"), figures.receipts, ""
    yield _("Pairs handed out"), figures.handed, ""


def _pictures(kit: ZipFile, of: Told) -> None:
    for place, picture in enumerate(of.pictures, start=1):
        kind = picture.file.rpartition(".")[2]
        info = ZipInfo(f"{place:02}.{kind}", _DAY)
        info.compress_type = ZIP_STORED
        with default_storage.open(picture.file) as source, kit.open(info, "w") as target:
            copyfileobj(source, target, _PIECE)
