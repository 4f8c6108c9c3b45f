"""Files that pages hand out: tables to be kept, and evidence that only some may see."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.core.files import File
from django.http import FileResponse, HttpResponse

from ifn.directory import evidence
from ifn.directory.spreadsheets import KINDS, Value, text_lines, workbook

#: Most profiles of one file; whoever wants all takes the nightly dump.
MOST_ROWS: Final = 10_000


def as_file(
    kind: str, name: str, heading: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """Return a table as a file of that kind to be kept under a name."""
    if kind == "xlsx":
        with workbook(heading, rows, title="IFN") as file:
            body = file.read()
    else:
        body = "".join(text_lines(heading, rows)).encode()
    response = HttpResponse(body, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def private_file(stored: File[bytes], name: str, *, in_page: bool = False) -> FileResponse:
    """Return evidence under a name without its ending, with which nothing in it can be run.

    A PDF may hold scripts, so it is always a file to be kept; ``in_page`` shows a picture, which
    was encoded anew here.
    """
    kind = (stored.name or "").rpartition(".")[2]
    response = FileResponse(
        stored,
        as_attachment=kind == "pdf" or not in_page,
        filename=f"{name}.{kind}",
        content_type=evidence.KINDS[kind],
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
