"""Who looks after a profile: invited, joined, taken out; and the office when an owner is lost."""

from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.accounts.models import User
from ifn.accounts.queries import person_with
from ifn.directory import actions, policies
from ifn.directory.memberforms import AppointForm, InviteForm
from ifn.directory.models import Business, Invitation, Membership
from ifn.directory.queries import invitation_of, members_of, open_invitations
from ifn.directory.views.member import may_see
from ifn.mail.actions import send_template
from ifn.ui.squares import square_code

#: Where the address of a new invitation waits to be shown, once.
FRESH = "directory.invitation"


@access.members
@never_cache
@require_safe
def people(request: SignedInRequest, number: str) -> HttpResponse:
    """Show who looks after a profile, and once the link of an invitation just made."""
    business, role = may_see(request.user, number)
    return _page(request, business, role, InviteForm(), request.session.pop(FRESH, None))


@access.members
@require_POST
def invite(request: SignedInRequest, number: str) -> HttpResponse:
    business, role = may_see(request.user, number)
    access.require(_manages(request.user, role))
    form = InviteForm(request.POST)
    if form.is_valid() and _invite(request, business, form):
        return redirect("directory:people", business.number)
    return _page(request, business, role, form)


def _manages(user: User, role: str) -> bool:
    return policies.can_manage_members(role) or policies.can_appoint(user)


def _page(
    request: SignedInRequest,
    business: Business,
    role: str,
    form: InviteForm,
    fresh: str | None = None,
) -> HttpResponse:
    manages = _manages(request.user, role)
    context = {
        "business": business,
        "role": role,
        "manages": manages,
        "may_appoint": policies.can_appoint(request.user),
        "members": members_of(business),
        "roles": Membership.Role.choices,
        "invitations": open_invitations(business, at=now()) if manages else [],
        "form": form,
        "appoint_form": AppointForm(),
        "fresh": _shown(fresh, business) if fresh else None,
    }
    return render(request, "directory/people.html", context)


def _invite(request: SignedInRequest, business: Business, form: InviteForm) -> bool:
    data = form.cleaned_data
    try:
        invitation, token = actions.invite(
            business, role=data["role"], note=data["note"], actor=request.user, at=now()
        )
    except actions.TooManyInvitations:
        form.add_error(None, _("20 invitations are open. Withdraw one first."))
        return False
    address = f"{settings.PUBLIC_ADDRESS}{reverse('directory:invitation', args=[token])}"
    request.session[FRESH] = address
    if data["email"]:
        send_template(
            "directory/mail/invitation",
            {"business": business, "inviter": request.user.name, "address": address},
            get_language() or settings.LANGUAGE_CODE,
            to=data["email"],
            kind="invitation",
            at=now(),
            key=f"invitation:{invitation.pk}",
        )
        messages.success(request, _("The invitation is on its way to %s.") % data["email"])
    return True


def _shown(address: str, business: Business) -> dict[str, object]:
    """Return a new link in the ways it can be passed on."""
    text = _("%(name)s in the Indonesia Footwear Network: open this link to join. %(address)s") % {
        "name": business.name,
        "address": address,
    }
    return {
        "address": address,
        "whatsapp": f"https://wa.me/?text={quote(text)}",
        "qr": square_code(address),
    }


@access.members
@require_POST
def withdraw(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    business, role = may_see(request.user, number)
    access.require(_manages(request.user, role))
    invitation = get_object_or_404(Invitation, pk=pk, business=business)
    actions.withdraw_invitation(invitation, actor=request.user, at=now())
    messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("directory:people", number)


@access.members
@require_POST
def change(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Give one of the people another role, hand the business over, or take somebody out."""
    business, role = may_see(request.user, number)
    membership = get_object_or_404(Membership, pk=pk, business=business)
    leaves = membership.person_id == request.user.pk and "remove" in request.POST
    office = not role and policies.can_appoint(request.user)
    access.require(leaves or office or policies.can_manage_members(role))
    reason = request.POST.get("reason", "").strip()[:200]
    if office and not reason:
        messages.error(request, _("Write why; the people of the business will read it."))
        return redirect("directory:people", number)
    try:
        said = _changed(request, business, membership, reason, at=now())
    except actions.LastOwner:
        messages.error(request, _("Somebody must stay owner. Make another person owner first."))
    except Membership.DoesNotExist:
        messages.info(request, _("This person is no longer among them."))
    else:
        messages.success(request, said)
    if leaves and not policies.can_appoint(request.user):
        return redirect("site:mine")
    return redirect("directory:people", number)


def _changed(
    request: SignedInRequest,
    business: Business,
    membership: Membership,
    reason: str,
    *,
    at: datetime,
) -> str:
    name = membership.person.name
    if "remove" in request.POST:
        actions.remove_member(membership, actor=request.user, at=at, reason=reason)
        return _("%(name)s no longer looks after this profile.") % {"name": name}
    if "hand_over" in request.POST:
        actions.hand_over(business, to=membership, actor=request.user, at=at)
        return _("%(name)s is owner now; you are an editor.") % {"name": name}
    wanted = request.POST.get("role", "")
    if wanted in Membership.Role.values:
        actions.change_member_role(
            membership, role=wanted, actor=request.user, at=at, reason=reason
        )
    return _("The role of %(name)s is saved.") % {"name": name}


@access.staff
@require_POST
def appoint(request: SignedInRequest, number: str) -> HttpResponse:
    """Let the office give a profile to a person whose owner is lost."""
    business, _role = may_see(request.user, number)
    access.require(policies.can_appoint(request.user))
    form = AppointForm(request.POST)
    person = person_with(form.data.get("identifier", "")) if form.is_valid() else None
    if form.is_valid() and person is None:
        form.add_error(
            "identifier",
            _("Nobody signs in with this. Make an invitation above and pass the link on."),
        )
    if person is None:
        for fault in [fault for faults in form.errors.values() for fault in faults]:
            messages.error(request, str(fault))
        return redirect("directory:people", number)
    actions.appoint(
        business,
        person=person,
        role=form.cleaned_data["role"],
        actor=request.user,
        at=now(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("%(name)s looks after this profile now.") % {"name": person.name})
    return redirect("directory:people", number)


@access.everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link invites to, and let whoever is signed in accept it."""
    found = invitation_of(token)
    at = now()
    person = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and person:
        try:
            membership = actions.accept_invitation(token, person=person, at=at)
        except actions.InvitationOver:
            return _over(request)
        messages.success(
            request,
            _("You now look after %(name)s.") % {"name": membership.business.name},
        )
        return redirect("directory:overview", membership.business.number)
    if found is None:
        return _over(request)
    if person and found.accepted_by_id == person.pk:
        return redirect("directory:overview", found.business.number)
    if found.accepted_at or found.withdrawn_at or found.expires_at <= at:
        return _over(request)
    return render(request, "directory/invitation.html", {"invitation": found})


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/invitation_over.html", status=410)
