from django.urls import path

from ifn.moderation.views import (
    broking,
    claiming,
    expiring,
    judging,
    opportunities,
    queue,
    reporting,
    twins,
)

app_name = "moderation"
CLAIM, LINKS = "klaim/<slug:number>", "kerja/usaha/<slug:number>/tautan-klaim"
urlpatterns = [
    path("usaha/<slug:number>/lapor", reporting.report, name="report"),
    path("laporan/<str:token>", reporting.reported, name="reported"),
    path(CLAIM, claiming.claim, name="claim"),
    path(f"{CLAIM}/kode", claiming.send_code, name="send-code"),
    path(f"{CLAIM}/kode/masukkan", claiming.enter_code, name="enter-code"),
    path(f"{CLAIM}/bukti", claiming.evidence, name="evidence"),
    path(f"{CLAIM}/tarik", claiming.withdraw, name="withdraw"),
    path("tautan-klaim/<str:token>", claiming.claim_link, name="claim-link"),
    path("kerja", queue.waiting, name="work"),
    path("kerja/ambil", queue.take, name="take"),
    path("kerja/saringan", queue.save_filter, name="save-filter"),
    path("kerja/saringan/<int:pk>/hapus", queue.forget_filter, name="forget-filter"),
    path("kerja/laporan/<int:pk>", reporting.answer, name="answer"),
    path("kerja/klaim/<int:pk>", judging.judge, name="judge"),
    path("kerja/klaim/<int:pk>/berkas/<int:note>", judging.evidence_file, name="evidence-file"),
    path("kerja/profil-baru/<int:pk>", queue.look, name="look"),
    path("kerja/kembar", twins.pairs, name="pairs"),
    path("kerja/kembar/tanya", twins.ask, name="ask-twins"),
    path("kerja/kembar/<int:pk>", twins.twins, name="twins"),
    path("kerja/kembar/<int:pk>/batalkan", twins.undo, name="undo-merge"),
    path("kerja/peluang", opportunities.opportunities, name="opportunities"),
    path("kerja/peluang/<int:pk>", opportunities.opportunity, name="opportunity"),
    path("kerja/perantara", broking.desk, name="desk"),
    path("kerja/perantara/saran", broking.firms, name="desk-firms"),
    path("kerja/perantara/peluang/<int:pk>", broking.request_page, name="broke-request"),
    path("kerja/perantara/pertanyaan/<int:pk>", broking.enquiry_page, name="broke-enquiry"),
    path("kerja/masa-berlaku/<int:pk>", expiring.expiring, name="expiring"),
    path(LINKS, judging.links, name="links"),
    path(f"{LINKS}/<int:pk>/tarik", judging.withdraw_link, name="withdraw-link"),
]
