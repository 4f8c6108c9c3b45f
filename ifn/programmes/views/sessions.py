"""Sessions of a batch: entered, changed, with files, the code for phones, the sheet to sign."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory.downloads import private_file
from ifn.directory.handing import private_files
from ifn.programmes import tokens
from ifn.programmes.actions import attending, teaching
from ifn.programmes.forms.running import FileForm, MentorForm, SessionForm
from ifn.programmes.models import Attendance, Batch, Mentor, Session, SessionFile
from ifn.programmes.planning.overlaps import Shared
from ifn.programmes.queries.attending import participants_of, sessions_of, sheet_of
from ifn.programmes.views.reaching import frame, part_of, planned_batch
from ifn.ui.squares import square_code


@access.staff
@require_safe
def sessions(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the curriculum and who teaches."""
    batch = planned_batch(request.user, code)
    context = {
        **frame(batch, request.user, "sessions"),
        "sessions": sessions_of(batch),
        "mentors": batch.mentors.order_by("name"),
        "form": MentorForm(),
    }
    return render(request, "programmes/sessions.html", context)


@access.staff
@require_POST
def add_mentor(request: SignedInRequest, code: str) -> HttpResponse:
    """Name somebody who teaches."""
    batch = planned_batch(request.user, code)
    form = MentorForm(request.POST)
    if form.is_valid():
        teaching.add_mentor(batch, **form.cleaned_data, actor=request.user, at=now())
    else:
        messages.error(request, _("Write the mentor's name."))
    return redirect("programmes:sessions", batch.code)


