"""Files to take away: the list as it came, its rows with what became of them, and the template."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import IO, Final

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.spreadsheets import KINDS, text_lines, workbook
from ifn.intake import templating
from ifn.intake.finding import RowFilter, rows_of
from ifn.intake.models import List, Row, private_files
from ifn.intake.views.choosing import header_in
from ifn.intake.views.desk import Desk, for_desk
from ifn.intake.views.rowlines import said_decision
from ifn.intake.wording import explained, state_of
from ifn.regions.queries import all_regions

BATCH: Final = 1_000
CSV, XLSX = "csv", "xlsx"


@access.members
@never_cache
@require_safe
@for_desk
def template(request: SignedInRequest, desk: Desk, kind: str) -> HttpResponseBase:  # noqa: ARG001
    """Hand out a list to be filled in, with an example and what each column is for."""
    name = _("list-template")
    if kind == CSV:
        return _text(templating.as_text(), name)
    if kind != XLSX:
        raise Http404
    return _workbook(templating.as_workbook(), name)


@access.members
@never_cache
@require_safe
@for_desk
def original(request: SignedInRequest, desk: Desk, pk: int) -> HttpResponseBase:  # noqa: ARG001
    """Hand the file out as it came; never shown inside a page of ours."""
    received = desk.opened(pk)
    store = private_files()
    if not received.file or not store.exists(received.file):
        raise Http404
    response = FileResponse(
        store.open(received.file),
        content_type="application/octet-stream",
        as_attachment=True,
        filename=received.file_name,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access.members
@never_cache
@require_safe
@for_desk
def bad_rows(request: SignedInRequest, desk: Desk, pk: int, kind: str) -> HttpResponseBase:  # noqa: ARG001
    """Hand out only the rows with errors, in the list's own columns, each with its reason last."""
    received = desk.opened(pk)
    if kind not in KINDS:
        raise Http404
    header = _header(received)
    rows = (
        [*_cells(row, len(header)), explained(row)]
        for row in _rows(received, RowFilter(state=Row.State.ERROR))
    )
    # Named so that the file can be mended and uploaded again without being taken for its own.
    return _table([*header, _("IFN: reason")], rows, kind, received, _("errors"))


@access.members
@never_cache
@require_safe
@for_desk
def all_rows(request: SignedInRequest, desk: Desk, pk: int, kind: str) -> HttpResponseBase:  # noqa: ARG001
    """Hand out every row with what became of it."""
    received = desk.opened(pk)
    if kind not in KINDS:
        raise Http404
    header, regions = _header(received), all_regions()
    rows = (
        [
            *_cells(row, len(header)),
            state_of(row),
            said_decision(row),
            row.business.public_number if row.business else "",
            regions.full_name(row.region_id),
            explained(row),
        ]
        for row in _rows(received, RowFilter())
    )
    added = [
        _("IFN: state"),
        _("IFN: decision"),
        _("IFN: number"),
        _("IFN: region"),
        _("IFN: reason"),
    ]
    return _table([*header, *added], rows, kind, received, _("rows"))


def _rows(received: List, wanted: RowFilter) -> Iterator[Row]:
    found = rows_of(received, wanted).select_related("business")
    return found.iterator(chunk_size=BATCH)


def _header(received: List) -> list[str]:
    """Return the list's own headings; columns without one are called by their place."""
    header = header_in(received)
    return [title or f"({place})" for place, title in enumerate(header, start=1)]


def _cells(row: Row, width: int) -> list[str]:
    return [*map(str, row.raw), *[""] * width][:width]


def _table(
    header: Sequence[str], rows: Iterator[list[str]], kind: str, received: List, what: str
) -> HttpResponseBase:
    name = f"{PurePath(received.file_name).stem}-{what}"
    if kind == CSV:
        return _text(text_lines(header, rows), name)
    return _workbook(workbook(header, rows, title="IFN"), name)


def _text(pieces: Iterator[str], name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(pieces, content_type=KINDS[CSV])
    return _to_keep(response, f"{name}.csv")


def _workbook(file: IO[bytes], name: str) -> HttpResponseBase:
    return _to_keep(FileResponse(file, content_type=KINDS[XLSX]), f"{name}.xlsx")


def _to_keep(response: HttpResponseBase, name: str) -> HttpResponseBase:
    safe = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_.") else "_" for one in name
    )
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["X-Robots-Tag"] = "noindex"
    return response
