"""Lists and rows to test with, written as reading and comparing leave them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from ifn.directory.actions import source_named
from ifn.directory.models import Business
from ifn.directory.profile import Profile
from ifn.directory.serial import to_json
from ifn.intake.models import List, Row
from tests.factories.directory import MOJOKERTO

RECEIVED_AT = datetime(2026, 6, 2, 8, tzinfo=UTC)
HEADER = ("Nama Perusahaan", "Alamat", "Kota", "Jenis")
MAPPING = {
    "header_row": 1,
    "header": list(HEADER),
    "fields": {"name": 0, "address": 1, "city": 2},
    "types": [3],
    "only": {},
}


def received(state: str = List.State.REVIEW, *, source: str = "Asosiasi", **options: Any) -> List:
    """Return a list whose header is its first row."""
    given: dict[str, Any] = {
        "file_name": "anggota.xlsx",
        "sha256": "0" * 64,
        "source": source_named("list", source),
        "stated_on": date(2026, 5, 1),
        "received_at": RECEIVED_AT,
        "linked_at": RECEIVED_AT,
        "mapping": MAPPING,
        "sheets": [["Daftar", 4]],
        "sheet": "Daftar",
        "state": state,
    }
    made = List.objects.create(**given | options)
    Row.objects.create(list=made, position=1, raw=list(HEADER), state=Row.State.ABOVE)
    return made


def row(
    of: List,
    name: str = "Sol Jaya",
    state: str = Row.State.NEW,
    *,
    raw: Sequence[str] | None = None,
    facts: Profile | None = None,
    **options: Any,
) -> Row:
    """Return the next row of a list; new ones are to be created by rule."""
    last = Row.objects.filter(list=of).order_by("-position").first()
    given: dict[str, Any] = {
        "position": last.position + 1 if last else 1,
        "raw": list(raw or (name, "Jl. Melati 45", "Kab. Mojokerto", "Outsole")),
        "state": state,
        "name": name,
        "region_id": MOJOKERTO,
        "decision": Row.Decision.CREATE if state == Row.State.NEW else "",
    }
    said = facts or Profile(name=name, region=MOJOKERTO, address="Jl. Melati 45")
    if state != Row.State.ERROR:
        given["facts"] = to_json(said)
    return Row.objects.create(list=of, **given | options)


def maybe(of: List, other: Business, name: str = "Sol Jaya Abadi", **options: Any) -> Row:
    """Return a row that may be a profile, with what speaks for and against it."""
    evidence = [["name", 0.93, 3.1], ["same_phone", 1.0, 4.2], ["other_house", 1.0, -1.4]]
    candidate = {"business": other.pk, "probability": 0.87, "evidence": evidence}
    given: dict[str, Any] = {
        "candidates": [candidate],
        "probability": 0.87,
        "reason": "maybe_profile",
    }
    return row(of, name, Row.State.MAYBE, **given | options)


def error(of: List, reason: str = "place_unknown", **options: Any) -> Row:
    """Return a row that cannot be applied."""
    given: dict[str, Any] = {
        "reason": reason,
        "column": "city",
        "details": {"place": "Kota Antah"},
        "region_id": None,
    }
    return row(of, "CV Tanpa Tempat", Row.State.ERROR, **given | options)
