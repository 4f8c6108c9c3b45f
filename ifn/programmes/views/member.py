"""What firms and those who come do: register, look at their own record, say that they are there."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.programmes import policies, tokens
from ifn.programmes.actions import attending, quizzing, registering
from ifn.programmes.choosing.wording import rule_of
from ifn.programmes.forms.planning import ReasonForm
from ifn.programmes.forms.taking_part import AnswerForm, MemberForm
from ifn.programmes.models import Attendance, Batch, Quiz, Registration, Session, SessionFile
from ifn.programmes.planning import states
from ifn.programmes.planning.items import questions_of
from ifn.programmes.queries.attending import attended_by, record_of, sessions_of
from ifn.programmes.queries.participants import (
    businesses_to_register,
    certificates_of,
    own_registrations,
    place_in_line,
    registration_of,
    seats_of,
)
from ifn.programmes.views.certified import handed_out
from ifn.programmes.views.own import plan_context
from ifn.programmes.views.reaching import LOOKS, by_link, opened_by_link, own_registration
from ifn.programmes.views.saying import waves_of
from ifn.programmes.views.writing import (
    conditions_of,
    days_of,
    place_of,
    standing_of,
    where_of,
)

#: Where a visitor's session keeps whose link they opened, so that a code at the place knows them.
OPENED = "programmes-participant"


@access.members
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Show the batches for which a person's businesses registered."""
    rows = [
        {
            "one": one,
            "look": _look(one),
            "says": standing_of(one),
            "days": days_of(one.batch.starts_on, one.batch.ends_on),
            "place": place_of(one.batch),
        }
        for one in own_registrations(request.user)
    ]
    return render(request, "programmes/mine.html", {"rows": rows})


