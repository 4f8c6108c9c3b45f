"""All lists, and bringing a new one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.intake import actions, policies
from ifn.intake.finding import counts_of, lists_for, source_labels
from ifn.intake.forms import UploadForm
from ifn.intake.reading import MOST_BYTES, Unreadable
from ifn.intake.views import writing
from ifn.intake.views.desk import Desk, for_desk
from ifn.intake.views.limits import LimitedUpload
from ifn.regions.queries import all_regions

PAGE_SIZE = 20
#: The last field of the form: what lacks it was cut off on its way.
END = "akhir"


@access.members
@never_cache
@require_safe
@for_desk
def lists(request: SignedInRequest, desk: Desk) -> HttpResponse:
    found = lists_for(desk.person, desk.organisations).select_related(
        "source", "actor", "organisation"
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    counts, regions = counts_of(page), all_regions()
    rows = [
        {
            "list": one,
            "look": writing.LIST_LOOKS[one.state],
            "scope": writing.scope_of(one, regions),
            "counts": counts[one.pk],
            "tallies": writing.tallies(one, counts[one.pk]),
            "step": writing.next_step(one, counts[one.pk], desk),
        }
        for one in page
    ]
    return render(
        request, "intake/lists.html", {"page": page, "rows": rows, "is_office": desk.is_office}
    )


@access.members
@never_cache
@csrf_exempt  # asked for below, once it is known how much of the request is to be read
@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def upload(request: SignedInRequest, desk: Desk) -> HttpResponse:
    limit = LimitedUpload(request, MOST_BYTES)
    request.upload_handlers.insert(0, limit)
    return _upload(request, desk, limit)


@csrf_protect
def _upload(request: SignedInRequest, desk: Desk, limit: LimitedUpload) -> HttpResponse:
    given: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(
        *given,
        whom=_whom(desk),
        today=localdate(),
        initial={"stated_on": localdate()},
    )
    if given:
        _say_what_did_not_come(request, form, limit)
        if form.is_valid():
            answer = _received(request, desk, form)
            if answer is not None:
                return answer
    context = {"form": form, "sources": source_labels(), "end": END, "most": MOST_BYTES}
    return render(request, "intake/upload.html", context)


def _say_what_did_not_come(
    request: SignedInRequest, form: UploadForm, limit: LimitedUpload
) -> None:
    """Put in words at the file's field why it did not come whole."""
    if limit.is_too_large:
        said = _("The file has more than %(megabytes)d MB. Split the list into smaller files.")
        words = said % {"megabytes": MOST_BYTES // 1024 // 1024}
    elif END not in request.POST:
        words = _("The upload was cut off half-way. Choose the file and send it once more.")
    elif "file" not in request.FILES:
        words = _("Choose the file.")
    else:
        return
    form.errors.pop("file", None)
    form.add_error("file", words)


def _received(request: SignedInRequest, desk: Desk, form: UploadForm) -> HttpResponse | None:
    data = form.cleaned_data
    organisation, scope = _for_whom(desk, data["whom"])
    access.require(
        policies.can_upload_for(
            desk.person,
            desk.organisations,
            organisation=organisation.pk if organisation else None,
            scope=scope,
        )
    )
    at = now()
    try:
        received = actions.receive(
            actions.Upload(
                content=data["file"].read(),
                file_name=data["file"].name,
                source=data["source"],
                stated_on=data["stated_on"],
                basis=data["basis"],
                basis_note=data["basis_note"],
                organisation=organisation,
                scope=scope,
            ),
            actor=request.user,
            at=at,
        )
    except Unreadable as fault:
        form.add_error("file", str(fault))
        return None
    if received.received_at != at:
        messages.info(request, _("This list came before; here it is."))
    return redirect("intake:list", received.pk)


def _whom(desk: Desk) -> Sequence[tuple[str, str]]:
    """Return for whom a person may bring a list."""
    if desk.is_office:
        return [("office", _("The network’s office"))]
    regions = all_regions()
    own = sorted(desk.person.territory)
    found = [("regions", ", ".join(regions.full_name(code) for code in own))] if own else []
    if len(own) > 1:
        found += [(f"region:{code}", regions.full_name(code)) for code in own]
    return found + [
        (f"organisation:{key}", business.name) for key, business in desk.organisations.items()
    ]


def _for_whom(desk: Desk, said: str) -> tuple[Any, tuple[str, ...]]:
    """Return the organisation and the regions that a choice of ``_whom`` means."""
    kind, _colon, which = said.partition(":")
    match kind:
        case "regions":
            return None, tuple(sorted(desk.person.territory))
        case "region":
            return None, (which,)
        case "organisation":
            return desk.organisations[int(which)], ()
    return None, ()
