from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import (
    REDIRECT_FIELD_NAME,
    authenticate,
    login,
    logout,
    update_session_auth_hash,
)
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.formats import time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ifn.accounts import access, actions
from ifn.accounts.forms import ChangePasswordForm, SignInForm
from ifn.accounts.throttle import count_try, forget_tries, place_of

#: Whoever may change everybody's data signs in again after so long.
STAFF_SESSION = timedelta(hours=12)


@access.everyone
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    following = _safe_address(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(following or resolve_url(settings.LOGIN_REDIRECT_URL))

    form = SignInForm(request.POST if request.method == "POST" else None)
    status: HTTPStatus | None = HTTPStatus.OK
    if form.is_valid():
        status = _refusal(request, form)
        if status is None:
            return HttpResponseRedirect(following or resolve_url(settings.LOGIN_REDIRECT_URL))

    context = {"form": form, "following": following}
    return render(request, "accounts/sign_in.html", context, status=status)


def _refusal(request: HttpRequest, form: SignInForm) -> HTTPStatus | None:
    """Sign the person in and return nothing, or say in the form why not and return the status."""
    given, place = form.cleaned_data["identifier"], place_of(request)
    if again_at := count_try(given, place, at=now()):
        return _refuse_for_now(form, again_at)
    person = authenticate(request, identifier=given, password=form.cleaned_data["password"])
    if person is None:
        form.add_error(
            None, _("This does not match an account. Check the e-mail or number and the password.")
        )
        return HTTPStatus.OK
    forget_tries(given, place)
    login(request, person)
    if person.is_staff:
        request.session.set_expiry(STAFF_SESSION)
    return None


def _refuse_for_now(form: Form, again_at: datetime) -> HTTPStatus:
    form.add_error(
        None,
        _("Too many tries. Try again after %(time)s.")
        % {"time": time_format(localtime(again_at), "H:i")},
    )
    return HTTPStatus.TOO_MANY_REQUESTS


def _safe_address(request: HttpRequest) -> str:
    """Return where to go next, if that is a page of ours."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


@access.everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign-in")


@access.members
@never_cache
def account(request: access.SignedInRequest) -> HttpResponse:
    return render(request, "accounts/account.html")


@access.members
@never_cache
@sensitive_post_parameters("present", "new", "again")
def change_password(request: access.SignedInRequest) -> HttpResponse:
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        guarded, place = f"password of {request.user.pk}", place_of(request)
        if again_at := count_try(guarded, place, at=now()):
            status = _refuse_for_now(form, again_at)
        elif not request.user.check_password(form.cleaned_data["present"]):
            form.add_error("present", _("This is not your present password."))
        else:
            forget_tries(guarded, place)
            actions.change_password(
                request.user, password=form.cleaned_data["new"], actor=request.user, at=now()
            )
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed. Other devices are signed out."))
            return redirect("accounts:account")

    return render(request, "accounts/change_password.html", {"form": form}, status=status)
