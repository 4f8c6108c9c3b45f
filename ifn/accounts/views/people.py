from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ifn.accounts import access, actions, queries
from ifn.accounts.forms import NewPersonForm, ReasonForm, ScopeForm
from ifn.accounts.models import User
from ifn.accounts.wording import event_name
from ifn.audit.queries import history_of
from ifn.mail.queries import reach_of
from ifn.regions.queries import all_regions

PAGE_SIZE = 50
HISTORY = 30


@access.administrators
@require_safe
def people(request: access.SignedInRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:80]
    role = request.GET.get("role", "")
    found = queries.people(words=words, role=role if role in User.Role.values else "")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "role": role, "roles": User.Role.choices}
    return render(request, "accounts/people.html", context)


@access.administrators
def new(request: access.SignedInRequest) -> HttpResponse:
    """Open an account for somebody, who signs in to it first by a link."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            person = actions.create_person(
                name=given["name"],
                email=given["email"],
                phone=given["phone"],
                actor=request.user,
                at=now(),
            )
        except actions.NoWayToSignIn:
            form.add_error(None, _("Give a valid e-mail address or phone number, or both."))
        except actions.AlreadyTaken:
            form.add_error(None, _("Somebody signs in with this already. Search for it."))
        else:
            messages.success(request, _("The account is open. Now send a link for signing in."))
            return redirect("accounts:person", person.pk)
    return render(request, "accounts/new_person.html", {"form": form})


@access.administrators
@never_cache
@require_safe
def person(request: access.SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    return _page(request, found, ScopeForm(initial=_scope_of(found)))


def _page(
    request: access.SignedInRequest, found: User, form: ScopeForm, link: str = ""
) -> HttpResponse:
    context = {
        "person": found,
        "form": form,
        "factors": queries.factors_of(found),
        "reach": reach_of(found.email, at=now()),
        "link": link,
        "whatsapp": _whatsapp(found, link) if link else "",
        "history": [
            {"entry": entry, "what": event_name(entry.event)}
            for entry in history_of(found)[:HISTORY]
        ],
    }
    return render(request, "accounts/person.html", context)


@access.administrators
@require_POST
def change_scope(request: access.SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a role, with the duties or the territory that go with it."""
    found = get_object_or_404(User, pk=pk)
    form = ScopeForm(request.POST)
    if form.is_valid():
        try:
            _give(request.user, found, form)
        except actions.LastAdministrator:
            form.add_error("role", _("Nobody would be left who can look after people."))
        else:
            messages.success(request, _("Role and duties are changed."))
            return redirect("accounts:person", pk)
    return _page(request, found, form)


@transaction.atomic
def _give(actor: User, found: User, form: ScopeForm) -> None:
    given, at = form.cleaned_data, now()
    reason, role = given["reason"], given["role"]
    if role != found.role:
        actions.change_role(found, role=role, actor=actor, at=at, reason=reason)
    if role == User.Role.OFFICER:
        actions.give_duties(found, given["duties"], actor=actor, at=at, reason=reason)
    if role == User.Role.REGIONAL:
        actions.give_territory(found, given["territory"], actor=actor, at=at, reason=reason)


@access.administrators
@require_POST
def change_status(request: access.SignedInRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    found = get_object_or_404(User, pk=pk)
    reason = _reason(request)
    if not reason:
        return redirect("accounts:person", pk)
    if not found.is_active:
        actions.reopen(found, actor=request.user, at=now(), reason=reason)
        messages.success(request, _("The account is open again."))
        return redirect("accounts:person", pk)
    try:
        actions.deactivate(found, actor=request.user, at=now(), reason=reason)
    except actions.LastAdministrator:
        messages.error(request, _("Nobody would be left who can look after people."))
    else:
        messages.success(request, _("The account is closed; its sessions have ended."))
    return redirect("accounts:person", pk)


@access.administrators
@require_POST
def reset_factors(request: access.SignedInRequest, pk: int) -> HttpResponse:
    """Take the second factors from somebody who has lost them."""
    found = get_object_or_404(User, pk=pk)
    if reason := _reason(request):
        actions.reset_factors(found, actor=request.user, at=now(), reason=reason)
        messages.success(
            request, _("The second factors are gone. The person was told and can set up new ones.")
        )
    return redirect("accounts:person", pk)


@access.administrators
@never_cache
@require_POST
def make_link(request: access.SignedInRequest, pk: int) -> HttpResponse:
    """Show a link for signing in, once, to be handed over by whoever knows the person."""
    found = get_object_or_404(User, pk=pk, is_active=True)
    link = actions.make_sign_in_link(found, actor=request.user, at=now())
    return _page(request, found, ScopeForm(initial=_scope_of(found)), link)


def _reason(request: access.SignedInRequest) -> str:
    form = ReasonForm(request.POST)
    if form.is_valid():
        return str(form.cleaned_data["reason"])
    messages.error(request, _("Write why, in at most 200 letters."))
    return ""


def _scope_of(found: User) -> dict[str, object]:
    regions = all_regions()
    lines = [f"{code} {regions.full_name(code)}" for code in sorted(found.territory)]
    return {"role": found.role, "duties": sorted(found.duties), "territory": "\n".join(lines)}


def _whatsapp(found: User, link: str) -> str:
    if not found.phone:
        return ""
    with override(found.language):
        text = _("Open this link to sign in to the Indonesia Footwear Network: %(link)s") % {
            "link": link
        }
    return f"https://wa.me/{found.phone.lstrip('+')}?text={quote(text)}"
