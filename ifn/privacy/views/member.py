from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts import actions as accounts
from ifn.accounts.access import SignedInRequest
from ifn.accounts.consenting import words
from ifn.accounts.models import Consent
from ifn.privacy import policies, queries, tasks
from ifn.privacy.actions import exporting
from ifn.privacy.actions import requests as actions
from ifn.privacy.clock import clock
from ifn.privacy.forms import AskForm
from ifn.privacy.gathering import counted
from ifn.privacy.models import DataRequest, Export
from ifn.privacy.tokens import to_follow

NEWS = Consent.Purpose.NEWS


@access.members
@never_cache
@require_safe
def data(request: SignedInRequest) -> HttpResponse:
    """Show what is kept about a person, what they agreed to, and what they can do about it."""
    person, at = request.user, now()
    consents = queries.consents_about(person)
    names = queries.names_of(consents)
    context = {
        "consents": [
            {
                "consent": one,
                "text": words(one.purpose, one.version),
                "profile": names.get(one.profile, ""),
            }
            for one in consents
        ],
        "news": next((c for c in consents if c.purpose == NEWS and not c.withdrawn_at), None),
        "news_text": words(NEWS),
        "kept": counted(person),
        "exports": [one for one in queries.exports_of(person) if _is_valid(one)],
        "requests": [
            (one, to_follow(one.pk), clock(one.due_at, at, one.ended_at))
            for one in queries.requests_of(person)
        ],
    }
    return render(request, "privacy/data.html", context)


def _is_valid(export: Export) -> bool:
    return export.expires_at is None or export.expires_at > now()


@access.members
@require_POST
def news(request: SignedInRequest) -> HttpResponse:
    """Agree to be written to about programmes and opportunities, or withdraw that."""
    if "agree" in request.POST:
        accounts.agree(NEWS, person=request.user, at=now())
        messages.success(request, _("Noted. You can withdraw this at any time."))
    else:
        mine = Consent.objects.standing().filter(person=request.user, purpose=NEWS, profile="")
        for consent in mine:
            accounts.withdraw(consent, actor=request.user, at=now())
        messages.success(request, _("Withdrawn. Nobody writes to you about this any more."))
    return redirect("privacy:data")


@access.members
@require_POST
def ask_for_export(request: SignedInRequest) -> HttpResponse:
    export = exporting.ask_for_export(request.user, at=now())
    tasks.make_export.enqueue(export.pk)
    messages.success(request, _("Your copy is being made. Come back to this page in a minute."))
    return redirect("privacy:data")


@access.members
@never_cache
@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand a person their copy, and nobody else."""
    found = get_object_or_404(Export, pk=pk)
    access.require(policies.can_open(request.user, found))
    if not (found.file and _is_valid(found)):
        raise Http404
    name = f"ifn-data-{found.asked_at:%Y-%m-%d}.zip"
    return FileResponse(
        storages["private"].open(found.file),
        as_attachment=True,
        filename=name,
        content_type="application/zip",
    )


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    """Take a request of somebody who is signed in: for their account it needs no other proof."""
    form = AskForm(request.POST or None, initial={"kind": request.GET.get("soal", "")})
    if form.is_valid():
        person, given = request.user, form.cleaned_data
        asked = actions.Asked(
            kind=given["kind"],
            way=DataRequest.Way.ACCOUNT,
            person=person,
            business=given["profile"],
            name=person.name,
            email=person.email or "",
            phone=person.phone or "",
            text=given["text"],
            language=person.language,
        )
        made = actions.receive(asked, actor=person, at=now())
        return redirect("privacy:followed", to_follow(made.pk))
    return render(request, "privacy/ask.html", {"form": form})
