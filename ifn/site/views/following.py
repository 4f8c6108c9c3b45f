"""Follow a search from the page that shows it, and stop there."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ifn.accounts import access
from ifn.connections.actions import following as actions
from ifn.connections.following import PAGES, Broken, address_of
from ifn.connections.models import Follow
from ifn.connections.queries.following import followed_as
from ifn.notices.paths import path_in

#: What the kinds of pages are called in addresses.
WORDS: Final = {"direktori": "directory", "peluang": "opportunities"}


@access.members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: access.SignedInRequest, word: str) -> HttpResponse:
    """Follow the search in the query; opened as a page, such as after signing in, it asks first."""
    page = WORDS.get(word)
    if page is None:
        raise Http404
    search = PAGES[page].read(request.GET)
    back = path_in(get_language() or "id", address_of(page, search.query))
    there = followed_as(request.user, page, search)
    if request.method != "POST":
        context = {"search": search, "back": back, "there": there}
        return render(request, "site/follow.html", context)
    if "stop" in request.POST:
        return _stopped(request, there, back)
    at = now()
    try:
        made, is_new = actions.follow(
            request.user, page, search, actor=request.user, on=localdate(at), at=at
        )
    except actions.TooManyFollows:
        text = _("You follow %(most)d searches, which is as many as can be. Stop one first.")
        messages.error(request, text % {"most": actions.MOST})
        return redirect("connections:follows")
    except (actions.TooLong, Broken):
        text = _("This search cannot be followed as it is. Take some words or filters off.")
        messages.error(request, text)
        return redirect(back)
    text = (
        _("You follow “%(name)s” now: you are told when something new fits.")
        if is_new
        else _("You follow this search already, as “%(name)s”.")
    )
    messages.success(request, text % {"name": made.name})
    return redirect(back)


def _stopped(request: access.SignedInRequest, there: Follow | None, back: str) -> HttpResponse:
    """Stop following, where that was not done in another window already."""
    if there is not None:
        actions.stop(there, actor=request.user, at=now())
        messages.success(request, _("You no longer follow “%(name)s”.") % {"name": there.name})
    return redirect(back)
