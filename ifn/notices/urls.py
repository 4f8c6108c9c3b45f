from django.urls import path

from ifn.notices.views import centre, links, wishes

app_name = "notices"
urlpatterns = [
    path("pemberitahuan", centre.notices, name="list"),
    path("pemberitahuan/dibaca", centre.read_all, name="read-all"),
    path("pemberitahuan/<int:pk>", centre.follow, name="open"),
    path("pemberitahuan/<int:pk>/dibaca", centre.read, name="read"),
    path("pemberitahuan/pengaturan", wishes.settings, name="settings"),
    path("pemberitahuan/alamat", wishes.ask_whether_reached, name="ask-whether-reached"),
    path("pemberitahuan/alamat/<str:token>", links.reached, name="reached"),
    path("pemberitahuan/berhenti/<str:token>", links.stop, name="stop"),
    path("pemberitahuan/henti/<str:token>", links.stop_address, name="stop-address"),
]
