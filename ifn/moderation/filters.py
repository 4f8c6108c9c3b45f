"""The filter of the work list: read from an address, and written into one."""

from collections.abc import Mapping
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode

from ifn.moderation.work import Wanted
from ifn.regions.queries import Regions

#: How the kinds of work and whose it is are called in addresses.
KIND_WORDS: Final = {
    "klaim": "claim",
    "laporan": "report",
    "profil-baru": "profile",
    "baris": "row",
    "daftar": "list",
    "kembar": "twins",
    "masa-berlaku": "expiring",
    "peluang": "opportunity",
    "penilaian": "assessment",
    "tanpa-cocok": "unmatched",
    "tanpa-jawaban": "unanswered",
    "tanpa-hasil": "outcome",
    "ditahan": "held",
    "pengaduan": "complaint",
    "nomor": "number",
    "pendaftaran": "registration",
    "aksi": "action",
    "janji": "promise",
    "telepon": "call",
    "angkatan": "batch",
    "ajakan": "partners",
}
WHOSE_WORDS: Final = {"saya": "mine", "kosong": "nobody"}


def read(given: QueryDict | Mapping[str, str], regions: Regions) -> Wanted:
    """Return what an address asks for; what it cannot mean it does not ask for."""
    kinds = given.getlist("jenis") if isinstance(given, QueryDict) else [given.get("jenis", "")]
    region = given.get("wilayah", "")
    return Wanted(
        kinds=frozenset(KIND_WORDS[word] for word in kinds if word in KIND_WORDS),
        region=region if regions.get(region) else "",
        whose=WHOSE_WORDS.get(given.get("siapa", ""), ""),
        is_overdue=given.get("lewat", "") == "1",
    )


def pairs(wanted: Wanted) -> list[tuple[str, str]]:
    """Return a filter as parameters, always in the same order."""
    found = [("jenis", word) for word, kind in KIND_WORDS.items() if kind in wanted.kinds]
    found += [("wilayah", wanted.region)] if wanted.region else []
    found += [("siapa", word) for word, whose in WHOSE_WORDS.items() if whose == wanted.whose]
    return found + ([("lewat", "1")] if wanted.is_overdue else [])


def query(wanted: Wanted) -> str:
    """Return the part of an address behind the question mark."""
    return urlencode(pairs(wanted))


def read_text(text: str, regions: Regions) -> Wanted:
    """Return what a filter asks for that was kept or sent as text."""
    return read(QueryDict(text[:300]), regions)
