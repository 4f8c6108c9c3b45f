"""What changed: asked of participants by link or signed in, written down by the office."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.programmes.actions import outcomes as actions
from ifn.programmes.actions.asking import link_of
from ifn.programmes.actions.outcomes import Entry
from ifn.programmes.forms.outcomes import OutcomeForm, PhoneForm
from ifn.programmes.measuring.waves import Stage, Wave, window_of
from ifn.programmes.models import Outcome, Registration
from ifn.programmes.queries.batches import rows_of
from ifn.programmes.queries.outcomes import grid_of, outcome_of
from ifn.programmes.views.reaching import (
    by_link,
    desk_batch,
    frame,
    opened_by_link,
    own_registration,
    staff_registration,
)
from ifn.programmes.views.saying import day_word, refusal_of, state_of

METHODS = ["GET", "HEAD", "POST"]


@access.members
@never_cache
@require_http_methods(METHODS)
def outcome(request: SignedInRequest, pk: int, wave: str) -> HttpResponse:
    """Let a participant who is signed in say how the firm is doing."""
    one, _role = own_registration(request.user, pk)
    back = reverse("programmes:own", args=[one.pk])
    return _asked(request, one, _wave(wave), back, Outcome.Way.ACCOUNT, request.user)


@access.everyone
@opened_by_link
@never_cache
@require_http_methods(METHODS)
def outcome_by_link(request: HttpRequest, token: str, wave: str) -> HttpResponse:
    """Let who has a participant's link say how the firm is doing."""
    one = by_link(token)
    back = reverse("programmes:participant", args=[token])
    return _asked(request, one, _wave(wave), back, Outcome.Way.LINK, None)


def _wave(name: str) -> Wave:
    try:
        return Wave(name)
    except ValueError:
        raise Http404 from None


def _asked(  # who, what, and on which way
    request: HttpRequest,
    one: Registration,
    wave: Wave,
    back: str,
    way: str,
    actor: User | None,
) -> HttpResponse:
    today = localdate(timezone=one.batch.zone)
    try:
        actions.check_open(one.batch, one, wave, today)
    except actions.NotAsked:
        raise Http404 from None
    except (actions.NotYet, actions.IsOver) as refused:
        return _closed(request, one, wave, back, refusal_of(refused))
    known = outcome_of(one, wave)
    page = request.POST.get("page") or secrets.token_hex(16)
    form = OutcomeForm(request.POST if request.method == "POST" else None, wave, known, page)
    if request.method == "POST":
        answer = _sent(request, one, wave, form, Sending(way, today, actor, back))
        if answer is not None:
            return answer
    context = {
        **_shown(one, wave, known, form, today),
        "back": back,
        "before": actions.last_said(one, wave) if not (known and known.finished_at) else None,
    }
    return render(request, "programmes/outcome.html", context)


@dataclass(frozen=True, slots=True)
class Sending:
    """How something is sent: on which way, which day, by whom, and where one goes then."""

    way: str
    said_on: date
    actor: User | None
    back: str

    def entry(self, form: OutcomeForm) -> Entry:
        """Return what the action has to know."""
        given = form.cleaned_data
        return Entry(self.way, self.said_on, given.get("seen") or 0, given.get("page", ""))


def _sent(
    request: HttpRequest, one: Registration, wave: Wave, form: OutcomeForm, sending: Sending
) -> HttpResponse | None:
    """Keep what was sent; return where to go then, or nothing where the page is shown again."""
    is_typing, is_same = "autosave" in request.POST, "same" in request.POST
    if not (form.is_valid() or is_typing or is_same):
        return None
    try:
        known = _keep(one, wave, form, sending, is_typing=is_typing, is_same=is_same)
    except actions.ChangedMeanwhile:
        says = _("Somebody else changed these answers meanwhile. Load the page anew.")
    except (actions.NotYet, actions.IsOver) as refused:
        says = refusal_of(refused)
    except actions.NothingBefore:
        says = _("Nothing was said before that could be the same.")
    else:
        if is_typing:
            return _kept(form, known)
        messages.success(request, _("Thank you. Your answers are kept."))
        return redirect(sending.back)
    if is_typing:
        return _plain(says)
    form.add_error(None, says)
    return None


def _keep(  # what, and how it came
    one: Registration,
    wave: Wave,
    form: OutcomeForm,
    sending: Sending,
    *,
    is_typing: bool,
    is_same: bool,
) -> Outcome:
    entry, at = sending.entry(form), now()
    if is_same and not is_typing:
        return actions.same_again(one, wave, entry, actor=sending.actor, at=at)
    return actions.save_answers(
        one, wave, form.facts(), entry, is_finished=not is_typing, actor=sending.actor, at=at
    )


