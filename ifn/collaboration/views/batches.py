"""Batches of a project: what was made, who gets some by which rule, who has it in hand."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration import codes
from ifn.collaboration.actions import batching
from ifn.collaboration.actions.telling import tell_allocated
from ifn.collaboration.codes import Kind, spoken
from ifn.collaboration.forms.batches import BatchForm, MadeForm, RegionForm, ShareForm
from ifn.collaboration.models import BatchSize, BatchTally, ProductionBatch, Project
from ifn.collaboration.queries.batches import (
    Recipient,
    allocation_of,
    batches_of,
    feedback_of,
    firms_in,
    makers_of,
    number_of_recipients,
    partner_firms,
    recipients_of,
    reorders_of,
    sizes_of,
    unsigned_of,
)
from ifn.collaboration.recipientrows import RecipientRows, rules, stock_rows
from ifn.collaboration.sharing import Rule
from ifn.collaboration.sharingwords import reason_of
from ifn.collaboration.sizing import shown, written
from ifn.collaboration.views.reaching import batch_in, frame, led_project, seen_project
from ifn.directory.models import Business
from ifn.directory.queries import firms_named
from ifn.regions.queries import all_regions
from ifn.ui import fragments

#: Recipients on one page of the list; firms taken from a region at once.
PAGE: Final = 15
#: Digits of a number of pairs that can be right.
_DIGITS: Final = 7
MOST_OF_REGION: Final = 300


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: SignedInRequest, code: str) -> HttpResponse:
    """List the batches of a project, and let who leads it enter one."""
    project, own = seen_project(request.user, code)
    leads = own.leads
    is_sent = request.method == "POST" and leads
    form = BatchForm(request.POST if is_sent else None, makers_of(project), localdate())
    if is_sent and form.is_valid() and (made := _begun(request, project, form)):
        return redirect("collaboration:batch", project.code, made.code)
    rows = [
        {"one": one, "code": spoken(Kind.BATCH, one.code), "tally": getattr(one, "tally", None)}
        for one in batches_of(project)
    ]
    context = {**frame(project, "batches", leads=leads), "rows": rows, "form": form}
    return render(request, "collaboration/batches.html", context)


def _begun(request: SignedInRequest, project: Project, form: BatchForm) -> ProductionBatch | None:
    given = form.cleaned_data
    try:
        return batching.begin_batch(
            project,
            given["what"],
            given["sizes"],
            made_on=given["made_on"],
            made_by=given["made_by"],
            key=form.given_key(),
            actor=request.user,
            at=now(),
        )
    except batching.NothingMade:
        form.add_error("sizes", _("Enter at least one pair of one size."))
    except batching.ProjectOver:
        form.add_error(None, _("This project was stopped, so nothing is made in it any more."))
    except batching.ForeignPartner:
        form.add_error("made_by", _("This partner does not take part any more."))
    return None


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Show a batch: stock by size, who gets what and why, and receipts."""
    project, own = seen_project(request.user, code)
    one = batch_in(project, batch)
    leads = own.leads
    if request.method == "POST" and leads:
        _shared(request, one, ShareForm(request.POST))
        return redirect("collaboration:batch", project.code, one.code)
    context = {**frame(project, "batches", leads=leads), **_shown(request, one, leads=leads)}
    return render(request, "collaboration/batch.html", context)


