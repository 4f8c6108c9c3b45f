"""The report of a batch: its pictures are chosen, its PDF is made in the background."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import handing
from ifn.directory.handing import Handed, kept, private_files
from ifn.programmes.actions.locking import lock
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import Batch, ReportMaking, ReportPicture
from ifn.programmes.planning import states
from ifn.programmes.printing.report import pdf
from ifn.programmes.queries.reporting import (
    Material,
    chosen_pictures,
    material_of,
    offered_pictures,
)
from ifn.programmes.reporting import report_of
from ifn.programmes.reporting.around import public_name

#: A report has at most so many pairs of pictures.
MOST_PAIRS: Final = 8
#: Steps of the making: it is begun, the pages are set and kept.
STEPS: Final = 2
#: What is not finished after so long never will be, and stands in nobody's way.
STALE: Final = timedelta(hours=1)
#: So long a file is kept; it is made anew in seconds.
KEPT: Final = timedelta(days=30)
#: States in which there is something to report.
REPORTS: Final = frozenset({states.CONFIRMED, states.RUNNING, states.COMPLETED})


class NothingToReport(Exception):  # noqa: N818
    """The participants are not confirmed yet, or the batch is stopped."""


class NotOffered(Exception):  # noqa: N818
    """The picture is not one of this batch or its participants."""


class TooMany(Exception):  # noqa: N818
    """There are as many pairs as there may be."""


@transaction.atomic
def ask_for_report(
    batch: Batch, wave: Wave, language: str, *, actor: User, at: datetime
) -> tuple[ReportMaking, bool]:
    """Let the PDF be made, and say whether that is news; while one is being made, that is meant.

    Raises:
        NothingToReport: The participants are not confirmed yet, or the batch is stopped.

    """
    batch = lock(batch)
    if batch.state not in REPORTS:
        raise NothingToReport
    waiting = ReportMaking.objects.filter(batch=batch, finished_at=None).first()
    if waiting and waiting.asked_at > at - STALE:
        return waiting, False
    if waiting:
        _close(waiting, "", at=at)
    one = ReportMaking.objects.create(
        batch=batch, wave=wave, language=language, asked_by=actor, asked_at=at, total=STEPS
    )
    record("programmes.report.asked", batch, actor=actor, at=at, wave=str(wave), language=language)
    return one, True


def begin_report(pk: int) -> bool:
    """Note that the making has begun; say whether there is anything to make."""
    rows = ReportMaking.objects.filter(pk=pk, finished_at=None)
    return bool(rows.update(done=1))


def finish_report(pk: int, *, at: datetime) -> bool:
    """Make the file, and say whether that is news; made twice, one file is kept."""
    one = ReportMaking.objects.select_related("batch__region", "asked_by").filter(pk=pk).first()
    if one is None or one.finished_at:
        return False
    if one.asked_by is None:
        return _close(one, "", at=at)
    content = content_of(one.batch, one.asked_by, Wave(one.wave), one.language, at=at)
    with kept(Handed(content, "pdf", ""), "reports") as file, transaction.atomic():
        if not _close(one, file, at=at):
            raise IntegrityError("another worker was quicker")
        record("programmes.report.made", one.batch, actor=one.asked_by, at=at, bytes=len(content))
    return True


def _close(one: ReportMaking, file: str, *, at: datetime) -> bool:
    rows = ReportMaking.objects.filter(pk=one.pk, finished_at=None)
    return bool(rows.update(done=one.total, finished_at=at, file=file))


def content_of(batch: Batch, user: User, wave: Wave, language: str, *, at: datetime) -> bytes:
    """Return the PDF as this person may read it."""
    with translation.override(language):
        material = material_of(batch, user, at=at, wave=wave)
        report = report_of(material)
    return pdf(report, _pictures(material), language)


def _pictures(material: Material) -> dict[int, tuple[str, bytes]]:
    """Return the chosen pictures; one whose file is gone is left out."""
    found = {}
    for one in material.pictures:
        is_public = one.picture is not None
        private = one.session_file or one.photo
        name = public_name(one) if is_public else private.file if private else ""
        store = default_storage if is_public else private_files()
        try:
            with store.open(name) as file:
                found[one.pk] = (name.rpartition(".")[2], file.read())
        except FileNotFoundError:
            continue
    return found


@transaction.atomic
def choose_pair(
    batch: Batch,
    sides: Mapping[str, tuple[str, int]],
    captions: Mapping[str, str],
    *,
    actor: User,
    at: datetime,
) -> int:
    """Add a pair of pictures to the report, by kind and key for each side; return its place.

    Raises:
        NotOffered: One of them is not of this batch or its participants.
        TooMany: There are eight pairs already.

    """
    batch = lock(batch)
    taken = {one.place for one in chosen_pictures(batch)}
    place = next((n for n in range(1, MOST_PAIRS + 1) if n not in taken), None)
    if place is None:
        raise TooMany
    offered = offered_pictures(batch)
    known: dict[str, Sequence[int]] = {
        "session_file": [one.pk for one in offered.files],
        "photo": [one.pk for one in offered.photos],
        "picture": [one.pk for one in offered.pictures],
    }
    for side in ReportPicture.Side:
        kind, key = sides[side]
        if key not in known.get(kind, []):
            raise NotOffered
        ReportPicture.objects.create(
            batch=batch, place=place, side=side, caption=captions[side], **{f"{kind}_id": key}
        )
    record("programmes.report.pictures_chosen", batch, actor=actor, at=at, place=place)
    return place


@transaction.atomic
def drop_pair(batch: Batch, place: int, *, actor: User, at: datetime) -> None:
    """Take a pair of pictures out of the report; the pictures stay where they are."""
    gone, _kinds = ReportPicture.objects.filter(batch=batch, place=place).delete()
    if gone:
        record("programmes.report.pictures_dropped", batch, actor=actor, at=at, place=place)


@transaction.atomic
def forget_reports(*, at: datetime, most: int = 50) -> int:
    """Remove the next files that were made a month ago; return how many."""
    old = ReportMaking.objects.filter(finished_at__lt=at - KEPT).exclude(file="")
    return remove_files_of(list(old.order_by("pk")[:most]))


def remove_reports(batches: Sequence[int]) -> int:
    """Remove the files of these batches, because somebody in them is erased; return how many."""
    rows = ReportMaking.objects.filter(batch__in=batches).exclude(file="")
    return remove_files_of(list(rows.order_by("pk")))


def remove_files_of(found: Sequence[ReportMaking]) -> int:
    """Remove the files of makings once the transaction has committed."""
    handing.remove_files([one.file for one in found])
    return ReportMaking.objects.filter(pk__in=[one.pk for one in found]).update(file="")
