from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ifn.accounts import access, actions, entering, passkeys
from ifn.accounts.forms import AskLinkForm, CodeForm, SignInForm
from ifn.accounts.guessing import count_code, count_message, count_try, forget_tries
from ifn.accounts.models import Link, User
from ifn.accounts.queries import factors_of, link_with
from ifn.accounts.views.refusing import refuse_for_now
from ifn.quotas.places import place_of

#: Under this name a browser's session keeps the number that was just registered.
JUST_REGISTERED = "just registered"


@access.everyone
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    following = entering.safe_address(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(following or resolve_url(settings.LOGIN_REDIRECT_URL))

    form = SignInForm(
        request.POST if request.method == "POST" else None,
        initial={"identifier": request.session.get(JUST_REGISTERED, "")},
    )
    status = HTTPStatus.OK
    if form.is_valid():
        found = _found(request, form)
        if isinstance(found, User):
            return entering.begin(request, found, following=following)
        status = found

    context = {"form": form, "following": following, "passkeys": passkeys.is_possible(request)}
    return render(request, "accounts/sign_in.html", context, status=status)


def _found(request: HttpRequest, form: SignInForm) -> User | HTTPStatus:
    """Return the person, or say in the form why there is none and return the status."""
    given, place = form.cleaned_data["identifier"], place_of(request)
    if again_at := count_try(given, place, at=now()):
        return refuse_for_now(form, again_at)
    person = authenticate(request, identifier=given, password=form.cleaned_data["password"])
    if not isinstance(person, User):
        form.add_error(
            None, _("This does not match an account. Check the e-mail or number and the password.")
        )
        return HTTPStatus.OK
    forget_tries(given, place)
    return person


@access.everyone
@never_cache
@sensitive_post_parameters("code")
def second(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever is on the way in."""
    waiting = entering.on_the_way(request)
    if waiting is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        person = waiting.person
        if again_at := count_code(person.pk, place_of(request), at=now()):
            status = refuse_for_now(form, again_at)
        elif actions.take_code(person, form.cleaned_data["code"], at=now()):
            return entering.complete(
                request, person, following=waiting.following, by_link=waiting.by_link
            )
        else:
            form.add_error(
                "code",
                _(
                    "This code does not fit, or was used already. Wait for the next one, and check "
                    "that your phone's clock is right."
                ),
            )
    factors = factors_of(waiting.person)
    context = {
        "form": form,
        "factors": factors,
        "passkeys": bool(factors.passkeys) and passkeys.is_possible(request),
    }
    return render(request, "accounts/second.html", context, status=status)


@access.everyone
@never_cache
def ask_link(request: HttpRequest) -> HttpResponse:
    """Send a link for signing in; the answer and its time are the same whoever is asked for."""
    form = AskLinkForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        given = form.cleaned_data["identifier"]
        if again_at := count_try(f"link for {given}", place_of(request), at=now()):
            status = refuse_for_now(form, again_at)
        else:
            if not count_message(given, at=now()):
                language = get_language() or settings.LANGUAGE_CODE
                actions.ask_for_sign_in_link(given, language=language)
            return render(request, "accounts/link_sent.html")
    return render(request, "accounts/ask_link.html", {"form": form}, status=status)


@access.everyone
@never_cache
def open_link(request: HttpRequest) -> HttpResponse:
    """Show a button: programs that read mail open links, and must not use them up."""
    key = request.POST.get("kunci") or request.GET.get("kunci", "")
    if request.method == "POST":
        try:
            person = actions.use_sign_in_link(key, at=now())
        except actions.LinkIsWorthless:
            pass
        else:
            return entering.begin(request, person, by_link=True)
    elif link_with(key, Link.Purpose.SIGN_IN, at=now()):
        return render(request, "accounts/open_link.html", {"key": key})
    return render(request, "accounts/worthless.html", status=HTTPStatus.GONE)


@access.everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    rotate_token(request)  # by which pages that work without signal notice that somebody left
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign-in")