def _look(one: Registration) -> str:
    return LOOKS[one.state] if one.batch.is_announced or one.is_gone else ""


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest, code: str) -> HttpResponse:
    """Register one of one's businesses."""
    batch = get_object_or_404(Batch.objects.shown().select_related("region"), code=code)
    businesses = businesses_to_register(request.user)
    initial = {"name": request.user.name, "phone": request.user.phone or ""}
    form = MemberForm(
        request.POST if request.method == "POST" else None, businesses, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        one = _registered(request, batch, form)
        if one:
            return redirect("programmes:own", one.pk)
    context = {
        "batch": batch,
        "form": form,
        "businesses": businesses,
        "is_open": registering.is_open(batch, "self", localdate()),
        "conditions": conditions_of(batch),
        "rule": rule_of(batch.rule) if batch.admits == Batch.Admits.CHOSEN else [],
        "days": days_of(batch.starts_on, batch.ends_on),
        "place": place_of(batch),
    }
    return render(request, "programmes/register.html", context)


def _registered(request: SignedInRequest, batch: Batch, form: MemberForm) -> Registration | None:
    business = form.businesses[form.cleaned_data["business"]]
    person = request.user if form.cleaned_data["is_self"] else None
    try:
        return registering.register(
            batch,
            business,
            form.comer(person=person),
            way=Registration.Way.SELF,
            actor=request.user,
            at=now(),
            today=localdate(),
        )
    except registering.NotOpen:
        form.add_error(None, _("Registration for this batch is closed."))
    except registering.DecidedAlready:
        form.add_error(None, _("It was decided about this business already."))
    return None


@access.members
@never_cache
@require_safe
def own(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a participant's own record."""
    one, role = own_registration(request.user, pk)
    may_tell = policies.can_tell(request.user, one, role)
    context = _record(one, "", at=now(), may_tell=may_tell) | {
        "can_withdraw": policies.can_withdraw(request.user, one, role)
        or one.person_id == request.user.pk,
        "path": reverse("programmes:own", args=[one.pk]),
        "comer_url": reverse("programmes:comer", args=[one.pk])
        if policies.can_change_comer(request.user, one, role)
        else "",
    }
    return render(request, "programmes/participant.html", context)


def _record(one: Registration, token: str, *, at: datetime, may_tell: bool) -> dict[str, Any]:
    batch = one.batch
    is_in = one.seat is not None and batch.is_announced
    there = attended_by(one) if is_in else {}
    sessions = [
        {
            "one": each,
            "was": there.get(each.pk),
            "is_open": is_in and batch.state in states.ATTENDS and each.is_open(at),
            "files": [file for file in each.files.all() if file.kind == SessionFile.Kind.MATERIAL],
        }
        for each in (sessions_of(batch) if is_in else [])
    ]
    plan = plan_context(one, token, may_tell=may_tell) if is_in else {}
    return plan | {
        "one": one,
        "batch": batch,
        "look": _look(one),
        "says": standing_of(one, place_in_line(one)),
        "reason": one.reason if batch.is_announced or one.state == "withdrawn" else "",
        "facts": where_of(batch),
        "is_in": is_in,
        "sessions": sessions,
        "record": record_of(one, at=at) if is_in else None,
        "quizzes": _quizzes(one) if is_in else [],
        "certificates": certificates_of(one),
        "form": ReasonForm(),
        "is_over": batch.is_over,
        "waves": waves_of(one, localdate(at, batch.zone)) if is_in else [],
        "can_download": is_in,
    }


def _quizzes(one: Registration) -> list[dict[str, Any]]:
    answered = {(each.quiz_id, each.round) for each in one.quiz_answers.all()}
    rows = Quiz.objects.filter(batch=one.batch_id).exclude(is_open="").order_by("pk")
    return [
        {"one": each, "is_done": (each.pk, each.is_open) in answered, "round": each.is_open}
        for each in rows
    ]


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: HttpRequest, token: str) -> HttpResponse:
    """Show a participant's record to who has their link, and let them say that they are there."""
    one = by_link(token)
    request.session[OPENED] = one.pk
    path = reverse("programmes:participant", args=[token])
    if request.method == "POST":
        return _acted(request, one, path, None)
    context = _record(one, token, at=now(), may_tell=True) | {
        "can_withdraw": not one.is_gone,
        "path": path,
        "token": token,
        "comer_url": reverse("programmes:comer-by-link", args=[token]),
    }
    return render(request, "programmes/participant.html", context)


@access.members
@require_POST
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one is there, or withdraw, signed in."""
    one, role = own_registration(request.user, pk)
    if "withdraw" in request.POST:
        access.require(
            policies.can_withdraw(request.user, one, role) or one.person_id == request.user.pk
        )
    return _acted(request, one, reverse("programmes:own", args=[one.pk]), request.user)


def _acted(request: HttpRequest, one: Registration, path: str, actor: User | None) -> HttpResponse:
    if "withdraw" in request.POST:
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        registering.withdraw(one, reason=reason, actor=actor, at=now())
        messages.success(request, _("You withdrew. Thank you for saying so."))
        return redirect(path)
    key = request.POST.get("session", "")
    session = Session.objects.filter(batch=one.batch_id, pk=int(key) if key.isdecimal() else 0)
    if found := session.first():
        _be_there(request, found, one, Attendance.Way.ONLINE, actor)
    return redirect(path)


def _be_there(
    request: HttpRequest, session: Session, one: Registration, way: str, actor: User | None
) -> bool:
    try:
        attending.be_there(session, one, way=way, actor=actor, at=now())
    except attending.NotAdmitted:
        messages.error(request, _("You have no seat in this batch."))
    except attending.NotNow:
        messages.error(
            request,
            _("This session is not going on now. Ask the officer to tick you in the list."),
        )
    else:
        messages.success(request, _("Noted: you are there."))
        return True
    return False


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, token: str) -> HttpResponse:
    """Let who scanned the code of a session say that they are there, with one tap."""
    try:
        key = tokens.session_of(token)
    except tokens.Foreign:
        raise Http404 from None
    session = get_object_or_404(Session.objects.select_related("batch__region"), pk=key)
    known = _known(request, session.batch)
    chosen = [one for one in known if str(one.pk) == request.POST.get("who", "")]
    actor = request.user if isinstance(request.user, User) else None
    is_noted = bool(chosen) and _be_there(request, session, chosen[0], Attendance.Way.CODE, actor)
    context = {
        "session": session,
        "batch": session.batch,
        "known": known,
        "is_open": session.is_open(now()) and session.batch.state in states.ATTENDS,
        "is_noted": is_noted,
        "is_signed_in": actor is not None,
        "token": token,
    }
    return render(request, "programmes/here.html", context)


def _known(request: HttpRequest, batch: Batch) -> list[Registration]:
    """Return the seats of whoever asks: by their account, or by the link they opened before."""
    if isinstance(request.user, User):
        return seats_of(batch, request.user)
    found = registration_of(int(request.session.get(OPENED, 0)))
    return [found] if found and found.batch_id == batch.pk and found.seat is not None else []


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: int, quiz: int) -> HttpResponse:
    """Answer a test, signed in."""
    one, _role = own_registration(request.user, pk)
    return _answered(request, one, quiz, reverse("programmes:own", args=[one.pk]))


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str, quiz: int) -> HttpResponse:
    """Answer a test by a participant's link."""
    one = by_link(token)
    return _answered(request, one, quiz, reverse("programmes:participant", args=[token]))


def _answered(request: HttpRequest, one: Registration, key: int, back: str) -> HttpResponse:
    if one.seat is None:
        raise Http404
    quiz = get_object_or_404(Quiz.objects.exclude(is_open=""), batch=one.batch_id, pk=key)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, questions_of(quiz.questions)
    )
    if request.method == "POST" and form.is_valid():
        try:
            quizzing.answer(quiz, one, form.chosen(), at=now())
        except quizzing.AnsweredAlready:
            messages.info(request, _("You have answered this test already."))
        except quizzing.NotAsked:
            messages.error(request, _("This test is closed."))
        else:
            messages.success(request, _("Your answers are kept. Thank you."))
        return redirect(back)
    return render(request, "programmes/answer.html", {"quiz": quiz, "form": form, "back": back})


@access.members
@require_safe
def material(request: SignedInRequest, pk: int, file: int) -> HttpResponseBase:
    """Hand out material of a session to a participant who is signed in."""
    one, _role = own_registration(request.user, pk)
    return _material(one, file)


@access.everyone
@opened_by_link
@require_safe
def material_by_link(_request: HttpRequest, token: str, file: int) -> HttpResponseBase:
    """Hand out material of a session to who has a participant's link."""
    return _material(by_link(token), file)


def _material(one: Registration, key: int) -> HttpResponseBase:
    rows = SessionFile.objects.filter(
        session__batch=one.batch_id, kind=SessionFile.Kind.MATERIAL, pk=key
    )
    found = rows.exclude(file="").first() if one.seat is not None else None
    if found is None:
        raise Http404
    return private_file(private_files().open(found.file), f"materi-{found.pk}")


@access.members
@require_safe
def certificate(request: SignedInRequest, pk: int, code: str) -> HttpResponseBase:
    """Hand out a certificate to its holder who is signed in."""
    one, _role = own_registration(request.user, pk)
    return handed_out(one, code)


@access.everyone
@opened_by_link
@require_safe
def certificate_by_link(_request: HttpRequest, token: str, code: str) -> HttpResponseBase:
    """Hand out a certificate to who has a participant's link."""
    return handed_out(by_link(token), code)
