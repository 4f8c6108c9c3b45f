"""What a person follows: look, rename, pause, stop."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ifn.accounts import access
from ifn.accounts.access import SignedInRequest
from ifn.connections.actions import following as actions
from ifn.connections.following import Broken, address_of
from ifn.connections.forms.following import NameForm
from ifn.connections.models import Follow
from ifn.connections.queries.following import follows_of
from ifn.notices.paths import path_in


@access.members
@never_cache
@require_safe
def follows(request: SignedInRequest) -> HttpResponse:
    """Show what a person follows."""
    shown = [(one, _address(one)) for one in follows_of(request.user)]
    return render(request, "connections/follows.html", {"follows": shown})


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one followed search and give it another name."""
    one = _mine(request, pk)
    form = NameForm(request.POST or None, initial={"name": one.name})
    if form.is_valid():
        actions.rename(one, form.cleaned_data["name"], actor=request.user, at=now())
        messages.success(request, _("Saved."))
        return redirect("connections:follows")
    context = {"follow": one, "address": _address(one), "form": form}
    return render(request, "connections/follow.html", context)


@access.members
@require_POST
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    one = actions.pause(_mine(request, pk), actor=request.user, at=now())
    messages.success(request, _("Paused: nothing more is told of “%(name)s”.") % {"name": one.name})
    return redirect("connections:follows")


@access.members
@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    one, at = _mine(request, pk), now()
    try:
        actions.resume(one, actor=request.user, on=localdate(at), at=at)
    except Broken:
        text = _(
            "A filter in “%(name)s” no longer exists. Open it, see whether it still finds what you "
            "want, and follow it anew."
        )
        messages.error(request, text % {"name": one.name})
    else:
        text = _("You are told again what is new in “%(name)s”, from today on.")
        messages.success(request, text % {"name": one.name})
    return redirect("connections:follows")


@access.members
@require_POST
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _mine(request, pk)
    actions.stop(one, actor=request.user, at=now())
    messages.success(request, _("You no longer follow “%(name)s”.") % {"name": one.name})
    return redirect("connections:follows")


def _mine(request: SignedInRequest, pk: int) -> Follow:
    return get_object_or_404(Follow, pk=pk, person=request.user)


def _address(one: Follow) -> str:
    return path_in(get_language() or "id", address_of(one.page, one.query))
