"""Pages of plain text, one for each language, so that each reads as if written in it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ifn.accounts import access
from ifn.directory.verified import TOLD_DAYS


@access.everyone
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "about",
        title=_("About the network"),
        lead=_("A directory of Indonesia's footwear industry, from leather and soles to the shop."),
    )


@access.everyone
@require_safe
def help_(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "help",
        title=_("Help"),
        lead=_("How to find businesses, write to them and take part, and what the words mean."),
    )


@access.everyone
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "verification",
        title=_("What “verified” means"),
        lead=_("Four things the network checks one by one: what a mark says and what it does not."),
        months=settings.VERIFIED_MONTHS,
        told=TOLD_DAYS,
    )


@access.everyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "privacy",
        title=_("Privacy"),
        lead=_("What is stored about people, who sees it, and how to have it changed or removed."),
    )


@access.everyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "accessibility",
        title=_("Accessibility"),
        lead=_("Everybody should be able to use this site; here is how far we are."),
    )


def _page(request: HttpRequest, name: str, *, title: str, lead: str, **more: Any) -> HttpResponse:
    language = "en" if get_language() == "en" else "id"
    context = {
        "title": title,
        "lead": lead,
        "text": f"site/texts/{name}.{language}.html",
        "contact": settings.CONTACT_EMAIL,
        "source_code": settings.SOURCE_CODE,
        **more,
    }
    return render(request, "site/text.html", context)
