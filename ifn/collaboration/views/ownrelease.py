"""The release of a project inside the project: written, shown to partners, agreed to, published."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.collaboration import consentlinks
from ifn.collaboration.actions import consenting, releasing
from ifn.collaboration.actions.releasing import Shot
from ifn.collaboration.consentlinks import ConsentLink
from ifn.collaboration.forms.releases import AnswerForm, PictureForm, ReasonForm, ReleaseForm
from ifn.collaboration.models import (
    Project,
    ProjectPartner,
    Release,
    ReleaseConsent,
    ReleasePicture,
)
from ifn.collaboration.presenting import told
from ifn.collaboration.queries.projects import Stands
from ifn.collaboration.queries.releases import (
    consent_with,
    consents_of,
    pictures_of,
    release_of,
    whole_of,
    with_people,
)
from ifn.collaboration.views.reaching import frame, led_project, seen_project
from ifn.collaboration.views.releases import shown_parts
from ifn.directory import clean

_TONES = {"asked": "warn", "agreed": "good", "refused": "bad", "withdrawn": "bad"}


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_release(request: SignedInRequest, code: str) -> HttpResponse:
    """Show who agreed to the release, and let who leads the project write it.

    It stands there as visitors will read it for who is to say yes or no, and for who asks for it.
    """
    project, own = seen_project(request.user, code)
    release, leads = release_of(project), own.leads
    is_sent = request.method == "POST" and leads
    form = ReleaseForm(request.POST if is_sent else None, release)
    if is_sent and form.is_valid() and _written(request, project, form):
        return redirect("collaboration:own-release", project.code)
    context: dict[str, Any] = {
        **frame(project, "own-release", leads=leads),
        "form": form,
        "release": release,
    }
    if release is not None:
        context |= _standing(release, own, is_read=_READ in request.GET)
    return render(request, "collaboration/own_release.html", context)


#: In the address: the page is to be read whole.
_READ: Final = "pratinjau"


def _standing(release: Release, own: Stands, *, is_read: bool) -> dict[str, Any]:
    said = consents_of(release)
    is_draft = release.state == Release.State.DRAFT
    mine = [one for partner, one in said if one and partner.pk in own.speaks_for and not is_draft]
    context: dict[str, Any] = {
        "answers": _answers(release, said, leads=own.leads),
        "mine": mine,
        "read": f"?{_READ}=1",
        "pictures": pictures_of(release) if own.leads else [],
        "picture_form": PictureForm(),
        "reason_form": ReasonForm(),
    }
    if is_read or any(one.state == ReleaseConsent.State.ASKED for one in mine):
        whole = whole_of(release, preview=True)
        context |= shown_parts(whole, told(whole))
    return context


def _answers(
    release: Release, said: list[tuple[ProjectPartner, ReleaseConsent | None]], *, leads: bool
) -> list[dict[str, Any]]:
    """Return what each partner says; who leads gets the links of those without an account."""
    there = with_people(release.project) if leads else set()
    return [
        _answer(partner, one, with_link=leads and partner.business_id not in there)
        for partner, one in said
    ]


def _answer(
    partner: ProjectPartner, one: ReleaseConsent | None, *, with_link: bool
) -> dict[str, Any]:
    link = ""
    if with_link and one is not None:
        token = consentlinks.signed(ConsentLink(one.pk, partner.link))
        link = reverse("collaboration:consent", args=[token])
    return {
        "partner": partner,
        "one": one,
        "says": one.get_state_display() if one else _("Not asked yet"),
        "tone": _TONES[one.state] if one else "",
        "link": link,
    }


def _written(request: SignedInRequest, project: Project, form: ReleaseForm) -> bool:
    try:
        releasing.write_release(
            project,
            form.texts(),
            version=form.cleaned_data["version"] or 0,
            actor=request.user,
            at=now(),
        )
    except releasing.ReleaseChanged:
        form.add_error(None, _("Somebody else changed the text meanwhile. Your words are below."))
        return False
    except releasing.NothingWritten:
        form.add_error("title_id", _("Write a title."))
        return False
    messages.success(request, _("Saved. Partners who were asked before are asked anew."))
    return True


def _own(project: Project) -> Release:
    release = release_of(project)
    if release is None:
        raise Http404
    return release


@access.members
@require_POST
def move(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask partners, publish, or take the page down."""
    project, _stands = led_project(request.user, code)
    release, what = _own(project), request.POST.get("langkah", "")
    if what == "ask":
        _ask(request, release)
    elif what == "publish":
        _publish(request, release)
    elif what == "withdraw":
        _withdraw(request, release)
    return redirect("collaboration:own-release", project.code)