def _kept(form: OutcomeForm, known: Outcome) -> HttpResponse:
    clock = localtime(known.changed_at).strftime("%H:%M")
    if form.errors:
        said = _("Saved at %(clock)s, but for what is wrong.") % {"clock": clock}
    else:
        said = _("Saved at %(clock)s") % {"clock": clock}
    return _plain(said, str(known.version))


def _plain(said: str, version: str = "") -> HttpResponse:
    kind = "text/plain; charset=utf-8"
    return HttpResponse(said, content_type=kind, headers={"X-Version": version})


def _closed(
    request: HttpRequest, one: Registration, wave: Wave, back: str, says: str
) -> HttpResponse:
    context = {"one": one, "batch": one.batch, "wave": Outcome.When(wave).label, "says": says}
    return render(request, "programmes/outcome_closed.html", context | {"back": back})


def _shown(
    one: Registration, wave: Wave, known: Outcome | None, form: OutcomeForm, today: date
) -> dict[str, Any]:
    window = window_of(wave, one.batch.starts_on, one.batch.ends_on)
    return {
        "one": one,
        "batch": one.batch,
        "wave": Outcome.When(wave).label,
        "form": form,
        "known": known,
        "is_list_open": bool(form["certificates"].value() or form["certificates"].errors),
        "until": window.until,
        "is_late": window.stage(today) == Stage.LATE,
        "version": known.version if known else "",
    }


@access.staff
@require_safe
def outcomes(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who answered in which wave, and who did not; a Dinas sees its own firms."""
    batch = desk_batch(request.user, code)
    today = localdate(timezone=batch.zone)
    people = [one for one in rows_of(batch, request.user) if one.seat is not None]
    grid = grid_of(batch, people, today)
    rows = [
        {
            "one": one,
            "cells": [
                {
                    "wave": response.wave,
                    "known": grid.outcomes.get((one.pk, response.wave)),
                    "state": state_of(
                        grid.outcomes.get((one.pk, response.wave)),
                        grid.askings.get((one.pk, response.wave)),
                        response.stage,
                    ),
                    "is_open": response.is_begun and batch.state in actions.ASKS,
                }
                for response in grid.responses
            ],
        }
        for one in people
    ]
    context = {
        **frame(batch, request.user, "outcomes"),
        "rows": rows,
        "waves": [
            {"label": Outcome.When(each.wave).label, "days": day_word(each), "response": each}
            for each in grid.responses
        ],
    }
    return render(request, "programmes/outcomes.html", context)


def _whatsapp(one: Registration, wave: Wave, stage: Stage) -> str:
    """Return an address that opens WhatsApp with the question and the personal link, or nothing."""
    if not one.phone or one.batch.is_demo or stage not in {Stage.OPEN, Stage.LATE}:
        return ""
    link = link_of(one, wave, "id", at=now())
    with translation.override("id"):
        text = _(
            "Hello %(name)s. How is %(firm)s doing since the mentoring? It takes two minutes: "
            "%(link)s"
        ) % {"name": one.name, "firm": one.business.name, "link": link}
    return f"https://wa.me/{one.phone.lstrip('+')}?text={quote(text)}"


@access.staff
@require_http_methods(METHODS)
def outcome_of_participant(request: SignedInRequest, code: str, pk: int, wave: str) -> HttpResponse:
    """Write down what a participant says on the phone or on a visit."""
    batch = desk_batch(request.user, code)
    one, which = staff_registration(request.user, batch, pk), _wave(wave)
    today, known = localdate(timezone=batch.zone), outcome_of(one, which)
    back = reverse("programmes:outcomes", args=[batch.code])
    if one.seat is None or batch.state not in actions.ASKS:
        raise Http404
    window = window_of(which, batch.starts_on, batch.ends_on)
    if window.stage(today) == Stage.COMING:
        says = refusal_of(actions.NotYet(window.opens_on))
        return _closed(request, one, which, back, says)
    page = request.POST.get("page") or secrets.token_hex(16)
    form = PhoneForm(
        request.POST if request.method == "POST" else None, which, known, page, today=today
    )
    if request.method == "POST":
        form.full_clean()
        given = form.cleaned_data
        said_on = given.get("said_on") or (known.said_on if known else today)
        way = given.get("way") or Outcome.Way.PHONE
        answer = _sent(request, one, which, form, Sending(way, said_on, request.user, back))
        if answer is not None:
            return answer
    context = {
        **_shown(one, which, known, form, today),
        "back": back,
        "is_staff": True,
        "whatsapp": _whatsapp(one, which, window.stage(today)),
        "before": actions.last_said(one, which) if not (known and known.finished_at) else None,
    }
    return render(request, "programmes/outcome.html", context)
