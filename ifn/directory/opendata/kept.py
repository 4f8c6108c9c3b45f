"""What programs get of each listed profile in lists, kept ready to be sent.

Written in the transaction of whoever changes a profile, so that a page of the API is read and not
made. It is made by the readers and writers of all open data and can say nothing else than they do.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate

from ifn.directory.copying import copy_rows
from ifn.directory.models import Business, OpenProfile
from ifn.directory.opendata.field import page_path
from ifn.directory.opendata.fields import LISTED_FIELDS
from ifn.directory.opendata.rows import OpenRow, any_of, open_rows
from ifn.directory.opendata.writing import JsonWriter

#: Stands for the platform's own address, which may change, until a text is sent. JSON writes it and
#: any quotation mark within a text with a backslash: so this begins the page and nothing else.
_HERE: Final = "\x1f"
_KEPT, _SENT = '"page":"\\u001f/', '"page":"{}/'
#: Returns a profile as it is kept.
as_kept: Final = JsonWriter(
    [
        replace(one, read=lambda row: _HERE + page_path(row)) if one.name == "page" else one
        for one in LISTED_FIELDS
    ]
).text


def keep(pks: Sequence[int]) -> None:
    """Keep what these profiles now are; one that is not listed is kept no longer."""
    drop(pks)
    copy_rows(
        OpenProfile,
        ("business", "content", "holds_until"),
        [(row.columns["id"], as_kept(row), _holds_until(row)) for row in open_rows(pks)],
    )


def keep_anew(today: date, most: int) -> int:
    """Keep anew what a day has changed, so many profiles at most; return how many there were."""
    found = OpenProfile.objects.filter(holds_until__lt=today).order_by("pk")[:most]
    pks = list(found.values_list("pk", flat=True))
    # Locked, so that nobody's change is overwritten with what was read before it.
    list(Business.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    keep(pks)
    return len(pks)


def _holds_until(row: OpenRow) -> date | None:
    """Return the first day that ends something of what is kept."""
    ends = [one.expires_on for one in row.verifications]
    return date.fromisoformat(min(ends)) if ends else None


def drop(pks: Sequence[int]) -> None:
    """Keep these profiles no longer."""
    OpenProfile.objects.filter(business__in=pks).delete()


def written(pks: Sequence[int]) -> list[str]:
    """Return the listed ones of these profiles in this order, each as a JSON object.

    One that is not kept yet, as after an update of the platform, or that a day has changed, is
    made now.
    """
    if not pks:
        return []
    which, parameters = any_of(pks)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT business_id, content FROM directory_openprofile WHERE business_id {which}"  # noqa: S608  # marks only
            " AND (holds_until IS NULL OR holds_until >= %s)",
            [*parameters, localdate()],
        )
        found: dict[int, str] = dict(cursor.fetchall())
    if missing := [pk for pk in pks if pk not in found]:
        found |= {row.columns["id"]: as_kept(row) for row in open_rows(missing)}
    sent = _SENT.format(settings.PUBLIC_ADDRESS)
    return [found[pk].replace(_KEPT, sent, 1) for pk in pks if pk in found]
