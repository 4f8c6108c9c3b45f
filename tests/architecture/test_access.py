"""Every address says who may open it, and what says nothing is closed."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from ifn.accounts import access

AUDIENCES = {"everyone", "members", "staff", "administrators"}


def views(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, f"{prefix}{pattern.pattern}")
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.pattern}", pattern.callback


OWN = [
    (route, view)
    for route, view in views(get_resolver().url_patterns)
    if view.__module__.startswith("ifn.")
]


@pytest.mark.parametrize(("route", "view"), OWN)
def test_every_view_says_who_may_use_it(route, view):
    assert getattr(view, "access", None) in AUDIENCES


@pytest.mark.parametrize(("route", "view"), OWN)
def test_a_view_does_what_it_says(route, view):
    is_open, is_guarded = not getattr(view, "login_required", True), hasattr(view, "is_guarded")

    assert (is_open, is_guarded) == (view.access == "everyone", view.access != "everyone")


def test_the_gate_stands_behind_the_session():
    order = settings.MIDDLEWARE

    assert order.index("ifn.accounts.access.SignInUnlessOpen") > order.index(
        "ifn.accounts.sessions.Authentication"
    )


def says_nothing(request):
    return HttpResponse("reached")


@access.everyone
def open_to_all(request):
    return HttpResponse("reached")


urlpatterns = [
    path("says-nothing", says_nothing),
    path("open", open_to_all),
    path("", include("ifn.accounts.urls")),
]


@pytest.mark.urls(__name__)
def test_a_view_that_says_nothing_is_closed(client):
    assert client.get("/says-nothing").status_code == HTTPStatus.FOUND
    assert client.get("/open").content == b"reached"
