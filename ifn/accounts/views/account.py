from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ifn.accounts import access, actions, entering, passkeys
from ifn.accounts.forms import ChangePasswordForm, ProveForm
from ifn.accounts.guessing import count_try, forget_tries
from ifn.accounts.policies import must_secure
from ifn.accounts.queries import factors_of, sessions_of
from ifn.accounts.views.refusing import refuse_for_now
from ifn.quotas.places import place_of

#: More places at once nobody looks through.
SESSIONS = 50


@access.members
@never_cache
def account(request: access.SignedInRequest) -> HttpResponse:
    context = {
        "factors": factors_of(request.user),
        "sessions": sessions_of(request.user, at=now())[:SESSIONS],
        "own": request.session.session_key,
        "must_secure": must_secure(request.user),
    }
    return render(request, "accounts/account.html", context)


@access.members
@never_cache
@sensitive_post_parameters("password")
def prove(request: access.SignedInRequest) -> HttpResponse:
    """Ask for the password, or a passkey, once more before something that matters."""
    following = entering.safe_address(request) or resolve_url("accounts:account")
    form = ProveForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        guarded, place = f"password of {request.user.pk}", place_of(request)
        if again_at := count_try(guarded, place, at=now()):
            status = refuse_for_now(form, again_at)
        elif request.user.check_password(form.cleaned_data["password"]):
            forget_tries(guarded, place)
            entering.prove(request)
            return HttpResponseRedirect(following)
        else:
            form.add_error("password", _("This is not your present password."))
    context = {
        "form": form,
        "following": following,
        "has_password": request.user.has_usable_password(),
        "passkeys": bool(factors_of(request.user).passkeys) and passkeys.is_possible(request),
    }
    return render(request, "accounts/prove.html", context, status=status)


@access.members
@never_cache
@sensitive_post_parameters("present", "new", "again")
def change_password(request: access.SignedInRequest) -> HttpResponse:
    """Change the password; whoever has just come by a link need not know the present one."""
    may_skip = entering.came_by_link(request)
    form = ChangePasswordForm(
        request.user,
        request.POST if request.method == "POST" else None,
        without_present=may_skip,
    )
    status = HTTPStatus.OK
    if form.is_valid():
        guarded, place = f"password of {request.user.pk}", place_of(request)
        if again_at := count_try(guarded, place, at=now()):
            status = refuse_for_now(form, again_at)
        elif not may_skip and not request.user.check_password(form.cleaned_data["present"]):
            form.add_error("present", _("This is not your present password."))
        else:
            forget_tries(guarded, place)
            return _change_password(request, form.cleaned_data["new"])

    context = {"form": form, "has_password": request.user.has_usable_password() or may_skip}
    return render(request, "accounts/change_password.html", context, status=status)


def _change_password(request: access.SignedInRequest, password: str) -> HttpResponse:
    person = actions.change_password(
        request.user,
        password=password,
        session=request.session.session_key,
        actor=request.user,
        at=now(),
    )
    update_session_auth_hash(request, person)
    request.session[entering.BY_LINK] = False
    messages.success(request, _("Your password is changed. Other devices are signed out."))
    return redirect("accounts:account")


@access.members
@require_POST
def end_session(request: access.SignedInRequest) -> HttpResponse:
    """End one of one's sessions, or all others."""
    if "others" in request.POST:
        actions.end_other_sessions(
            request.user,
            session=request.session.session_key or "",
            actor=request.user,
            at=now(),
        )
        messages.success(request, _("All other devices are signed out."))
    else:
        handle = request.POST.get("session", "")
        actions.end_session(request.user, handle=handle, actor=request.user, at=now())
        messages.success(request, _("That device is signed out."))
    return redirect("accounts:account")
