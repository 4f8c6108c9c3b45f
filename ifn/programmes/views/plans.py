"""Action plans at the desk: all of a batch, one participant's with its visits, one action."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.programmes import policies
from ifn.programmes.actions import following, visiting
from ifn.programmes.actions.planning import ChangedMeanwhile
from ifn.programmes.actions.telling import link_of
from ifn.programmes.forms.following import (
    ActionForm,
    AskedForm,
    HowForm,
    SuggestedForm,
    VisitForm,
)
from ifn.programmes.models import Action, ActionFile, Batch, Registration, Side, Visit
from ifn.programmes.planning import states
from ifn.programmes.queries.following import (
    Asked,
    action_of,
    plan_of,
    plans_in,
    steps_of,
    totals_of,
    visits_of,
)
from ifn.programmes.queries.suggesting import suggestions_for
from ifn.programmes.views.answering import HowSaid, said_how
from ifn.programmes.views.passing import passed_on
from ifn.programmes.views.planrows import owner_of, plan_rows, visit_rows
from ifn.programmes.views.reaching import desk_batch, frame, staff_registration

PAGE = 30
#: Until when suggestions are to be done, unless the officer says otherwise.
SUGGESTED_WITHIN = timedelta(days=60)


@access.staff
@require_safe
def plans(request: SignedInRequest, code: str) -> HttpResponse:
    """Show how far the plans of all participants are, as it is asked for."""
    batch, today = desk_batch(request.user, code), localdate()
    form = AskedForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    asked = Asked(owner=given.get("siapa", ""), is_overdue=given.get("lewat", False))
    rows = plans_in(batch, request.user, asked, today)
    context = {
        **frame(batch, request.user, "plans"),
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("hal")),
        "totals": totals_of(batch, request.user, today),
        "is_filtered": asked != Asked(),
        "is_followed": batch.state in states.FOLLOWS,
    }
    return render(request, "programmes/plans.html", context)


def _followed(request: SignedInRequest, code: str, pk: int) -> tuple[Batch, Registration]:
    """Return a participant whose plan this person of the staff may write."""
    batch = desk_batch(request.user, code)
    one = staff_registration(request.user, batch, pk)
    access.require(policies.can_follow(request.user, one))
    return batch, one


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show a participant's plan and visits, and write an action into it."""
    batch, one = _followed(request, code, pk)
    form = ActionForm(request.POST if request.method == "POST" else None, batch)
    if request.method == "POST" and form.is_valid() and _written(request, one, form):
        return redirect("programmes:plan", batch.code, one.pk)
    return _plan(request, one, form, VisitForm(None, one, localdate()))


def _plan(
    request: SignedInRequest, one: Registration, form: ActionForm, visit: VisitForm
) -> HttpResponse:
    batch, today = one.batch, localdate()
    is_followed = following.is_followed(one)
    link = link_of(one, "id", at=now()) if is_followed else ""
    base = [batch.code, one.pk]
    context = {
        **frame(batch, request.user, ""),
        "one": one,
        "actions": plan_rows(
            plan_of(one),
            today=today,
            tell=lambda each: reverse("programmes:tell-how", args=[*base, each.pk]),
            file=lambda each: reverse("programmes:plan-file", args=[*base, each.pk]),
            change=lambda each: reverse("programmes:action", args=[*base, each.pk]),
        ),
        "visits": visit_rows(visits_of(one, with_internal=True), with_names=True),
        "is_staff": True,
        "is_followed": is_followed,
        "form": form,
        "visit_form": visit,
        "suggestions": suggestions_for(one) if is_followed else [],
        "suggested_form": SuggestedForm(
            None, prefix="usulan", initial={"due_on": today + SUGGESTED_WITHIN}
        ),
        "fresh": passed_on(one.name, one.phone, batch.title, link) if link else None,
    }
    return render(request, "programmes/plan.html", context)


def _written(request: SignedInRequest, one: Registration, form: ActionForm) -> bool:
    try:
        following.write_action(
            one, form.facts(), key=form.given_key(), actor=request.user, at=now()
        )
    except following.NotFollowed:
        form.add_error(None, _("There is a plan once the firm has a seat that is confirmed."))
    except following.TooMany:
        form.add_error(None, _("This plan has sixty actions. Finish some first."))
    else:
        messages.success(request, _("It is in the plan."))
        return True
    return False