def _ask(request: SignedInRequest, release: Release) -> None:
    try:
        number = releasing.ask_partners(release, actor=request.user, at=now())
    except releasing.NothingWritten:
        messages.error(
            request, _("Write the story first, so that partners have something to read.")
        )
    except releasing.NobodyTakesPart:
        messages.error(request, _("No partner has accepted yet, so there is nobody to ask."))
    else:
        said = ngettext("%(n)d partner is asked.", "%(n)d partners are asked.", number)
        messages.success(request, said % {"n": number})


def _publish(request: SignedInRequest, release: Release) -> None:
    try:
        releasing.publish(release, on=localdate(), actor=request.user, at=now())
    except releasing.PartnersWaiting as waiting:
        said = _("Not yet: the yes of these partners is missing: %(names)s.")
        messages.error(request, said % {"names": ", ".join(waiting.names)})
    except (releasing.NotAsked, releasing.NobodyTakesPart):
        messages.error(request, _("Ask the partners first: a page is public with every yes."))
    else:
        messages.success(request, _("The page is public. Every partner is told."))


def _withdraw(request: SignedInRequest, release: Release) -> None:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        releasing.withdraw_release(release, reason=reason, actor=request.user, at=now())
    except releasing.ReasonMissing:
        messages.error(request, _("Write why the page is taken down."))
    else:
        messages.success(request, _("The page is taken down."))


@access.members
@require_POST
def picture(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a picture."""
    project, _stands = led_project(request.user, code)
    release, form = _own(project), PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a photo."))
        return redirect("collaboration:own-release", project.code)
    given = form.cleaned_data
    shot = Shot(given["picture"].read(), given["caption_id"], given["caption_en"], given["credit"])
    try:
        releasing.add_picture(release, shot, actor=request.user, at=now())
    except clean.Refused as refused:
        messages.error(request, str(refused))
    except releasing.TooManyPictures:
        said = _("A page has %(n)d pictures at most. Take one out first.")
        messages.error(request, said % {"n": releasing.MOST_PICTURES})
    else:
        messages.success(request, _("Added. Partners who were asked before are asked anew."))
    return redirect("collaboration:own-release", project.code)


@access.members
@require_POST
def remove_picture(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a picture out."""
    project, _stands = led_project(request.user, code)
    rows = ReleasePicture.objects.select_related("release")
    one = get_object_or_404(rows, release=_own(project), pk=pk)
    releasing.remove_picture(one, actor=request.user, at=now())
    messages.success(request, _("Taken out."))
    return redirect("collaboration:own-release", project.code)


@access.members
@require_POST
def answer(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Let the people of a partner say yes or no for it; nobody else says it for them."""
    project, own = seen_project(request.user, code)
    rows = ReleaseConsent.objects.select_related("partner")
    one = get_object_or_404(rows, release=_own(project), pk=pk)
    if one.partner_id not in own.speaks_for:
        raise Http404
    said(request, one, actor=request.user)
    return redirect("collaboration:own-release", project.code)


def said(request: HttpRequest, one: ReleaseConsent, *, actor: User | None) -> None:
    """Take what a partner says, and tell what came of it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say yes or no."))
        return
    given = form.cleaned_data
    try:
        if given["answer"] == "back":
            consenting.take_back(one, reason=given["reason"], actor=actor, at=now())
        else:
            consenting.answer(
                one,
                agrees=given["answer"] == "yes",
                text_version=given["text_version"],
                reason=given["reason"],
                actor=actor,
                at=now(),
            )
    except consenting.TextChanged:
        messages.error(request, _("The text was changed meanwhile. Read what it says now."))
    except releasing.ReasonMissing:
        messages.error(request, _("Write what should be different."))
    except consenting.NotAsked:
        messages.error(request, _("Nothing is asked of you here now."))
    else:
        messages.success(request, _("Noted. Thank you."))


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Let a partner without an account read a release by its link and say yes or no."""
    try:
        link = consentlinks.link_of(token)
    except consentlinks.Foreign:
        raise Http404 from None
    one = consent_with(link.consent)
    if one is None or one.partner.link != link.number or not _is_asked(one):
        raise Http404
    if request.method == "POST":
        said(request, one, actor=None)
        return redirect("collaboration:consent", token)
    whole = whole_of(one.release, preview=True)
    context = {**shown_parts(whole, told(whole)), "one": one, "token": token}
    return render(request, "collaboration/consent.html", context)


def _is_asked(one: ReleaseConsent) -> bool:
    """Say whether there is something to say: it takes part, and the release was shown to it."""
    return (
        one.partner.state == ProjectPartner.State.ACCEPTED
        and one.release.state != Release.State.DRAFT
    )
