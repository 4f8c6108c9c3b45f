from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ifn.accounts import access, actions, entering
from ifn.accounts.forms import ConfirmRegistrationForm, RegisterForm
from ifn.accounts.guessing import count_message, count_registration
from ifn.accounts.models import Link
from ifn.accounts.queries import link_with
from ifn.accounts.views.refusing import refuse_for_now
from ifn.accounts.views.signing import JUST_REGISTERED
from ifn.quotas.places import place_of

#: Under this name a browser's session remembers that it was the one that registered.
REGISTERED = "registered"


@access.everyone
@never_cache
@sensitive_post_parameters("password")
def register(request: HttpRequest) -> HttpResponse:
    following = entering.safe_address(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(following or resolve_url(settings.LOGIN_REDIRECT_URL))
    form = RegisterForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        if again_at := count_registration(place_of(request), at=now()):
            status = refuse_for_now(form, again_at)
        elif form.cleaned_data["website"]:
            return render(request, "accounts/registered.html")
        elif "@" in form.cleaned_data["identifier"]:
            return _by_email(request, form, following)
        else:
            return _by_phone(request, form, following)
    context = {"form": form, "following": following}
    return render(request, "accounts/register.html", context, status=status)


def _by_email(request: HttpRequest, form: RegisterForm, following: str) -> HttpResponse:
    given = form.cleaned_data
    if not count_message(given["identifier"], at=now()):
        request.session[REGISTERED] = actions.register_by_email(
            name=given["name"],
            email=given["identifier"],
            password=given["password"],
            language=get_language() or settings.LANGUAGE_CODE,
            following=following,
            at=now(),
        )
    return render(request, "accounts/registered.html", {"email": given["identifier"]})


def _by_phone(request: HttpRequest, form: RegisterForm, following: str) -> HttpResponse:
    given = form.cleaned_data
    actions.register_by_phone(
        name=given["name"],
        phone=given["identifier"],
        password=given["password"],
        language=get_language() or settings.LANGUAGE_CODE,
        at=now(),
    )
    request.session[JUST_REGISTERED] = given["identifier"]  # the form that follows has it already
    messages.success(
        request,
        _(
            "Now sign in with what you chose. If it does not match, this number was registered "
            "before: use the password of then, or ask the network's office."
        ),
    )
    query = f"?{urlencode({'next': following})}" if following else ""
    return HttpResponseRedirect(f"{reverse('accounts:sign-in')}{query}")


@access.everyone
@never_cache
@sensitive_post_parameters("password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Open the account: at once in the browser that registered, elsewhere with a new password.

    Whoever registered an address that is not theirs may know the password that was chosen; its
    owner, who opens the link, does not take it over.
    """
    key = request.POST.get("kunci") or request.GET.get("kunci", "")
    link = link_with(key, Link.Purpose.REGISTER, at=now())
    if link is None:
        return _worthless(request)
    form = None
    if request.session.get(REGISTERED) != link.payload["browser"]:
        given = request.POST if request.method == "POST" else None
        form = ConfirmRegistrationForm(link.subject, given, initial={"name": link.payload["name"]})
    if request.method == "POST" and (form is None or form.is_valid()):
        return _open(request, key, form, link.payload.get("following", ""))
    context = {"form": form, "key": key, "email": link.subject, "name": link.payload["name"]}
    return render(request, "accounts/confirm.html", context)


def _open(
    request: HttpRequest, key: str, form: ConfirmRegistrationForm | None, following: str
) -> HttpResponse:
    chosen = form.cleaned_data if form else {}
    try:
        person = actions.confirm_registration(
            key, name=chosen.get("name", ""), password=chosen.get("password", ""), at=now()
        )
    except actions.LinkIsWorthless:
        return _worthless(request)
    except actions.AlreadyTaken:
        messages.info(request, _("This address has an account by now. Sign in with it."))
        return redirect("accounts:ask-link")
    request.session.pop(REGISTERED, None)
    messages.success(request, _("Your account is open. Welcome."))
    return entering.begin(request, person, following=following)


def _worthless(request: HttpRequest) -> HttpResponse:
    context = {"registering": True}
    return render(request, "accounts/worthless.html", context, status=HTTPStatus.GONE)
