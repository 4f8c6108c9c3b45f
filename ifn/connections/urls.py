from django.urls import path

from ifn.connections.views import (
    attaching,
    buyerlist,
    chains,
    following,
    matching,
    member,
    public,
    stillopen,
)
from ifn.connections.views.enquiries import answering, proving, reading, staff, writing

app_name = "connections"
MINE = "saya/peluang/<slug:number>"
ONE, LINK, LETTER = (
    "saya/pertanyaan/<str:code>",
    "pertanyaan/buka/<str:token>",
    "kerja/pertanyaan/<int:pk>",
)
urlpatterns = [
    path("rantai/susun", chains.compose, name="compose"),
    path("rantai/susun/<str:token>", chains.proposed, name="chain"),
    path("rantai/susun/<str:token>/bagikan", chains.share, name="share-chain"),
    path("rantai/susun/<str:token>/simpan", chains.save, name="save-chain"),
    path("rantai/susun/<str:token>/hapus", chains.forget, name="forget-chain"),
    path("kerja/rantai/kosong", chains.lacking, name="lacking"),
    path("peluang", public.opportunities, name="opportunities"),
    path("peluang/<slug:number>", public.opportunity, name="opportunity"),
    path("peluang/<slug:number>/jawab", answering.answer, name="answer"),
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
    path("saya/ikuti", following.follows, name="follows"),
    path("saya/ikuti/<int:pk>", following.follow, name="follow"),
    path("saya/ikuti/<int:pk>/jeda", following.pause, name="pause-follow"),
    path("saya/ikuti/<int:pk>/lanjut", following.resume, name="resume-follow"),
    path("saya/ikuti/<int:pk>/berhenti", following.stop, name="stop-follow"),
    path("usaha/<slug:number>/tulis", writing.write, name="write"),
    path("pertanyaan/baru", writing.write_to_several, name="write-to-several"),
    path("pertanyaan/terkirim", proving.written, name="written"),
    path("pertanyaan/konfirmasi/<str:token>", proving.prove, name="prove"),
    path("pertanyaan/milik/<str:token>", proving.kept, name="kept"),
    path(LINK, reading.by_link, name="by-link"),
    path(f"{LINK}/berkas/<int:pk>", reading.file_by_link, name="file-by-link"),
    path("pertanyaan/kabar/<str:token>", reading.question, name="question"),
    path("saya/pertanyaan", reading.boxes, name="enquiries"),
    path(ONE, reading.enquiry, name="enquiry"),
    path(f"{ONE}/berkas/<int:pk>", reading.file, name="file"),
    path("kerja/pertanyaan", staff.office, name="office"),
    path(LETTER, staff.letter, name="letter"),
    path(f"{LETTER}/berkas/<int:file>", staff.letter_file, name="letter-file"),
]
