"""The whole public directory as one archive: data twice, what each field means, licence, read-me.

The same data on the same day makes the same bytes. Memory stays bounded: rows come some at a time,
and go to a file at once.
"""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from ifn.directory.opendata.field import OpenField
from ifn.directory.opendata.fields import OPEN_FIELDS
from ifn.directory.opendata.rows import OpenRow
from ifn.directory.opendata.writing import CellWriter, certificates, values_of, verifications
from ifn.vocabulary.queries import Lexicon

LICENCE: Final = "CC BY 4.0"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
#: Of zlib's nine: a third of the time of the usual 6 for two fifths more bytes; it is made nightly.
LEVEL: Final = 1
#: What its files are called inside the archive.
DATA_CSV, DATA_JSON = "directory.csv", "directory.jsonl"
DICTIONARY, CODES = "data-dictionary.csv", "codes.csv"

_NAMES: Final = [field.name for field in OPEN_FIELDS]
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_LICENCE_TEXT: Final = """\
Creative Commons Attribution 4.0 International (CC BY 4.0)
{address}legalcode

You may copy, share and adapt this data, also commercially, if you name the source:

    Indonesia Footwear Network (BPIPI, Ministry of Industry), {day}, {site}

Say so when you changed the data. The data comes as it is, without warranty. It holds ways to reach
people that they chose to show to everybody: the licence does not replace the law on personal data
(UU 27/2022), so use them to reach a business about its business, and for nothing else.

--- Bahasa Indonesia ---

Anda boleh menyalin, membagikan, dan mengolah data ini, juga untuk tujuan komersial, asal menyebut
sumbernya:

    Indonesia Footwear Network (BPIPI, Kementerian Perindustrian), {day}, {site}

Sebutkan bila Anda mengubah data. Data diberikan apa adanya, tanpa jaminan. Di dalamnya ada kontak
yang dibuka pemiliknya untuk semua orang: lisensi tidak menggantikan hukum pelindungan data pribadi
(UU 27/2022). Gunakan untuk menghubungi usaha tentang usahanya, bukan untuk hal lain.
"""

_README: Final = """\
Indonesia Footwear Network: the public directory, {day}, {rows} profiles{demo}

directory.csv        one profile a line; UTF-8, commas, decimal points; several values of one cell
                     are set apart by |; a text that a spreadsheet would take for a formula has an
                     apostrophe in front, and one that begins with an apostrophe has two: take
                     one away when you read the file with a program
directory.jsonl      the same as one JSON object a line, nothing added to the texts; what is not
                     known is left out
data-dictionary.csv  what each field means, in English and Indonesian, with type, unit and codes
codes.csv            what each code means, in English and Indonesian
LICENCE.txt          {licence}

Fields and ways to reach a business are here only where their owner shows them to everybody. The
number (IFN-...) is permanent: use it to join and to follow changes. Region codes are text: "11.10"
is not 11.1. A certificate is what the business states, not a verification. What the network
verified stands in verifications, topic by topic, while it holds: {site}/verifikasi

Newest files, API and how to cite: {site}/data/direktori
"""


def write_archive(
    target: IO[bytes], rows: Iterable[OpenRow], *, day: date, is_demo: bool, lexicon: Lexicon
) -> int:
    """Write the archive of these rows to an open file; return how many there were."""
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive, _lines() as json_lines:
        count = 0
        with _entry(archive, DATA_CSV, day) as file:
            out, writer = csv.writer(file, lineterminator="\n"), CellWriter(OPEN_FIELDS)
            out.writerow(_NAMES)
            for row in rows:
                values = values_of(row, OPEN_FIELDS)
                out.writerow(writer.cells(values))
                json_lines.write(_json_line(values))
                count += 1
        json_lines.seek(0)
        with archive.open(_info(DATA_JSON, day), "w", force_zip64=True) as stored:
            shutil.copyfileobj(json_lines, stored, 1 << 20)
        for name, table in ((DICTIONARY, dictionary()), (CODES, codes(lexicon))):
            with _entry(archive, name, day) as file:
                csv.writer(file, lineterminator="\n").writerows(table)
        said = {
            "day": day.isoformat(),
            "site": settings.PUBLIC_ADDRESS,
            "rows": count,
            "licence": f"{LICENCE}, {LICENCE_ADDRESS}",
            "address": LICENCE_ADDRESS,
            "demo": ", all invented for demonstration" if is_demo else "",
        }
        for name, text in (("LICENCE.txt", _LICENCE_TEXT), ("README.txt", _README)):
            archive.writestr(_info(name, day), text.format(**said))
    return count


def _json_line(values: list[Any]) -> bytes:
    """Return one line; what is not known is left out, which halves the file."""
    known = {
        name: value
        for name, value in zip(_NAMES, values, strict=True)
        if value is not None and value != []
    }
    if "certificates" in known:
        known["certificates"] = certificates(known["certificates"])
    if "verifications" in known:
        known["verifications"] = verifications(known["verifications"])
    return _encode(known).encode() + b"\n"


def dictionary() -> Iterator[list[str]]:
    """Return the data dictionary as a table, both languages beside each other."""
    yield ["field", "type", "unit", "codes", "label_en", "meaning_en", "label_id", "meaning_id"]
    for field in OPEN_FIELDS:
        unit = _in("en", field.unit)
        words = [_in(code, text) for code in ("en", "id") for text in (field.label, field.meaning)]
        yield [field.name, field.kind.value, unit, code_list(field), *words]


def code_list(field: OpenField) -> str:
    """Return the name of the list that a field's codes come from."""
    return field.vocabulary or (field.name if field.choices else "")


def codes(lexicon: Lexicon) -> Iterator[list[str]]:
    """Return what every code means, as a table."""
    yield ["codes", "code", "parent", "name_en", "name_id"]
    for field in OPEN_FIELDS:
        if field.choices:
            for code, label in field.choices.choices:
                yield [field.name, str(code), "", _in("en", label), _in("id", label)]
    for vocabulary in dict.fromkeys(field.vocabulary for field in OPEN_FIELDS if field.vocabulary):
        for word in lexicon.words:
            if word.vocabulary == vocabulary:
                yield [vocabulary, word.code, word.parent, word.name_en, word.name_id]


def _in(language: str, text: Promise | str) -> str:
    with translation.override(language):
        return str(text)


def _info(name: str, day: date) -> ZipInfo:
    """Return an entry whose bytes depend on its content and the day alone."""
    info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


@contextmanager
def _entry(archive: ZipFile, name: str, day: date) -> Iterator[IO[str]]:
    """Open an entry for text; force_zip64, because its size is not known before."""
    with (
        archive.open(_info(name, day), "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
    ):
        yield text


@contextmanager
def _lines() -> Iterator[IO[bytes]]:
    """Hold what becomes the next entry: an archive takes one entry at a time."""
    with TemporaryFile() as file:
        yield file