@access.members
@never_cache
@require_safe
def said_of(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Show what recipients say of a batch, and what they ordered more."""
    project, own = seen_project(request.user, code)
    one, leads = batch_in(project, batch), own.leads
    said, sayings = feedback_of(one)
    context = {
        **frame(project, "batches", leads=leads),
        "batch": one,
        "said": said,
        "sayings": sayings,
        "reorders": reorders_of(one) if leads else [],
    }
    return render(request, "collaboration/batch_feedback.html", context)


def _shown(request: HttpRequest, batch: ProductionBatch, *, leads: bool) -> dict[str, Any]:
    sizes = sizes_of(batch)
    total = number_of_recipients(batch)
    page = Paginator(range(total), PAGE).get_page(request.GET.get("hal"))
    shown_now = recipients_of(batch, page.start_index() - 1, page.end_index()) if total else []
    return {
        "batch": batch,
        "code": spoken(Kind.BATCH, batch.code),
        "is_open": batch.state != ProductionBatch.State.CLOSED,
        "sizes": stock_rows(sizes),
        "rules": rules(batch.rule),
        "written": written({one.size: one.made for one in sizes}),
        "page": page,
        "rows": _rows(batch, shown_now, sizes, leads=leads),
        "standing": {"listed": total, "signed": _signed(batch)},
        "parts": range(1, total // PRINTED + 2),
    }


def _signed(batch: ProductionBatch) -> int:
    tally: BatchTally | None = getattr(batch, "tally", None)
    return tally.receipts if tally else 0


#: Recipients of one printed list.
PRINTED: Final = 300


def _rows(
    batch: ProductionBatch, page: list[Recipient], sizes: list[BatchSize], *, leads: bool
) -> SafeString:
    is_open = batch.state != ProductionBatch.State.CLOSED
    rows = RecipientRows(batch.project.code, batch, leads=leads, is_open=is_open)
    known = {one.pk: shown(one.size) for one in sizes}
    return fragments.join(rows.row(one) for one in rows_of(page, known))


def rows_of(recipients: list[Recipient], sizes: dict[int, str]) -> list[dict[str, Any]]:
    """Return what a list shows of each recipient."""
    regions = all_regions()
    return [
        {
            "one": one,
            "place": regions.full_name(one.region),
            "code": spoken(Kind.HAND_OUT, one.code),
            "lines": [(sizes.get(size, ""), pairs) for size, pairs, _handed in one.lines],
            "pairs": sum(pairs for _size, pairs, _handed in one.lines),
            "handed": sum(handed for _size, _pairs, handed in one.lines),
            "why": one.reason or reason_of(one.basis),
        }
        for one in recipients
    ]


def _asked(request: HttpRequest) -> dict[int, int | None]:
    """Return how many pairs each asked for, as the list was sent; nonsense counts as nothing."""
    found: dict[int, int | None] = {}
    for name in request.POST:
        key, value = name.removeprefix("asked_"), request.POST.get(name, "")
        if name != key and key.isdecimal() and len(value) <= _DIGITS:
            found[int(key)] = int(value) if value.isdecimal() else None
    return found


def _shared(request: SignedInRequest, batch: ProductionBatch, form: ShareForm) -> None:
    if not form.is_valid():
        messages.error(request, _("Choose a rule."))
        return
    given = form.cleaned_data
    try:
        number = batching.share_out(
            batch,
            Rule(given["rule"]),
            asked=_asked(request),
            words=given["words"],
            actor=request.user,
            at=now(),
        )
    except batching.BatchClosed:
        messages.error(request, _("This batch is closed, so nothing of it is shared out."))
        return
    said = ngettext(
        "Shared out: %(n)d recipient gets some.", "Shared out: %(n)d recipients get some.", number
    )
    messages.success(request, said % {"n": number})


@access.members
@require_POST
def correct(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Correct how many were made."""
    project, _own = led_project(request.user, code)
    one, form = batch_in(project, batch), MadeForm(request.POST)
    if not form.is_valid():
        faults = [str(each) for several in form.errors.values() for each in several]
        messages.error(request, faults[0])
        return redirect("collaboration:batch", project.code, one.code)
    given = form.cleaned_data
    try:
        batching.correct_made(
            one, given["sizes"], version=given["version"], actor=request.user, at=now()
        )
    except batching.PromisedAlready:
        messages.error(request, _("Of a size more pairs are promised than that. Change it first."))
    except batching.ChangedMeanwhile:
        messages.error(request, _("Somebody else changed it meanwhile. Look at it again."))
    except (batching.NothingMade, batching.BatchClosed):
        messages.error(request, _("A batch has at least one pair, and a closed one stays."))
    else:
        messages.success(request, _("Corrected."))
    return redirect("collaboration:batch", project.code, one.code)


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Find firms by name or number, take those of a region or all partners, and put them down."""
    project, own = led_project(request.user, code)
    one = batch_in(project, batch)
    if request.method == "POST":
        firms = _chosen(request, project)
        if firms and _added(request, one, firms):
            return redirect("collaboration:batch", project.code, one.code)
        if not firms:
            messages.error(request, _("Choose at least one business."))
    words = request.GET.get("q", "")
    region = RegionForm(request.GET if "daerah" in request.GET else None)
    code_of_region = request.GET.get("daerah", "")
    context = {
        **frame(project, "batches", leads=own.leads),
        "batch": one,
        "code": spoken(Kind.BATCH, one.code),
        "words": words,
        "found": _listed(firms_named(words)) if words else [],
        "partners": partner_firms(project),
        "region": region,
        "of_region": firms_in(code_of_region, MOST_OF_REGION) if code_of_region else [],
    }
    return render(request, "collaboration/recipients.html", context)


def _listed(firms: list[Business]) -> list[Business]:
    return [one for one in firms if one.status == Business.Status.LISTED]


def _chosen(request: HttpRequest, project: Project) -> list[Business]:
    """Return the firms that were ticked: listed ones, and those that take part."""
    keys = [int(key) for key in request.POST.getlist("usaha")[:1000] if key.isdecimal()]
    found = Business.objects.filter(pk__in=[key for key in keys if key < 2**31])
    ours = {one.pk for one in partner_firms(project)}
    return [
        one
        for one in found.order_by("name", "pk")
        if one.status == Business.Status.LISTED or one.pk in ours
    ]


def _added(request: SignedInRequest, batch: ProductionBatch, firms: list[Business]) -> bool:
    try:
        number = batching.add_recipients(batch, firms, actor=request.user, at=now())
    except batching.BatchClosed:
        messages.error(request, _("This batch is closed, so nobody new gets some."))
        return False
    except batching.TooManyRecipients:
        messages.error(request, _("At most %(n)d recipients in one batch.") % {"n": batching.MOST})
        return False
    said = ngettext("%(n)d recipient is new.", "%(n)d recipients are new.", number)
    messages.success(request, said % {"n": number})
    return True


@access.members
@require_POST
def close(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Close a batch."""
    project, _own = led_project(request.user, code)
    one = batch_in(project, batch)
    try:
        batching.close_batch(one, actor=request.user, at=now())
    except batching.BatchClosed:
        messages.info(request, _("This batch is closed already."))
    else:
        messages.success(request, _("Closed. What nobody took stays in stock."))
    return redirect("collaboration:batch", project.code, one.code)


@access.members
@require_POST
def tell(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Tell everybody who gets some and has not signed, once for each change."""
    project, _own = led_project(request.user, code)
    one, told = batch_in(project, batch), 0
    for row in unsigned_of(one):
        row.batch = one
        pairs = sum(line.quantity for line in row.lines.all())
        told += bool(pairs) and bool(tell_allocated(row, pairs, at=now()))
    said = ngettext(
        "%(n)d business is told by e-mail; all with an account find it among their notices.",
        "%(n)d businesses are told by e-mail; all with an account find it among their notices.",
        told,
    )
    messages.success(request, said % {"n": told})
    return redirect("collaboration:batch", project.code, one.code)


@access.members
@require_safe
def by_code(request: SignedInRequest, code: str, batch: str) -> HttpResponse:
    """Lead from a code of a hand-out to where it is handed out."""
    project, _own = led_project(request.user, code)
    one = batch_in(project, batch)
    try:
        found = allocation_of(one, codes.read(Kind.HAND_OUT, request.GET.get("kode", "")))
    except codes.NotACode:
        found = None
    if found is None:
        messages.error(request, _("No recipient of this batch has this code."))
        return redirect("collaboration:batch", project.code, one.code)
    return redirect("collaboration:hand-out", project.code, one.code, found.code)
