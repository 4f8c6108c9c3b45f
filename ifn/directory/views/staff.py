from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.directory import actions, clean, numbers, policies
from ifn.directory.consentforms import ConsentForm, consent_words, warn_of_hidden
from ifn.directory.forms import ProfileForm
from ifn.directory.formsections import sections
from ifn.directory.history import history
from ifn.directory.models import Business, Picture, Source
from ifn.directory.pictureforms import PictureForm
from ifn.directory.profile import Profile
from ifn.directory.queries import pictures_of, profile_of, role_in, standing_for
from ifn.directory.views.twins import Asked, to_ask
from ifn.directory.wording import Difference, differences
from ifn.regions.queries import all_regions

PAGE_SIZE = 50


@access.staff
@require_safe
def businesses(request: SignedInRequest) -> HttpResponse:
    """List every profile, also those nobody else sees, the last changed first."""
    found = Business.objects.order_by("-updated_at", "-pk")
    if not request.user.is_office:
        found = found.in_regions(request.user.territory)
    words = clean.plain_line(request.GET.get("q", ""))[:80]
    if words:
        found = found.filter(Q(name__icontains=words) | Q(number=numbers.compact(words)))
    status = request.GET.get("status", "")
    if status in Business.Status.values:
        found = found.filter(status=status)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    regions = all_regions()
    rows = [(business, regions.full_name(business.region_id)) for business in page]
    return render(
        request,
        "directory/staff.html",
        {
            "page": page,
            "rows": rows,
            "words": words,
            "status": status,
            "statuses": Business.Status.choices,
        },
    )


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    access.require(policies.can_enter(request.user))
    form, consent = ProfileForm(request.POST or None), ConsentForm(request.POST or None)
    asked = None
    is_right = form.is_valid() & consent.is_valid()
    is_right = is_right and _may_enter(request.user, form)
    if is_right:
        asked = _twins_of(request, form.profile())
    if is_right and asked is None:
        is_draft = "draft" in request.POST
        business = actions.enter(
            form.profile(),
            source=_office(),
            stated_on=localdate(),
            actor=request.user,
            at=now(),
            status=Business.Status.DRAFT if is_draft else Business.Status.LISTED,
            consenting=consent.consenting(request.user),
        )
        said = _("%(name)s is kept as a draft.") if is_draft else _("%(name)s is listed.")
        messages.success(request, said % {"name": business.name})
        warn_of_hidden(request, business, form.profile())
        return redirect("directory:edit", business.number)
    context = {
        "form": form,
        "sections": sections(form),
        "asked": asked,
        "consent_form": consent,
        "consent_words": consent_words(),
    }
    return render(request, "directory/edit.html", context)


@access.staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, number: str) -> HttpResponse:
    asked = get_object_or_404(Business, number=number)
    if request.method != "POST" and asked.merged_into is not None:
        return redirect("directory:edit", standing_for(asked).number)
    business = _editable(request.user, number)
    profile = profile_of(business)
    form = ProfileForm(request.POST or None, stored=profile, version=business.version)
    consent = ConsentForm(request.POST or None)
    differs: list[Difference] = []
    if form.is_valid() & consent.is_valid():
        try:
            actions.revise(
                business,
                form.profile(),
                version=form.cleaned_data["version"] or 0,
                source=_office(),
                stated_on=localdate(),
                actor=request.user,
                at=now(),
                reason=form.cleaned_data["reason"],
                consenting=consent.consenting(request.user),
            )
        except actions.ChangedMeanwhile:
            form.add_error(
                None,
                _(
                    "Somebody else changed this profile after you opened it. What you wrote is "
                    "still here. Below it stands what differs; take over what you want to keep "
                    "and save again."
                ),
            )
            differs = differences(form.profile(), profile_of(Business.objects.get(pk=business.pk)))
            newer = request.POST.copy()
            newer["version"] = str(Business.objects.get(pk=business.pk).version)
            form.data = newer
        else:
            messages.success(request, _("The profile is saved."))
            warn_of_hidden(request, business, form.profile())
            return redirect("directory:edit", business.number)
    context = {
        "business": business,
        "may_verify": _may_verify(request.user, business),
        "form": form,
        "sections": sections(form),
        "consent_form": consent,
        "consent_words": consent_words(),
        "pictures": pictures_of(business),
        "picture_form": PictureForm(),
        "history": history(business),
        "differs": differs,
    }
    return render(request, "directory/edit.html", context)


