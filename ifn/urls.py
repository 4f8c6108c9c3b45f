from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ifn.accounts import access
from ifn.api import endpoints as api
from ifn.jobs import health
from ifn.routing import room
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
        room("ifn.site.urls"),
        room("ifn.directory.urls"),
        room("ifn.assessments.urls"),
        room("ifn.connections.urls"),
        room("ifn.programmes.urls"),
        room("ifn.collaboration.urls"),
        room("ifn.accounts.urls"),
        room("ifn.notices.urls"),
        room("ifn.vocabulary.urls"),
        room("ifn.intake.urls"),
        room("ifn.moderation.urls"),
        room("ifn.api.urls"),
        room("ifn.privacy.urls"),
        path("ui/", include(gallery)),
        prefix_default_language=False,
    ),
]
