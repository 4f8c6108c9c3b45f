from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from ifn.ui.views import gallery


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/page.html")


@login_not_required
def suggestions(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        '<li role="option" data-value="sol luar">sol luar</li>'
        '<li role="option" data-value="sol karet">sol karet <small>12</small></li>'
    )


open_gallery = login_not_required(gallery)

urlpatterns = [
    path("bare", bare),
    *i18n_patterns(
        path("", empty),
        path("ui/", include(([path("", open_gallery, name="gallery")], "ui"))),
        path("ui/saran", suggestions),
        path(
            "",
            include(
                (
                    [
                        path("direktori", empty, name="list"),
                        path("kerja/direktori", empty, name="staff"),
                    ],
                    "directory",
                )
            ),
        ),
        path(
            "",
            include(
                (
                    [
                        path("masuk", empty, name="sign-in"),
                        path("keluar", empty, name="sign-out"),
                    ],
                    "accounts",
                )
            ),
        ),
        path(
            "",
            include(
                (
                    [
                        path("", empty, name="home"),
                        path("tentang", empty, name="about"),
                        path("bantuan", empty, name="help"),
                        path("privasi", empty, name="privacy"),
                        path("aksesibilitas", empty, name="accessibility"),
                    ],
                    "site",
                )
            ),
        ),
        prefix_default_language=False,
    ),
]
