"""One recipient: decided by hand, handed out on paper, taken off; the list as PDF and table."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.collaboration.actions import batching, receiving
from ifn.collaboration.actions.receiving import Handover
from ifn.collaboration.codes import Kind, spoken
from ifn.collaboration.forms.batches import AllocateForm, PaperForm
from ifn.collaboration.models import Allocation, ProductionBatch, Project, Receipt
from ifn.collaboration.printing import HandOutList, Recipient, hand_out_list
from ifn.collaboration.queries.batches import (
    allocation_of,
    lines_of,
    recipients_of,
    sizes_of,
)
from ifn.collaboration.sharingwords import reason_of
from ifn.collaboration.sizing import shown
from ifn.collaboration.views.batches import PRINTED, rows_of
from ifn.collaboration.views.reaching import batch_in, frame, led_project, read
from ifn.directory import numbers
from ifn.directory.downloads import as_file, private_file
from ifn.directory.handing import private_files
from ifn.ui.shell import SITE_NAME


def _part(
    request: SignedInRequest, code: str, batch: str, hand_out: str
) -> tuple[Project, ProductionBatch, Allocation]:
    project, _own = led_project(request.user, code)
    one = batch_in(project, batch)
    found = allocation_of(one, read(Kind.HAND_OUT, hand_out))
    if found is None:
        raise Http404
    found.batch = one
    return project, one, found


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: SignedInRequest, code: str, batch: str, hand_out: str) -> HttpResponse:
    """Show one recipient; decide by hand how much it gets, or note that it signed on paper."""
    project, one, found = _part(request, code, batch, hand_out)
    lines, is_paper = lines_of(found), "name" in request.POST
    is_sent = request.method == "POST"
    allocate = AllocateForm(
        request.POST if is_sent and not is_paper else None, sizes_of(one), lines, found.reason
    )
    paper = PaperForm(
        request.POST if is_sent and is_paper else None,
        request.FILES if is_sent and is_paper else None,
        lines,
        localdate(),
    )
    if is_sent and is_paper and paper.is_valid() and _on_paper(request, found, paper):
        return redirect("collaboration:batch", project.code, one.code)
    if is_sent and not is_paper and allocate.is_valid() and _by_hand(request, found, allocate):
        return redirect("collaboration:batch", project.code, one.code)
    context = {
        **frame(project, "batches", leads=True),
        "batch": one,
        "code": spoken(Kind.HAND_OUT, found.code),
        "one": found,
        "lines": [{"one": line, "size": shown(line.size.size)} for line in lines],
        "pairs": sum(line.quantity for line in lines),
        "rest": sum(line.quantity - line.handed for line in lines),
        "why": found.reason or reason_of(found.basis),
        "receipt": getattr(found, "receipt", None),
        "allocate": allocate,
        "paper": paper,
        "is_open": one.state != ProductionBatch.State.CLOSED,
    }
    return render(request, "collaboration/hand_out.html", context)


def _by_hand(request: SignedInRequest, one: Allocation, form: AllocateForm) -> bool:
    try:
        batching.allocate(
            one, form.pairs(), reason=form.cleaned_data["reason"], actor=request.user, at=now()
        )
    except batching.MoreThanThere as more:
        form.add_error(None, _more_than_there(more))
    except batching.Signed:
        form.add_error(None, _("It has signed for them already, so they stay as they are."))
    except batching.BatchClosed:
        form.add_error(None, _("This batch is closed, so nothing of it is shared out."))
    else:
        messages.success(request, _("Noted."))
        return True
    return False


def _more_than_there(more: batching.MoreThanThere) -> str:
    if more.size is None:
        return _("There are not so many pairs any more. Look at the stock again.")
    said = ngettext(
        "Of size %(size)s only %(n)d pair is free.",
        "Of size %(size)s only %(n)d pairs are free.",
        more.free,
    )
    return said % {"size": shown(more.size), "n": more.free}


def _on_paper(request: SignedInRequest, one: Allocation, form: PaperForm) -> bool:
    given = form.cleaned_data
    handover = Handover(given["name"], given["on"], Receipt.Way.PAPER, form.pairs(), given["words"])
    try:
        receipt, is_new = receiving.sign(
            one, handover, file=form.given, actor=request.user, at=now()
        )
    except receiving.MoreThanPromised:
        form.add_error(None, _("That is more than was allocated. Change the allocation first."))
        return False
    except receiving.NothingPromised:
        form.add_error(None, _("Enter what was handed out; it takes at least one pair."))
        return False
    if is_new:
        messages.success(request, _("The receipt is noted."))
    else:
        said = _("It was signed for already, by %(name)s. Nothing was changed.")
        messages.info(request, said % {"name": receipt.name})
    return True


@access.members
@require_POST
def remove(request: SignedInRequest, code: str, batch: str, hand_out: str) -> HttpResponse:
    """Take a recipient off the list."""
    project, one, found = _part(request, code, batch, hand_out)
    try:
        batching.remove_recipient(found, actor=request.user, at=now())
    except batching.Signed:
        messages.error(request, _("It has signed for them already, so it stays on the list."))
    except batching.BatchClosed:
        messages.error(request, _("This batch is closed, so its list stays as it is."))
    else:
        messages.success(request, _("Taken off the list."))
    return redirect("collaboration:batch", project.code, one.code)


@access.members
@require_POST
def free(request: SignedInRequest, code: str, batch: str, hand_out: str) -> HttpResponse:
    """Give free what was allocated and did not come."""
    project, one, found = _part(request, code, batch, hand_out)
    if hasattr(found, "receipt"):
        number = receiving.free_rest(found, actor=request.user, at=now())
        said = ngettext("%(n)d pair is free again.", "%(n)d pairs are free again.", number)
        messages.success(request, said % {"n": number})
    return redirect("collaboration:batch", project.code, one.code)


@access.members
@require_safe
def sheet(request: SignedInRequest, code: str, batch: str, hand_out: str) -> HttpResponseBase:
    """Hand out the signed sheet of a receipt."""
    _project, _one, found = _part(request, code, batch, hand_out)
    receipt = getattr(found, "receipt", None)
    if receipt is None or not receipt.file:
        raise Http404
    return private_file(private_files().open(receipt.file), f"tanda-terima-{found.code}")


@access.members
@require_safe
def printed(request: SignedInRequest, code: str, batch: str, part: int) -> HttpResponse:
    """Return a part of the hand-out list as PDF, with code and square for each recipient."""
    project, _own = led_project(request.user, code)
    one = batch_in(project, batch)
    rows = recipients_of(one, (part - 1) * PRINTED, part * PRINTED)
    if not rows:
        raise Http404
    sizes = {each.pk: shown(each.size) for each in sizes_of(one)}
    made = hand_out_list(
        HandOutList(
            title=one.what,
            project=project.title,
            code=spoken(Kind.BATCH, one.code),
            network=SITE_NAME,
            rule=one.rule_words or one.get_rule_display(),
            first=(part - 1) * PRINTED + 1,
            is_demo=project.is_demo,
            recipients=tuple(
                Recipient(
                    row["one"].name,
                    row["place"],
                    row["code"],
                    request.build_absolute_uri(
                        reverse("collaboration:receive", args=[row["one"].code])
                    ),
                    ", ".join(f"{size}: {pairs}" for size, pairs in row["lines"]),
                    row["pairs"],
                    row["one"].signed_by or "",
                )
                for row in rows_of(rows, sizes)
            ),
        )
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="serah-terima-{one.code}-{part}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@access.members
@require_safe
def table(request: SignedInRequest, code: str, batch: str, kind: str) -> HttpResponse:
    """Return the whole hand-out list as a table."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    project, _own = led_project(request.user, code)
    one = batch_in(project, batch)
    sizes = sizes_of(one)
    heading = [
        _("Number"),
        _("Business"),
        _("Place"),
        _("Code"),
        *(shown(each.size) for each in sizes),
        _("Pairs"),
        _("Handed out"),
        _("Why so many"),
        _("Signed by"),
        _("Day"),
    ]
    rows = []
    for row in rows_of(recipients_of(one), {each.pk: str(each.pk) for each in sizes}):
        given, recipient = dict(row["lines"]), row["one"]
        rows.append(
            [
                numbers.spoken(row["one"].number),
                row["one"].name,
                row["place"],
                row["code"],
                *(given.get(str(each.pk)) for each in sizes),
                row["pairs"],
                row["handed"],
                row["why"],
                recipient.signed_by,
                recipient.on,
            ]
        )
    return as_file(kind, f"serah-terima-{one.code}", heading, rows)
