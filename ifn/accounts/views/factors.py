from http import HTTPStatus

import pyotp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ifn.accounts import access, actions, entering, passkeys
from ifn.accounts.forms import CodeForm
from ifn.accounts.guessing import count_try
from ifn.accounts.models import User
from ifn.accounts.policies import must_secure
from ifn.accounts.queries import factors_of
from ifn.accounts.sealing import seal, unseal
from ifn.accounts.views.refusing import refuse_for_now
from ifn.quotas.places import place_of
from ifn.ui.squares import square_code

#: Names in the session: a secret whose first code is awaited, codes that are shown until kept.
SECRET, CODES, FOLLOWING = "app_secret", "recovery_codes", "following"
ISSUER = "IFN"


@access.members
@never_cache
def second_factors(request: access.SignedInRequest) -> HttpResponse:
    """Show what there is beside the password; staff are led here until there is something."""
    if following := entering.safe_address(request):
        request.session[FOLLOWING] = following
    context = {
        "factors": factors_of(request.user),
        "must_secure": must_secure(request.user),
        "passkeys": passkeys.is_possible(request),
    }
    return render(request, "accounts/second_factors.html", context)


@access.members
@never_cache
@sensitive_post_parameters("code")
@entering.recently
def add_authenticator(request: access.SignedInRequest) -> HttpResponse:
    if factors_of(request.user).authenticator:
        return redirect("accounts:second-factors")
    secret = unseal(request.session.get(SECRET, ""))
    if secret is None:
        secret = pyotp.random_base32()
        request.session[SECRET] = seal(secret)
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        if again_at := count_try(f"app of {request.user.pk}", place_of(request), at=now()):
            status = refuse_for_now(form, again_at)
        elif answer := _add(request, form, secret):
            return answer
    address = pyotp.TOTP(secret).provisioning_uri(
        name=request.user.email or request.user.phone or "", issuer_name=ISSUER
    )
    context = {
        "form": form,
        "address": address,
        "secret": " ".join(secret[part : part + 4] for part in range(0, len(secret), 4)),
        "picture": square_code(address),
    }
    return render(request, "accounts/add_authenticator.html", context, status=status)


def _add(request: access.SignedInRequest, form: CodeForm, secret: str) -> HttpResponse | None:
    try:
        codes = actions.add_authenticator(
            request.user,
            secret=secret,
            code=form.cleaned_data["code"].replace(" ", ""),
            session=request.session.session_key,
            actor=request.user,
            at=now(),
        )
    except actions.WrongCode:
        form.add_error(
            "code",
            _("The app shows another code. Wait for the next one and check your phone's clock."),
        )
        return None
    except actions.AlreadyThere:
        return redirect("accounts:second-factors")
    request.session.pop(SECRET, None)
    messages.success(request, _("From now on, signing in asks for a code of your app."))
    return go_on(request, codes)


@access.members
@require_POST
@entering.recently
def remove_authenticator(request: access.SignedInRequest) -> HttpResponse:
    actions.remove_authenticator(
        request.user,
        session=request.session.session_key,
        actor=request.user,
        at=now(),
    )
    messages.success(request, _("The app is removed."))
    return go_on(request, [])


@access.members
@never_cache
@entering.recently
def recovery_codes(request: access.SignedInRequest) -> HttpResponse:
    """Show new codes until the person has kept them; make others on request."""
    if request.method == "POST":
        if "kept" in request.POST:
            request.session.pop(CODES, None)
            following = request.session.pop(FOLLOWING, "")
            return HttpResponseRedirect(following) if following else redirect("accounts:account")
        if request.user.secured_at:
            codes = actions.new_recovery_codes(request.user, actor=request.user, at=now())
            request.session[CODES] = seal(" ".join(codes))
        return redirect("accounts:recovery-codes")
    codes = (unseal(request.session.get(CODES, "")) or "").split()
    if not codes:
        return redirect("accounts:second-factors")
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def go_on(request: access.SignedInRequest, codes: list[str]) -> HttpResponse:
    """Keep this browser signed in after its person's factors changed; show new recovery codes."""
    update_session_auth_hash(request, User.objects.get(pk=request.user.pk))
    if not codes:
        return redirect("accounts:second-factors")
    request.session[CODES] = seal(" ".join(codes))
    return redirect("accounts:recovery-codes")
