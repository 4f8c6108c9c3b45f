"""Where the dump lies: the newest one, seen only once it is whole.

A dump is a file and a note beside it that says how many rows and bytes it has and its SHA-256. The
note is written last, so a file that was left half-written has none and is never shown; it is
removed some hours later. This asks nothing of a storage but to keep what it is given.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.utils.timezone import localtime

from ifn.directory.opendata.archive import write_archive
from ifn.directory.opendata.rows import OpenRow, all_open_rows, has_real_profiles
from ifn.vocabulary.queries import lexicon

FOLDER: Final = "dumps"
#: What somebody hides shall not lie on in files of earlier nights.
KEPT: Final = 1
#: A file without a note is younger than this while somebody still writes it.
UNFINISHED: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Dump:
    """One dump that is whole; ``made_at`` is ISO 8601 with its zone."""

    name: str
    made_at: str
    rows: int
    size: int
    sha256: str
    is_demo: bool

    @property
    def made(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.made_at)


def dumps(storage: Storage = default_storage) -> list[Dump]:
    """Return the dumps that are whole, the newest first."""
    found = [dump for note in _notes(storage) if (dump := _read(storage, note))]
    return sorted(found, key=lambda dump: (dump.made_at, dump.name), reverse=True)


def make_dump(*, at: datetime, storage: Storage = default_storage) -> Dump:
    """Write the whole public directory as of now, put it on the shelf, and make room there.

    Demo profiles are left out, unless there is nothing else to show how the files look.
    """
    is_demo = not has_real_profiles()
    here = localtime(at)
    with TemporaryFile() as file:
        count = write_archive(
            file, _rows(is_demo=is_demo), day=here.date(), is_demo=is_demo, lexicon=lexicon()
        )
        size = file.tell()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        wanted = f"{FOLDER}/ifn-direktori-{here:%Y-%m-%d-%H%M%S}.zip"
        name = storage.save(wanted, File(file)).rpartition("/")[2]
    dump = Dump(name, here.isoformat(timespec="seconds"), count, size, digest, is_demo)
    storage.save(_note_of(name), ContentFile(json.dumps(asdict(dump)).encode()))
    _make_room(storage, at)
    return dump


def _rows(*, is_demo: bool) -> Iterator[OpenRow]:
    return (row for row in all_open_rows() if is_demo or not row.columns["is_demo"])


def _note_of(name: str) -> str:
    return f"{FOLDER}/{name}.json"


def _notes(storage: Storage) -> list[str]:
    return [name for name in _files(storage) if name.endswith(".zip.json")]


def _files(storage: Storage) -> list[str]:
    try:
        return storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def _read(storage: Storage, note: str) -> Dump | None:
    """Return what a note says; nothing when it is half-written or gone meanwhile."""
    try:
        with storage.open(f"{FOLDER}/{note}") as file:
            dump = Dump(**json.loads(file.read()))
    except (OSError, ValueError, TypeError):
        return None
    return dump if storage.exists(f"{FOLDER}/{dump.name}") else None


def _make_room(storage: Storage, at: datetime) -> None:
    """Remove what is older than the newest few, and what nobody finished; notes go first."""
    for old in dumps(storage)[KEPT:]:
        _remove(storage, _note_of(old.name))
        _remove(storage, f"{FOLDER}/{old.name}")
    whole = {dump.name for dump in dumps(storage)}
    for name in _files(storage):
        if name.removesuffix(".json") not in whole and not _is_young(storage, name, at):
            _remove(storage, f"{FOLDER}/{name}")


def _remove(storage: Storage, path: str) -> None:
    with suppress(FileNotFoundError):
        storage.delete(path)


def _is_young(storage: Storage, name: str, at: datetime) -> bool:
    try:
        return at - storage.get_modified_time(f"{FOLDER}/{name}") < UNFINISHED
    except FileNotFoundError:
        return True
