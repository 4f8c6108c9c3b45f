"""Addresses of this room, by part."""

from django.urls import URLPattern

from ifn.collaboration.urls import calls, projects, releases

app_name = "collaboration"
urlpatterns: list[URLPattern] = [
    *calls.urlpatterns,
    *projects.urlpatterns,
    *releases.urlpatterns,
]
