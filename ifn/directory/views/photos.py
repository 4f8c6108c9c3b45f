"""Photos of a profile: straight from the camera, in the order their owner gives them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.directory import actions, clean
from ifn.directory import pictures as preparing
from ifn.directory.actions.pictures import MOST_PICTURES
from ifn.directory.memberforms import CaptionForm
from ifn.directory.models import Business, Picture
from ifn.directory.queries import pictures_of
from ifn.directory.views.member import may_look_after


@access.members
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: SignedInRequest, number: str) -> HttpResponse:
    business, role = may_look_after(request.user, number)
    if request.method == "POST":
        sent = [*request.FILES.getlist("camera"), *request.FILES.getlist("photos")]
        if not sent:
            messages.error(request, _("No photo came. Choose one or more and send them again."))
        else:
            _add(request, business, sent)
        return redirect("directory:photos", business.number)
    context = {
        "business": business,
        "role": role,
        "pictures": pictures_of(business),
        "most": MOST_PICTURES,
    }
    return render(request, "directory/photos.html", context)


def _add(request: SignedInRequest, business: Business, sent: Iterable[Any]) -> None:
    """Keep what can be kept of the photos sent, and say of each other one why not."""
    added = left = 0
    for upload in sent:
        if left:
            left += 1
            continue
        try:
            preparing.check_length(upload.size or 0)
            actions.add_picture(business, upload.read(), actor=request.user, at=now())
        except clean.Refused as refused:
            messages.error(request, f"{clean.plain_line(upload.name or '')[:60]}: {refused}")
        except actions.TooManyPictures:
            left = 1
        else:
            added += 1
    if added:
        said = ngettext("%(number)d photo is added.", "%(number)d photos are added.", added)
        messages.success(request, said % {"number": added})
    if left:
        said = ngettext(
            "A profile has at most %(most)d photos; %(number)d did not fit.",
            "A profile has at most %(most)d photos; %(number)d did not fit.",
            left,
        )
        messages.error(request, said % {"most": MOST_PICTURES, "number": left})


@access.members
@require_POST
def photo(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Move a photo or remove it."""
    business, _role = may_look_after(request.user, number)
    picture = get_object_or_404(
        Picture.objects.select_related("business"), pk=pk, business=business
    )
    if "remove" in request.POST:
        actions.remove_picture(picture, actor=request.user, at=now())
        messages.success(request, _("The photo is removed."))
    elif "to" in request.POST:
        _move(request, picture)
    return redirect("directory:photos", business.number)


@access.members
@require_POST
def captions(request: SignedInRequest, number: str) -> HttpResponse:
    """Say what the photos show: all of them at once, or the one whose button was pressed."""
    business, _role = may_look_after(request.user, number)
    only = request.POST.get("only")
    given: dict[int, tuple[str, str]] = {}
    too_long = 0
    for picture in pictures_of(business):
        prefix = str(picture.pk)
        if f"{prefix}-caption_id" not in request.POST or only not in {None, prefix}:
            continue  # added meanwhile, or not asked for
        form = CaptionForm(request.POST, prefix=prefix)
        if form.is_valid():
            given[picture.pk] = (form.cleaned_data["caption_id"], form.cleaned_data["caption_en"])
        else:
            too_long += 1
    changed = actions.caption_pictures(business, given, actor=request.user, at=now())
    if too_long:
        messages.error(request, _("The description is too long; 160 letters are enough."))
    if changed or not too_long:
        messages.success(request, _saved(changed))
    return redirect("directory:photos", business.number)


def _saved(changed: int) -> str:
    if not changed:
        return _("Nothing was different: all descriptions are as they were.")
    said = ngettext("The description is saved.", "%(number)d descriptions are saved.", changed)
    return said % {"number": changed}


def _move(request: SignedInRequest, picture: Picture) -> None:
    to = request.POST["to"]
    if not to.isdecimal() or len(to) > 2:  # noqa: PLR2004  # places have at most two digits
        return
    try:
        actions.move_picture(picture, to=int(to), actor=request.user, at=now())
    except Picture.DoesNotExist:
        messages.info(request, _("This photo was removed already."))
