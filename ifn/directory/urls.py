from django.urls import path

from ifn.directory.views import (
    chain,
    confirming,
    downloads,
    member,
    people,
    photos,
    public,
    staff,
)

app_name = "directory"
MINE = "saya/usaha/<slug:number>"
urlpatterns = [
    path("direktori", public.directory, name="list"),
    path("direktori/saran", public.suggest, name="suggest"),
    path("saya/usaha/baru", member.begin, name="begin"),
    path(MINE, member.overview, name="overview"),
    path(f"{MINE}/isi/<slug:key>", member.step, name="step"),
    path(f"{MINE}/terbitkan", member.publish, name="publish"),
    path(f"{MINE}/buang", member.discard, name="discard"),
    path(f"{MINE}/foto", photos.photos, name="photos"),
    path(f"{MINE}/foto/<int:pk>", photos.photo, name="photo"),
    path(f"{MINE}/orang", people.people, name="people"),
    path(f"{MINE}/orang/<int:pk>", people.change, name="member"),
    path(f"{MINE}/orang/undang", people.invite, name="invite"),
    path(f"{MINE}/orang/tunjuk", people.appoint, name="appoint"),
    path(f"{MINE}/undangan/<int:pk>/tarik", people.withdraw, name="withdraw"),
    path(f"{MINE}/riwayat", member.past, name="history"),
    path(f"{MINE}/batalkan", member.undo, name="undo"),
    path("undangan/<str:token>", people.invitation, name="invitation"),
    path("rantai", chain.chain, name="chain"),
    path("rantai/kesenjangan.<str:kind>", chain.gaps_file, name="gaps-file"),
    path("kerja/rantai", chain.where_to_act, name="where-to-act"),
    path("kerja/rantai.<str:kind>", chain.waiting_file, name="waiting-file"),
    path("masih-benar/<str:token>", confirming.still_true, name="still-true"),
    path("direktori/unduh.csv", downloads.download, {"kind": "csv"}, name="csv"),
    path("direktori/unduh.xlsx", downloads.download, {"kind": "xlsx"}, name="xlsx"),
    path("kerja/direktori", staff.businesses, name="staff"),
    path("kerja/direktori/baru", staff.new, name="new"),
    path("kerja/direktori/<slug:number>", staff.edit, name="edit"),
    path("kerja/direktori/<slug:number>/konfirmasi", confirming.ask_by_phone, name="confirm"),
    path("kerja/direktori/<slug:number>/status", staff.change_status, name="status"),
    path("kerja/direktori/<slug:number>/foto", staff.add_picture, name="add-picture"),
    path("kerja/direktori/<slug:number>/foto/<int:pk>", staff.change_picture, name="picture"),
]
