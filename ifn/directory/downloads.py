"""Tables of pages as files to be kept."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse

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
