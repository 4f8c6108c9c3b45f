from django.urls import path

from ifn.directory.views import chain, confirming, public, staff

app_name = "directory"
urlpatterns = [
    path("direktori", public.directory, name="list"),
    path("direktori/saran", public.suggest, name="suggest"),
    path("rantai", chain.chain, name="chain"),
    path("rantai/kesenjangan.<str:kind>", chain.gaps_file, name="gaps-file"),
    path("kerja/rantai", chain.where_to_act, name="where-to-act"),
    path("kerja/rantai.<str:kind>", chain.waiting_file, name="waiting-file"),
    path("masih-benar/<str:token>", confirming.still_true, name="still-true"),
    path("kerja/direktori", staff.businesses, name="staff"),
    path("kerja/direktori/baru", staff.new, name="new"),
    path("kerja/direktori/<slug:number>", staff.edit, name="edit"),
    path("kerja/direktori/<slug:number>/konfirmasi", confirming.ask_by_phone, name="confirm"),
    path("kerja/direktori/<slug:number>/status", staff.change_status, name="status"),
    path("kerja/direktori/<slug:number>/foto", staff.add_picture, name="add-picture"),
    path("kerja/direktori/<slug:number>/foto/<int:pk>", staff.change_picture, name="picture"),
]
