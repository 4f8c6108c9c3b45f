"""Load the regions that ship with the platform."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ifn.audit.actions import record
from ifn.regions.editions import renew
from ifn.regions.models import Region
from ifn.regions.shipped import Loaded, merge

SHIPPED = Path(__file__).parent / "data" / "regions.csv"
FIELDS = ["name", "kind", "province_id", "latitude", "longitude"]


@transaction.atomic
def load_shipped(*, at: datetime, path: Path = SHIPPED) -> Loaded:
    """Bring the regions up to date with the shipped file; what was edited here stays.

    A second load of the same file writes nothing. A region gone from the file stays, because
    profiles point at it.
    """
    known = {region.code: region for region in Region.objects.all()}
    created, updated, kept = [], [], 0
    for code, values in _rows(path):
        region = known.get(code)
        if region is None:
            created.append(Region(code=code, **values, shipped=values))
            continue
        merged = merge({name: getattr(region, name) for name in FIELDS}, region.shipped, values)
        kept += len(merged.kept)
        if region.shipped != values:
            for name, value in merged.values.items():
                setattr(region, name, value)
            region.shipped = values
            updated.append(region)
    loaded = Loaded(created=len(created), updated=len(updated), kept_edits=kept)
    if loaded.wrote:
        Region.objects.bulk_create(created)
        Region.objects.bulk_update(updated, [*FIELDS, "shipped"])
        edition = renew("regions", at=at)
        record(
            "regions.reference.loaded",
            edition,
            actor=None,
            at=at,
            created=loaded.created,
            updated=loaded.updated,
            kept_edits=loaded.kept_edits,
        )
    return loaded


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    # Provinces come before what lies in them: the database checks each row on PostgreSQL.
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["code"])
    for row in rows:
        yield (
            row["code"],
            {
                "name": row["name"],
                "kind": row["type"],
                "province_id": row["parent_code"] or None,
                "latitude": float(row["lat"]),
                "longitude": float(row["lon"]),
            },
        )
