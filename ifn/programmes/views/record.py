"""A participant's own record as a file, signed in or by link."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.programmes.models import Registration
from ifn.programmes.printing.sheets import workbook
from ifn.programmes.reporting.own import record_tables
from ifn.programmes.views.reaching import by_link, opened_by_link, own_registration
from ifn.programmes.views.reporting import as_workbook


@access.members
@never_cache
@require_safe
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand out a participant's own record to who is signed in."""
    one, _role = own_registration(request.user, pk)
    return _record(request, one)


@access.everyone
@opened_by_link
@never_cache
@require_safe
def record_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out a participant's own record to who has the link."""
    return _record(request, by_link(token))


def _record(request: HttpRequest, one: Registration) -> HttpResponse:
    """Return the record as a workbook, or as JSON where that is asked for."""
    if one.seat is None or not one.batch.is_announced:
        raise Http404
    tables, name = record_tables(one, at=now()), f"pendampingan-{one.batch.code}"
    if request.GET.get("jenis") != "json":
        return as_workbook(workbook(tables), name)
    content = {
        table.key: [dict(zip(table.head, row, strict=True)) for row in table.rows]
        for table in tables
    }
    response = HttpResponse(
        json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
