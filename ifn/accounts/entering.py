"""From a password or link that is right to a session that counts as signed in.

Between the two stands the second factor, for whoever has one: until it is given, the session knows
only who is on the way in, and nobody is signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import get_language

from ifn.accounts import actions
from ifn.accounts.access import SignedInRequest
from ifn.accounts.devices import device_of
from ifn.accounts.models import User
from ifn.accounts.policies import can_sign_in
from ifn.accounts.sessions import DEVICE, STARTED

#: Whoever may change everybody's data signs in again after so long.
STAFF_SESSION = timedelta(hours=12)
#: How long one may take for the second factor, and how long a sign-in counts as recent.
ON_THE_WAY, RECENT = timedelta(minutes=10), timedelta(minutes=15)
#: Names in the session: who is on the way in, when one proved oneself last, whether by a link.
WAITING, PROVED, BY_LINK = "waiting", "proved", "by_link"

Rest = ParamSpec("Rest")
MemberView = Callable[Concatenate[SignedInRequest, Rest], HttpResponse]


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Somebody whose password or link was right, and where they want to go."""

    person: User
    following: str
    by_link: bool


def begin(
    request: HttpRequest, person: User, *, following: str = "", by_link: bool = False
) -> HttpResponse:
    """Sign a person in, or ask for the second factor first."""
    if person.secured_at is None:
        return complete(request, person, following=following, by_link=by_link)
    if request.user.is_authenticated:
        logout(request)
    request.session.cycle_key()
    request.session[WAITING] = {
        "person": person.pk,
        "hash": person.get_session_auth_hash(),
        "at": now().timestamp(),
        "following": following,
        "by_link": by_link,
    }
    return redirect("accounts:second")


def on_the_way(request: HttpRequest) -> OnTheWay | None:
    """Return who is on the way in, unless they took too long or their password was changed."""
    kept = request.session.get(WAITING)
    if not kept or now().timestamp() - kept["at"] > ON_THE_WAY.total_seconds():
        return None
    person = User.objects.filter(pk=kept["person"]).first()
    if person is None or not can_sign_in(person):
        return None
    if not constant_time_compare(kept["hash"], person.get_session_auth_hash()):
        return None
    return OnTheWay(person, kept["following"], kept["by_link"])


def complete(
    request: HttpRequest, person: User, *, following: str = "", by_link: bool = False
) -> HttpResponse:
    """Sign a person in who has given all that is asked of them, and lead them on."""
    request.session.pop(WAITING, None)
    login(request, person)
    at = now().timestamp()
    request.session[STARTED] = request.session[PROVED] = at
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[BY_LINK] = by_link
    if person.is_staff:
        request.session.set_expiry(STAFF_SESSION)
    actions.speak(person, language=get_language() or settings.LANGUAGE_CODE)
    return HttpResponseRedirect(following or resolve_url(settings.LOGIN_REDIRECT_URL))


def prove(request: HttpRequest) -> None:
    """Note that the person at this browser has just shown again who they are."""
    request.session[PROVED] = now().timestamp()


def is_recent(request: HttpRequest) -> bool:
    """Say whether the person showed who they are within the last minutes."""
    since = now().timestamp() - request.session.get(PROVED, 0)
    return bool(since <= RECENT.total_seconds())


def came_by_link(request: HttpRequest) -> bool:
    """Say whether a link has just let the person in, who may then set a password anew."""
    return is_recent(request) and bool(request.session.get(BY_LINK))


def recently(view: MemberView[Rest]) -> MemberView[Rest]:
    """Ask who it is once more before what could cost somebody their account."""

    @wraps(view)
    def asked(request: SignedInRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if is_recent(request):
            return view(request, *args, **kwargs)
        # What answers only a form is no page to come back to.
        back = request.path if request.method == "GET" else reverse("accounts:account")
        return HttpResponseRedirect(
            f"{reverse('accounts:prove')}?{urlencode({REDIRECT_FIELD_NAME: back}, safe='/')}"
        )

    return asked


def safe_address(request: HttpRequest) -> str:
    """Return where to go next, if that is a page of ours."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""
