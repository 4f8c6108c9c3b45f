"""What mentors and partners do by their signed link, without an account."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.programmes.actions import following, partnering, visiting
from ifn.programmes.actions.planning import ReasonMissing
from ifn.programmes.forms.following import AnswerPromiseForm, HowForm, MentorVisitForm
from ifn.programmes.models import Action, Commitment, Mentor, Registration, Side
from ifn.programmes.queries.following import (
    actions_of_mentor,
    actions_of_partner,
    looked_after,
    participant_of_mentor,
    plan_of,
    promises_of,
    visits_of,
)
from ifn.programmes.views.answering import HowSaid, said_how
from ifn.programmes.views.planrows import PROMISES, plan_rows, visit_rows
from ifn.programmes.views.plans import handed_out
from ifn.programmes.views.reaching import mentor_by_link, opened_by_link, partner_by_link
from ifn.programmes.views.writing import days_of, place_of


@access.everyone
@opened_by_link
@never_cache
@require_safe
def mentor(request: HttpRequest, token: str) -> HttpResponse:
    """Show a mentor whom they look after, and what they themselves are to do."""
    one, today = mentor_by_link(token), localdate()
    context = {
        **_head(one),
        "token": token,
        "people": looked_after(one, today),
        "actions": plan_rows(
            actions_of_mentor(one),
            today=today,
            tell=lambda each: reverse("programmes:mentor-tells", args=[token, each.pk]),
            file=lambda _each: "",
        ),
    }
    return render(request, "programmes/mentor.html", context)


def _head(one: Any) -> dict[str, Any]:
    batch = one.batch
    return {
        "helper": one,
        "batch": batch,
        "days": days_of(batch.starts_on, batch.ends_on),
        "place": place_of(batch),
    }


def _participant(one: Mentor, pk: int) -> Registration:
    found = participant_of_mentor(one, pk)
    if found is None:
        raise Http404
    return found


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mentored(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Show a mentor one participant's plan and visits, and let them note a visit."""
    one, today = mentor_by_link(token), localdate()
    registration = _participant(one, pk)
    form = MentorVisitForm(request.POST if request.method == "POST" else None, registration, today)
    if request.method == "POST" and form.is_valid() and _noted(form, registration, one, today):
        messages.success(request, _("The visit is noted."))
        return redirect("programmes:mentored", token, pk)

    def tell(each: Action) -> str:
        is_own = each.mentor_id == one.pk
        return reverse("programmes:mentor-tells", args=[token, each.pk]) if is_own else ""

    context = {
        **_head(one),
        "token": token,
        "one": registration,
        "actions": plan_rows(
            plan_of(registration),
            today=today,
            tell=tell,
            file=lambda each: reverse("programmes:mentor-file", args=[token, pk, each.pk]),
        ),
        "visits": visit_rows(visits_of(registration, with_internal=True)),
        "form": form,
    }
    return render(request, "programmes/mentored.html", context)


def _noted(form: MentorVisitForm, registration: Registration, mentor: Mentor, today: date) -> bool:
    try:
        visiting.note_visit(
            registration,
            form.seen(),
            mentor=mentor,
            key=form.given_key(),
            actor=None,
            at=now(),
            today=today,
        )
    except (following.NotFollowed, following.TooMany):
        form.add_error(None, _("No visit can be noted here now."))
        return False
    return True


def _action(rows: list[Action], pk: int) -> Action:
    found = next((each for each in rows if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


@access.everyone
@opened_by_link
@require_POST
def mentor_tells(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Let a mentor say how an action of theirs goes."""
    found = _action(actions_of_mentor(mentor_by_link(token)), pk)
    form = HowForm(request.POST, request.FILES)
    said_how(request, HowSaid(found, form, Side.MENTOR, None))
    if "peserta" in request.POST:
        return redirect("programmes:mentored", token, found.registration_id)
    return redirect("programmes:mentor-link", token)


@access.everyone
@opened_by_link
@require_safe
def mentor_file(_request: HttpRequest, token: str, pk: int, file: int) -> HttpResponseBase:
    """Hand out a photo of a participant's plan to the mentor who looks after them."""
    return handed_out(_participant(mentor_by_link(token), pk), file)


@access.everyone
@opened_by_link
@never_cache
@require_safe
def partner(request: HttpRequest, token: str) -> HttpResponse:
    """Show a partner what it promised and is to do."""
    one, today = partner_by_link(token), localdate()
    context = {
        **_head(one),
        "token": token,
        "promises": [
            _promise(each, is_overdue=_is_overdue(each, today)) for each in promises_of(one)
        ],
        "actions": plan_rows(
            actions_of_partner(one),
            today=today,
            tell=lambda each: reverse("programmes:partner-tells", args=[token, each.pk]),
            file=lambda _each: "",
        ),
    }
    return render(request, "programmes/partner_link.html", context)


def _promise(one: Commitment, *, is_overdue: bool) -> dict[str, Any]:
    tone = "bad" if is_overdue else PROMISES[Commitment.State(one.state)]
    return {
        "one": one,
        "tone": tone,
        "says": _("Overdue") if is_overdue else one.get_state_display(),
    }


def _is_overdue(one: Commitment, today: date) -> bool:
    is_open = one.state == Commitment.State.PROMISED
    return is_open and one.due_on is not None and one.due_on < today


@access.everyone
@opened_by_link
@require_POST
def partner_answers(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Let a partner say what came of a promise."""
    one = partner_by_link(token)
    promise = next((each for each in promises_of(one) if each.pk == pk), None)
    if promise is None:
        raise Http404
    form = AnswerPromiseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the new day as a date."))
        return redirect("programmes:partner-link", token)
    try:
        partnering.settle(promise, **form.cleaned_data, side=Side.PARTNER, actor=None, at=now())
    except partnering.DayMissing:
        messages.error(request, _("Say until when you can keep it."))
    except ReasonMissing:
        messages.error(request, _("Write why it is not possible."))
    else:
        messages.success(request, _("Noted. Thank you."))
    return redirect("programmes:partner-link", token)


@access.everyone
@opened_by_link
@require_POST
def partner_tells(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Let a partner say how an action goes."""
    found = _action(actions_of_partner(partner_by_link(token)), pk)
    form = HowForm(request.POST, request.FILES)
    said_how(request, HowSaid(found, form, Side.PARTNER, None))
    return redirect("programmes:partner-link", token)
