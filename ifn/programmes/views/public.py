"""What everybody sees: coming batches, one batch, and whether a certificate holds."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.accounts.models import User
from ifn.directory import numbers
from ifn.programmes.actions.registering import is_open
from ifn.programmes.choosing.wording import rule_of
from ifn.programmes.models import Batch, Certificate
from ifn.programmes.models.certificates import PREFIX
from ifn.programmes.queries.attending import sessions_of
from ifn.programmes.queries.batches import coming, partners_of, past, seats_taken
from ifn.programmes.queries.participants import own_in
from ifn.programmes.views.reaching import TONES
from ifn.programmes.views.writing import conditions_of, days_of, place_of, where_of

PAGE = 20


@access.everyone
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """List what is open or coming, and what was."""
    today = localdate()
    page = Paginator(past(today), PAGE).get_page(request.GET.get("hal"))
    context = {
        "coming": [_line(one) for one in coming(today)],
        "past": [_line(one) for one in page],
        "page": page,
    }
    return render(request, "programmes/list.html", context)


def _line(one: Batch) -> dict[str, object]:
    return {
        "one": one,
        "tone": TONES[one.state],
        "days": days_of(one.starts_on, one.ends_on),
        "place": place_of(one),
    }


@access.everyone
@require_safe
def batch_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a batch: what, for whom, where, when, how seats are given, and the way in."""
    batch = Batch.objects.select_related("region").filter(code=code).first()
    if batch is None or not batch.is_shown:
        raise Http404
    user = request.user
    context = {
        "batch": batch,
        "tone": TONES[batch.state],
        "days": days_of(batch.starts_on, batch.ends_on),
        "place": place_of(batch),
        "facts": where_of(batch),
        "conditions": conditions_of(batch),
        "rule": rule_of(batch.rule) if batch.admits == Batch.Admits.CHOSEN else [],
        "sessions": sessions_of(batch),
        "partners": partners_of(batch),
        "is_open": is_open(batch, "self", localdate()),
        "free": max(0, batch.quota - seats_taken(batch)),
        "own": own_in(batch, user) if isinstance(user, User) else [],
    }
    return render(request, "programmes/batch.html", context)


@access.everyone
@require_safe
def check_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate of this code was given, to whom, and whether it still holds."""
    try:
        number = numbers.read(code, prefix=PREFIX)
    except (numbers.NotANumber, numbers.WrongCheck):
        number = ""
    rows = Certificate.objects.select_related("registration__batch__region")
    one = rows.filter(code=number).first() if number else None
    context: dict[str, object] = {"certificate": one, "code": code}
    if one:
        batch = one.registration.batch
        context |= {"days": days_of(batch.starts_on, batch.ends_on), "place": place_of(batch)}
    return render(request, "programmes/check.html", context, status=200 if one else 404)
