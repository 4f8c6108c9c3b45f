from django.urls import path

from ifn.connections.views import attaching, buyerlist, matching, member, public, stillopen

app_name = "connections"
MINE = "saya/peluang/<slug:number>"
urlpatterns = [
    path("peluang", public.opportunities, name="opportunities"),
    path("peluang/<slug:number>", public.opportunity, name="opportunity"),
    path("peluang/<slug:number>/berkas/<int:pk>", public.attachment, name="attachment"),
    path("masih-terbuka/<str:token>", stillopen.still_open, name="still-open"),
    path("saya/peluang", member.mine, name="mine"),
    path("saya/peluang/baru", member.begin, name="begin"),
    path("saya/peluang/dari-daftar", buyerlist.from_list, name="from-list"),
    path("saya/peluang/cocok", matching.fitting, name="fitting"),
    path(MINE, member.own, name="own"),
    path(f"{MINE}/isi/<slug:key>", member.step, name="step"),
    path(f"{MINE}/terbitkan", member.post, name="post"),
    path(f"{MINE}/buang", member.discard, name="discard"),
    path(f"{MINE}/keadaan", member.change, name="change"),
    path(f"{MINE}/berkas", attaching.attachments, name="attachments"),
    path(f"{MINE}/berkas/<int:pk>/hapus", attaching.detach, name="detach"),
]
