"""Addresses of collaborations, a list for each part of the room."""

from ifn.collaboration.urls import calls, projects, releases

app_name = "collaboration"
urlpatterns = [*calls.urlpatterns, *projects.urlpatterns, *releases.urlpatterns]
