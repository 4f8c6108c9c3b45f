"""Addresses of collaborations, by part."""

from ifn.collaboration.urls import calls, projects, releases

app_name = "collaboration"
urlpatterns = [*calls.urlpatterns, *projects.urlpatterns, *releases.urlpatterns]
