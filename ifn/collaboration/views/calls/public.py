"""What visitors see of calls, and how a firm applies."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.collaboration import codes
from ifn.collaboration.actions.calls import applying
from ifn.collaboration.forms.applications import ApplyForm
from ifn.collaboration.models import Application, Call, CallTerms
from ifn.collaboration.policies import calls as policies
from ifn.collaboration.policies import projects as of_projects
from ifn.collaboration.queries import applications as applied
from ifn.collaboration.queries import calls as queries
from ifn.collaboration.queries.suggesting import why_invited
from ifn.collaboration.views.calls import saying
from ifn.collaboration.views.calls.callrows import call_rows
from ifn.collaboration.views.calls.reaching import shown_call
from ifn.directory.models import Business

PAGE: Final = 20


@access.everyone
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """List the calls, what is open first."""
    today = localdate()
    page = Paginator(queries.shown(today), PAGE).get_page(request.GET.get("hal"))
    rows = list(page)
    roles = queries.roles_by_call(rows)
    context = {
        "page": page,
        "rows": call_rows(rows, roles, _takes),
    }
    return render(request, "collaboration/calls/list.html", context)


def _takes(call: Call) -> bool:
    """Say whether firms may apply today."""
    return call.state == Call.State.OPEN and call.opens_on <= localdate() <= call.closes_on


@access.everyone
@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    """Show a call: what it is for, who is wanted, by which rule and terms it is decided."""
    one = shown_call(request.user, code)
    user = request.user if isinstance(request.user, User) else None
    firms = queries.firms_of(user) if user else []
    mine = [each.business.pk for each in firms]
    invitations = applied.invitations_of_firms(mine).filter(wanted__call=one) if mine else []
    context = {
        **call_context(one),
        "is_open": _takes(one),
        "code": codes.spoken(codes.Kind.CALL, one.code),
        "tone": saying.TONES.get(one.state, ""),
        "own": applied.of_firms(mine).filter(call=one) if mine else [],
        "invitations": [{"one": each, "why": why_invited(each)} for each in invitations],
        "leads": user is not None and _leads(user, one, firms),
    }
    return render(request, "collaboration/calls/call.html", context)


def _leads(user: User, one: Call, firms: list[queries.Firm]) -> bool:
    roles = {each.business.pk: each.role for each in firms}
    return policies.can_lead(user, one, roles.get(one.business_id or 0, ""))


def call_context(one: Call) -> dict[str, Any]:
    """Return what everybody reads of a call."""
    return {
        "call": one,
        "by": saying.by_whom(one),
        "roles": [
            {"one": each, "asks": saying.conditions_of(each)} for each in queries.roles_of(one)
        ],
        "criteria": queries.criteria_of(one),
        "phases": queries.phases_of(one),
        "terms": queries.terms_of(one),
    }


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: SignedInRequest, code: str) -> HttpResponse:
    """Apply for a role in the name of a firm, under the terms that are shown."""
    one = shown_call(request.user, code)
    firms = queries.firms_of(request.user)
    speaks = [each.business for each in firms if each.role in of_projects.SPEAKS]
    terms = queries.terms_of(one)
    form = ApplyForm(
        request.POST if request.method == "POST" else None,
        queries.roles_of(one),
        speaks,
        terms,
        role=request.GET.get("peran", ""),
    )
    if request.method == "POST" and form.is_valid():
        made = _applied(request, form, terms)
        if made:
            messages.success(request, _("Your application is in. You are told how it goes on."))
            return redirect("collaboration:own-application", made.pk)
        if form.has_error(NON_FIELD_ERRORS, "terms"):
            form.data = _anew(request, terms)
    context = {
        "call": one,
        "form": form,
        "terms": terms,
        "firms": speaks,
        "is_open": _takes(one),
        "is_early": one.state == Call.State.OPEN and localdate() < one.opens_on,
    }
    return render(request, "collaboration/calls/apply.html", context)


def _anew(request: SignedInRequest, terms: CallTerms | None) -> QueryDict:
    """Return what was sent, under the terms as they read now, which are not accepted yet."""
    data = request.POST.copy()
    data["terms"] = str(terms.pk) if terms else ""
    data.pop("accepts", None)
    return data


def _applied(
    request: SignedInRequest, form: ApplyForm, terms: CallTerms | None
) -> Application | None:
    given = form.cleaned_data
    business = form.businesses[given["business"]]
    if terms is None or terms.pk != given["terms"]:
        form.add_error(None, _terms_changed())
        return None
    try:
        return applying.apply(
            form.roles[given["wanted"]],
            business,
            form.offer(),
            terms=terms,
            actor=request.user,
            at=now(),
            today=localdate(),
        )
    except applying.NotOpen:
        form.add_error(None, _("The call does not take applications today."))
    except applying.AppliedAlready:
        form.add_error(None, _("This firm has applied for this role already."))
    except applying.TermsChanged:
        form.add_error(None, _terms_changed())
    except _NOT_THIS_FIRM as refused:
        form.add_error("business", not_this_firm(refused, business))
    return None


def _terms_changed() -> ValidationError:
    words = _("The terms were changed while you wrote. Read them below and accept them again.")
    return ValidationError(words, code="terms")


_NOT_THIS_FIRM: Final = (
    applying.FirmMerged,
    applying.FirmNotShown,
    applying.OtherNetwork,
    applying.OwnCall,
)


def not_this_firm(refused: Exception, business: Business) -> str:
    """Return why a firm cannot apply, in words."""
    if isinstance(refused, applying.FirmMerged) and refused.into:
        return _("%(firm)s was merged into %(into)s. Apply in the name of that.") % {
            "firm": business.name,
            "into": refused.into.name,
        }
    if isinstance(refused, applying.OwnCall):
        return _("A firm does not apply to its own call.")
    if isinstance(refused, applying.OtherNetwork):
        return _("Invented and real firms do not meet: one of the two is part of the demo network.")
    return _("%(firm)s is not shown in the directory now, so it cannot apply.") % {
        "firm": business.name
    }
