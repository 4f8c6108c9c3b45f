from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ifn.accounts import access, actions, entering, passkeys
from ifn.accounts.guessing import count_passkey
from ifn.accounts.models import Passkey, User
from ifn.accounts.policies import can_sign_in
from ifn.accounts.queries import factors_of, passkey_with
from ifn.accounts.views.factors import go_on
from ifn.quotas.places import place_of

#: Under this name the session keeps what a new key's device will know the person by.
HANDLE = "passkey_handle"


@access.everyone
@never_cache
@require_POST
def ask_to_show(request: HttpRequest) -> HttpResponse:
    """Say what to ask a device for: a key of whoever is on the way in, else any it has."""
    if not passkeys.is_possible(request):
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    known: list[Passkey] = []
    if waiting := entering.on_the_way(request):
        known = factors_of(waiting.person).passkeys
    elif isinstance(request.user, User):
        known = factors_of(request.user).passkeys
    return JsonResponse(passkeys.ask_to_show(request, known))


@access.everyone
@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whoever's passkey a device has used; it is both factors."""
    waiting = entering.on_the_way(request)
    if count_passkey(place_of(request), at=now()):
        messages.error(request, _("Too many tries. Wait a quarter of an hour."))
        return redirect("accounts:sign-in")
    person = _shown(request, request.POST.get("answer", ""))
    expected = waiting.person if waiting else request.user
    if person is None or (expected.is_authenticated and expected != person):
        messages.error(request, _("This passkey opens no account here. Try another way."))
        return redirect("accounts:second" if waiting else "accounts:sign-in")
    if waiting:
        return entering.complete(
            request, person, following=waiting.following, by_link=waiting.by_link
        )
    return entering.complete(request, person, following=entering.safe_address(request))


def _shown(request: HttpRequest, answer: str) -> User | None:
    try:
        passkey = passkey_with(passkeys.named(answer))
        if passkey is None:
            return None
        shown = passkeys.shown(request, passkey, answer)
    except passkeys.NotAccepted:
        return None
    # A device that was not told which keys are known says for whom it used its own.
    if shown.handle not in {"", passkey.handle} or not can_sign_in(passkey.person):
        return None
    if not actions.take_passkey(passkey, uses=shown.uses, at=now()):
        return None
    return passkey.person


@access.members
@never_cache
@require_POST
def ask_to_make(request: access.SignedInRequest) -> HttpResponse:
    if not (passkeys.is_possible(request) and entering.is_recent(request)):
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    known = factors_of(request.user).passkeys
    handle = known[0].handle if known else actions.new_handle()
    request.session[HANDLE] = handle
    return JsonResponse(passkeys.ask_to_make(request, request.user, handle, known))


@access.members
@require_POST
@entering.recently
def add(request: access.SignedInRequest) -> HttpResponse:
    """Keep the passkey a device has made."""
    name = " ".join(request.POST.get("name", "").split())[:60]
    try:
        made = passkeys.made(request, request.POST.get("answer", ""))
        codes = actions.add_passkey(
            request.user,
            key=actions.NewPasskey(
                name=name or _("Passkey"),
                credential=made.credential,
                public=made.public,
                handle=request.session.pop(HANDLE, ""),
                uses=made.uses,
            ),
            session=request.session.session_key,
            actor=request.user,
            at=now(),
        )
    except passkeys.NotAccepted:
        messages.error(request, _("The passkey was not made. Try once more."))
        return redirect("accounts:second-factors")
    except (actions.AlreadyThere, actions.TooManyPasskeys):
        messages.error(request, _("This device has a passkey here already, or there are too many."))
        return redirect("accounts:second-factors")
    messages.success(request, _("The passkey is kept. You can sign in with it from now on."))
    return go_on(request, codes)


@access.members
@require_POST
@entering.recently
def remove(request: access.SignedInRequest, pk: int) -> HttpResponse:
    actions.remove_passkey(
        request.user,
        pk=pk,
        session=request.session.session_key,
        actor=request.user,
        at=now(),
    )
    messages.success(request, _("The passkey is removed here. Remove it from your device too."))
    return go_on(request, [])
