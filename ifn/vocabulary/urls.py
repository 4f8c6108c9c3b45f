from django.urls import path

from ifn.vocabulary import views

app_name = "vocabulary"
TERM = "kerja/kosakata/<slug:vocabulary>/<slug:code>"
urlpatterns = [
    path("kerja/kosakata", views.terms, name="list"),
    path(TERM, views.edit, name="edit"),
    path(f"{TERM}/kata", views.add_synonym, name="add-synonym"),
    path(f"{TERM}/kata/hapus", views.remove_synonym, name="remove-synonym"),
    path(f"{TERM}/pakai", views.set_active, name="set-active"),
]