@access.staff
@require_POST
def remove_mentor(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a mentor out."""
    batch = planned_batch(request.user, code)
    try:
        teaching.remove_mentor(
            part_of(batch, Mentor.objects.all(), pk), actor=request.user, at=now()
        )
    except teaching.StillTeaches:
        messages.error(
            request,
            _("This mentor still has sessions, actions or visits. Give them to others first."),
        )
    return redirect("programmes:sessions", batch.code)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter a session."""
    batch = planned_batch(request.user, code)
    form = SessionForm(request.POST if request.method == "POST" else None, batch)
    if request.method == "POST" and form.is_valid() and (one := _written(request, form, None)):
        return redirect("programmes:session", batch.code, one.pk)
    context = {**frame(batch, request.user, ""), "form": form}
    return render(request, "programmes/session_form.html", context)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show a session with everything that is kept of it, and change it."""
    batch, one = _found(request, code, pk)
    form = SessionForm(request.POST if request.method == "POST" else None, batch, one)
    if request.method == "POST" and form.is_valid() and _written(request, form, one):
        messages.success(request, _("The session is saved."))
        return redirect("programmes:session", batch.code, one.pk)
    context = {
        **frame(batch, request.user, ""),
        "session": one,
        "form": form,
        "file_form": FileForm(),
        "files": one.files.order_by("kind", "pk"),
        **_presence(batch, one),
    }
    return render(request, "programmes/session.html", context)


def _presence(batch: Batch, one: Session) -> dict[str, Any]:
    there = dict(Attendance.objects.filter(session=one).values_list("registration", "way"))
    ways = dict(Attendance.Way.choices)
    people = [
        {"one": each, "is_there": each.pk in there, "way": ways.get(there.get(each.pk, ""), "")}
        for each in participants_of(batch)
    ]
    return {"people": people, "there": len(there), "has_begun": one.opens_at() <= now()}


def _found(request: SignedInRequest, code: str, pk: int) -> tuple[Batch, Session]:
    batch = planned_batch(request.user, code)
    one = part_of(batch, Session.objects.select_related("mentor"), pk)
    one.batch = batch
    return batch, one


def _written(request: SignedInRequest, form: SessionForm, one: Session | None) -> Session | None:
    try:
        return teaching.write_session(form.batch, one, form.facts(), actor=request.user, at=now())
    except teaching.OutsideDays:
        form.add_error("on", _("This day is not one of the batch's days."))
    except teaching.Overlaps as refused:
        clash = refused.clash
        says = {
            Shared.MENTOR: _("The mentor has “%(title)s” at this time."),
            Shared.PLACE: _("“%(title)s” is in this place at this time."),
        }[clash.shared]
        name = "mentor" if clash.shared == Shared.MENTOR else "place"
        form.add_error(name, says % {"title": clash.slot.title})
    except teaching.TooMany:
        form.add_error(None, _("There are as many sessions as a batch can have."))
    return None


@access.staff
@require_POST
def remove_session(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Remove a session that nobody was at."""
    batch, one = _found(request, code, pk)
    try:
        teaching.remove_session(one, actor=request.user, at=now())
    except teaching.WasHeld:
        messages.error(request, _("Somebody was at this session, so it stays."))
        return redirect("programmes:session", batch.code, one.pk)
    return redirect("programmes:sessions", batch.code)


@access.staff
@require_POST
def add_file(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Keep a link or a file with a session."""
    batch, one = _found(request, code, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        for fault in [text for texts in form.errors.values() for text in texts]:
            messages.error(request, str(fault))
        return redirect("programmes:session", batch.code, one.pk)
    data = form.cleaned_data
    try:
        teaching.add_file(
            one,
            data["kind"],
            data["label"],
            given=form.given,
            address=data["address"],
            actor=request.user,
            at=now(),
        )
    except teaching.TooMany:
        messages.error(request, _("This session has forty files already. Remove one first."))
    return redirect("programmes:session", batch.code, one.pk)


@access.staff
@require_POST
def remove_file(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Remove a link or a file of a session."""
    batch = planned_batch(request.user, code)
    one = SessionFile.objects.filter(session__batch=batch, pk=pk).first()
    if one is None:
        raise Http404
    teaching.remove_file(one, actor=request.user, at=now())
    return redirect("programmes:session", batch.code, one.session_id)


@access.staff
@require_safe
def staff_file(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """Hand out a file of a session to who plans it."""
    batch = planned_batch(request.user, code)
    one = SessionFile.objects.filter(session__batch=batch, pk=pk).exclude(file="").first()
    if one is None:
        raise Http404
    return private_file(private_files().open(one.file), f"{batch.code}-{one.pk}", in_page=True)


@access.staff
@require_POST
def tick(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Note who was at a session, as ticked."""
    batch, one = _found(request, code, pk)
    present = {int(key) for key in request.POST.getlist("present") if key.isdecimal()}
    way = Attendance.Way.SHEET if "sheet" in request.POST else Attendance.Way.LIST
    try:
        came, went = attending.tick(one, present, way=way, actor=request.user, at=now())
    except attending.NotAdmitted:
        messages.error(request, _("Somebody on the list has no seat in this batch."))
    except attending.NotYet:
        messages.error(
            request,
            _("Attendance is noted once participants are confirmed and the session begins."),
        )
    except attending.CertificateStands:
        messages.error(
            request, _("A certificate rests on this attendance. Withdraw the certificate first.")
        )
    else:
        messages.success(
            request,
            _("Saved: %(came)d more were there, %(went)d fewer.") % {"came": came, "went": went},
        )
    return redirect("programmes:session", batch.code, one.pk)


@access.staff
@require_safe
def screen(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show the code of a session large, for a screen or a poster."""
    batch, one = _found(request, code, pk)
    path = reverse("programmes:here", args=[tokens.for_session(one.pk)])
    address = f"{settings.PUBLIC_ADDRESS}{path}"
    context = {"batch": batch, "session": one, "code": square_code(address), "address": address}
    return render(request, "programmes/screen.html", context)


@access.staff
@require_safe
def signature_sheet(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Show the list of participants to be printed and signed."""
    batch, one = _found(request, code, pk)
    context = {"batch": batch, "session": one, "people": participants_of(batch)}
    return render(request, "programmes/signature_sheet.html", context)


@access.staff
@require_safe
def attendance(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who was at which session, and what share that is."""
    batch = planned_batch(request.user, code)
    sheet = sheet_of(batch, at=now())
    ways = dict(Attendance.Way.choices)
    rows = [
        {
            "record": record,
            "cells": [
                ways.get(sheet.ways.get((record.registration.pk, each.pk), ""), "")
                for each in sheet.sessions
            ],
            "is_enough": record.held and record.percent >= batch.completion_share,
        }
        for record in sheet.records
    ]
    context = {
        **frame(batch, request.user, "attendance"),
        "sessions": sheet.sessions,
        "rows": rows,
    }
    return render(request, "programmes/attendance.html", context)
