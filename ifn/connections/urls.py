from django.urls import path

from ifn.connections.views import following

app_name = "connections"
urlpatterns = [
    path("saya/ikuti", following.follows, name="follows"),
    path("saya/ikuti/<int:pk>", following.follow, name="follow"),
    path("saya/ikuti/<int:pk>/jeda", following.pause, name="pause-follow"),
    path("saya/ikuti/<int:pk>/lanjut", following.resume, name="resume-follow"),
    path("saya/ikuti/<int:pk>/berhenti", following.stop, name="stop-follow"),
]
