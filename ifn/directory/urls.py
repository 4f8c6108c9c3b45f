from django.urls import path

from ifn.directory.views import downloads, public, staff

app_name = "directory"
urlpatterns = [
    path("direktori", public.directory, name="list"),
    path("direktori/saran", public.suggest, name="suggest"),
    path("direktori/unduh.csv", downloads.download, {"kind": "csv"}, name="csv"),
    path("direktori/unduh.xlsx", downloads.download, {"kind": "xlsx"}, name="xlsx"),
    path("kerja/direktori", staff.businesses, name="staff"),
    path("kerja/direktori/baru", staff.new, name="new"),
    path("kerja/direktori/<slug:number>", staff.edit, name="edit"),
    path("kerja/direktori/<slug:number>/status", staff.change_status, name="status"),
    path("kerja/direktori/<slug:number>/foto", staff.add_picture, name="add-picture"),
    path("kerja/direktori/<slug:number>/foto/<int:pk>", staff.change_picture, name="picture"),
]
