"""The text pages and what they link to, so that their tests need no other room's pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ifn.site.views import texts

site = [
    path("tentang", texts.about, name="about"),
    path("bantuan", texts.help_, name="help"),
    path("privasi", texts.privacy, name="privacy"),
    path("aksesibilitas", texts.accessibility, name="accessibility"),
]
urlpatterns = i18n_patterns(
    path("", include((site, "site"))),
    path("", include("ifn.directory.urls")),
    prefix_default_language=False,
)
