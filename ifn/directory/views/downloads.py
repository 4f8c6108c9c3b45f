"""What a search found, as a file."""

from collections.abc import Iterator

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.directory.downloads import MOST_ROWS
from ifn.directory.opendata.fields import LISTED_FIELDS
from ifn.directory.opendata.rows import BATCH, open_rows
from ifn.directory.opendata.writing import PeopleWriter
from ifn.directory.quantities import grouped
from ifn.directory.search import read_filters
from ifn.directory.search.finding import found_keys
from ifn.directory.spreadsheets import KINDS, Value, text_lines, workbook
from ifn.quotas.counting import take
from ifn.quotas.places import place_of
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

WIDE = {"name", "summary_id", "summary_en", "page", "region_name"}
#: Files one place may take in a minute.
FILES_A_MINUTE = 10


@access.everyone
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    if refused := too_many(request):
        return refused
    words, regions = lexicon(), all_regions()
    filters, _notes = read_filters(request.GET, words, regions)
    total, keys = found_keys(filters, regions, localdate(), most=MOST_ROWS)
    writer = PeopleWriter(LISTED_FIELDS, words)
    note = _cut_short(total) if total > len(keys) else ""
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(
            text_lines(writer.headings, _rows(keys, writer), note=note), content_type=KINDS["csv"]
        )
    else:
        file = workbook(
            writer.headings,
            _rows(keys, writer),
            title=_("Directory"),
            note=note,
            wide={place for place, field in enumerate(LISTED_FIELDS) if field.name in WIDE},
            fixed=2,
        )
        response = FileResponse(file, content_type=KINDS["xlsx"])
    name = f"ifn-direktori-{localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-cache"
    return response


def _rows(keys: tuple[int, ...], writer: PeopleWriter) -> Iterator[list[Value]]:
    for start in range(0, len(keys), BATCH):
        yield from map(writer.values, open_rows(keys[start : start + BATCH]))


def _cut_short(total: int) -> str:
    return _(
        "Only the first %(most)s of %(total)s profiles are in this file. The whole directory is at"
        " %(address)s."
    ) % {
        "most": grouped(MOST_ROWS),
        "total": grouped(total),
        "address": f"{settings.PUBLIC_ADDRESS}{reverse('api:data')}",
    }


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Return the refusal for who has taken too many files in this minute, else nothing."""
    allowance = take("download", place_of(request), limit=FILES_A_MINUTE, at=now())
    if allowance.is_allowed:
        return None
    context = {"seconds": allowance.seconds}
    response = render(request, "directory/too_many.html", context, status=429)
    response["Retry-After"] = str(allowance.seconds)
    return response
