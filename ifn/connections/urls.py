from django.urls import path

from ifn.connections.views import chains

app_name = "connections"
urlpatterns = [
    path("rantai/susun", chains.compose, name="compose"),
    path("rantai/susun/<str:token>", chains.proposed, name="chain"),
    path("rantai/susun/<str:token>/bagikan", chains.share, name="share-chain"),
    path("rantai/susun/<str:token>/simpan", chains.save, name="save-chain"),
    path("rantai/susun/<str:token>/hapus", chains.forget, name="forget-chain"),
    path("kerja/rantai/kosong", chains.lacking, name="lacking"),
]
