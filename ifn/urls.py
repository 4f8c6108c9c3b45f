from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ifn.accounts import access
from ifn.api import endpoints as api
from ifn.jobs import health
from ifn.site.views import machines
from ifn.ui import views as ui

#: The gallery's room knows nothing of accounts; who may see it is said here.
gallery = ([path("", access.staff(ui.gallery), name="gallery")], "ui")

urlpatterns = [
    path("sehat", health.alive, name="alive"),
    path("siap", health.ready, name="ready"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", machines.sitemap_part, name="sitemap-part"),
    path("media/<path:name>", machines.media, name="media"),
    path("", include((api.patterns(), "api-v1"))),
    *i18n_patterns(
        path("", include("ifn.site.urls")),
        path("", include("ifn.directory.urls")),
        path("", include("ifn.assessments.urls")),
        path("", include("ifn.connections.urls")),
        path("", include("ifn.programmes.urls")),
        path("", include("ifn.collaboration.urls")),
        path("", include("ifn.accounts.urls")),
        path("", include("ifn.notices.urls")),
        path("", include("ifn.vocabulary.urls")),
        path("", include("ifn.intake.urls")),
        path("", include("ifn.moderation.urls")),
        path("", include("ifn.api.urls")),
        path("", include("ifn.privacy.urls")),
        path("ui/", include(gallery)),
        prefix_default_language=False,
    ),
]