@access.staff
@require_POST
def change_status(request: SignedInRequest, number: str) -> HttpResponse:
    """List or hide a profile."""
    business = _editable(request.user, number)
    wanted = request.POST.get("status")
    if wanted not in {Business.Status.LISTED, Business.Status.HIDDEN}:
        return HttpResponseBadRequest()
    if wanted == Business.Status.LISTED:
        actions.list_again(business, actor=request.user, at=now())
        messages.success(request, _("The profile is listed."))
        return redirect("directory:edit", number)
    reason = clean.plain_line(request.POST.get("reason", ""))[:200]
    if not reason:
        messages.error(request, _("Write why the profile is hidden."))
    else:
        actions.hide(business, reason=reason, actor=request.user, at=now())
        messages.success(request, _("The profile is hidden; searches no longer find it."))
    return redirect("directory:edit", number)


@access.staff
@require_POST
def add_picture(request: SignedInRequest, number: str) -> HttpResponse:
    business = _editable(request.user, number)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        for fault in [fault for faults in form.errors.values() for fault in faults]:
            messages.error(request, str(fault))
        return redirect("directory:edit", number)
    try:
        actions.add_picture(
            business,
            form.cleaned_data["picture"].read(),
            caption_id=form.cleaned_data["caption_id"],
            caption_en=form.cleaned_data["caption_en"],
            actor=request.user,
            at=now(),
        )
    except clean.Refused as refused:
        messages.error(request, str(refused))
    except actions.TooManyPictures:
        messages.error(request, _("There are 24 pictures already. Remove one first."))
    else:
        messages.success(request, _("The photo is added."))
    return redirect("directory:edit", number)


@access.staff
@require_POST
def change_picture(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Put a picture first, or remove it."""
    picture = get_object_or_404(
        Picture.objects.select_related("business"), pk=pk, business__number=number
    )
    access.require(policies.can_edit(request.user, picture.business))
    if "remove" in request.POST:
        actions.remove_picture(picture, actor=request.user, at=now())
        messages.success(request, _("The photo is removed."))
        return redirect("directory:edit", number)
    try:
        actions.move_picture(picture, to=0, actor=request.user, at=now())
    except Picture.DoesNotExist:
        messages.info(request, _("This photo was removed already."))
    else:
        messages.success(request, _("This photo now comes first."))
    return redirect("directory:edit", number)


def _twins_of(request: SignedInRequest, profile: Profile) -> Asked | None:
    """Return what to ask before a new profile is saved; nothing when it was just saved by this."""
    if actions.entered_just_now(profile, actor=request.user, at=now()):
        return None
    return to_ask(request, profile)


def _may_enter(user: User, form: ProfileForm) -> bool:
    """Say whether the person may enter a profile at this place, and in the form why not."""
    if policies.may_write_at(user, form.cleaned_data["region"]):
        return True
    form.add_error("region", _("You enter profiles of your own region only. Choose a place there."))
    return False


def _editable(user: User, number: str) -> Business:
    """Return a profile that this person may change.

    Raises:
        Http404: There is none of that number.
        PermissionDenied: It is not theirs to change.

    """
    business = get_object_or_404(Business, number=number)
    access.require(policies.can_edit(user, business))
    return business


def _may_verify(user: User, business: Business) -> bool:
    return policies.can_verify_any(user, business, role_in(business, user))


def _office() -> Source:
    # Everybody reads the sources of a profile; which officer it was stands in its history.
    return actions.source_named(Source.Kind.OFFICER, "")
