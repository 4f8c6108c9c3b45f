from django.urls import path

from ifn.api.views import embeds, keys, pages

app_name = "api"
#: Pages for people and cards for other sites; the API itself is in ``endpoints.patterns``.
urlpatterns = [
    path("api", pages.about_api, name="about"),
    path("data/direktori", pages.data, name="data"),
    path("data/direktori/terbaru.zip", pages.newest_dump, name="newest"),
    path("data/direktori/<str:name>", pages.dump_file, name="dump"),
    path("data/tanam", embeds.make, name="embed"),
    path("tanam/daftar", embeds.listing, name="embed-list"),
    path("tanam/<slug:number>.svg", embeds.badge, name="embed-badge"),
    path("tanam/<slug:number>", embeds.card, name="embed-card"),
    path("akun/kunci-api", keys.keys, name="keys"),
    path("akun/kunci-api/<int:pk>/cabut", keys.revoke, name="revoke"),
]
