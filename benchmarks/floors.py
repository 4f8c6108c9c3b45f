"""The floors that pages are measured against, in the same process, on the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from ifn.accounts import access
from ifn.urls import urlpatterns as pages


@access.everyone
def bare(_request: HttpRequest) -> HttpResponse:
    """Answer without a template: what Django and the middleware cost."""
    return HttpResponse("ok")


@access.everyone
def empty(request: HttpRequest) -> HttpResponse:
    """Answer with the frame of a page and nothing in it."""
    template = engines["django"].from_string(
        '{% extends "ui/page.html" %}{% block title %}Empty{% endblock %}'
    )
    return HttpResponse(template.render({}, request))


urlpatterns = [path("floor/bare", bare), path("floor/empty", empty), *pages]
