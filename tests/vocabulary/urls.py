"""The project's addresses and, until they are among them, this room's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ifn.urls import urlpatterns as project

urlpatterns = [
    *i18n_patterns(path("", include("ifn.vocabulary.urls")), prefix_default_language=False),
    *project,
]