@access.staff
@require_POST
def take_suggestions(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take the suggestions that are kept into the plan."""
    batch, one = _followed(request, code, pk)
    form = SuggestedForm(request.POST, prefix="usulan")
    known = {str(each.key): each for each in suggestions_for(one)}
    kept = [known[key] for key in request.POST.getlist("ambil") if key in known]
    if not form.is_valid():
        messages.error(request, _("Say until when."))
    elif kept:
        chosen = {
            each.key: {
                "what": each.what,
                "why": each.why,
                "dimension": each.dimension,
                "owner": Side.FIRM.value,
                "due_on": form.cleaned_data["due_on"],
            }
            for each in kept
        }
        try:
            following.take_suggestions(one, chosen, actor=request.user, at=now())
        except (following.NotFollowed, following.TooMany):
            messages.error(request, _("Nothing can be added to this plan now."))
        else:
            messages.success(request, _("It is in the plan."))
    return redirect("programmes:plan", batch.code, one.pk)


def _action(one: Registration, pk: int) -> Action:
    found = action_of(one, pk)
    if found is None:
        raise Http404
    return found


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: SignedInRequest, code: str, pk: int, action: int) -> HttpResponse:
    """Show one action with what happened to it, and change it."""
    batch, one = _followed(request, code, pk)
    found = _action(one, action)
    form = ActionForm(request.POST if request.method == "POST" else None, batch, found)
    if request.method == "POST" and form.is_valid():
        given = request.POST.get("version", "")
        version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004
        try:
            following.change_action(
                found, form.facts(), version=version, actor=request.user, at=now()
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Somebody else changed this meanwhile. Load the page anew."))
        except following.NotFollowed:
            form.add_error(None, _("Nothing can be added to this plan now."))
        else:
            return redirect("programmes:plan", batch.code, one.pk)
    context = {
        **frame(batch, request.user, ""),
        "one": one,
        "action": found,
        "owner": owner_of(found),
        "form": form,
        "steps": steps_of(found),
        "version": request.POST.get("version", found.version),
    }
    return render(request, "programmes/action_page.html", context)


@access.staff
@require_POST
def tell_how(request: SignedInRequest, code: str, pk: int, action: int) -> HttpResponse:
    """Say how an action goes, as the office."""
    batch, one = _followed(request, code, pk)
    form = HowForm(request.POST, request.FILES)
    said_how(request, HowSaid(_action(one, action), form, Side.OFFICE, request.user))
    return redirect("programmes:plan", batch.code, one.pk)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Note a visit; what is wrong is said beside its field."""
    batch, one = _followed(request, code, pk)
    today = localdate()
    if request.method != "POST":
        return redirect("programmes:plan", batch.code, one.pk)
    form = VisitForm(request.POST, one, today)
    if form.is_valid():
        try:
            visiting.note_visit(
                one,
                form.seen(),
                mentor=form.cleaned_data["mentor"],
                key=form.given_key(),
                actor=request.user,
                at=now(),
                today=today,
            )
        except (following.NotFollowed, following.TooMany):
            form.add_error(None, _("No visit can be noted here now."))
        else:
            messages.success(request, _("The visit is noted."))
            return redirect("programmes:plan", batch.code, one.pk)
    return _plan(request, one, ActionForm(None, batch), form)


@access.staff
@require_POST
def remove_visit(request: SignedInRequest, code: str, pk: int, visit: int) -> HttpResponse:
    """Take a visit out that was noted by mistake."""
    batch, one = _followed(request, code, pk)
    found = get_object_or_404(Visit, registration=one, pk=visit)
    visiting.remove_visit(found, actor=request.user, at=now())
    messages.success(request, _("The visit is taken out."))
    return redirect("programmes:plan", batch.code, one.pk)


@access.staff
@require_safe
def file(request: SignedInRequest, code: str, pk: int, file: int) -> HttpResponseBase:
    """Hand out a photo or file of an action to the staff."""
    _batch, one = _followed(request, code, pk)
    return handed_out(one, file)


def handed_out(one: Registration, pk: int) -> HttpResponseBase:
    """Return a photo or file of a participant's plan."""
    found = get_object_or_404(ActionFile, action__registration=one, pk=pk)
    stored = private_files().open(found.file)
    return private_file(stored, f"rencana-aksi-{found.pk}", in_page=found.is_picture)


@access.staff
@require_POST
def remove_file(request: SignedInRequest, code: str, pk: int, file: int) -> HttpResponse:
    """Remove a photo or file of an action."""
    batch, one = _followed(request, code, pk)
    rows = ActionFile.objects.select_related("action")
    found = get_object_or_404(rows, action__registration=one, pk=file)
    following.remove_file(found, actor=request.user, at=now())
    return redirect("programmes:action", batch.code, one.pk, found.action_id)
