from django.urls import URLPattern, path

from ifn.collaboration.views import batches, handing, impact, ownrelease, receiving, releases

PROJECT = "saya/proyek/<slug:code>"
BATCH = f"{PROJECT}/produksi/<slug:batch>"
HAND_OUT = f"{BATCH}/serah/<slug:hand_out>"
urlpatterns: list[URLPattern] = [
    path("kolaborasi", releases.collaborations, name="list"),
    path("kolaborasi/rilis/<slug:slug>", releases.release, name="release"),
    path("kolaborasi/rilis/<slug:slug>.png", releases.share_picture, name="release-picture"),
    path("kolaborasi/rilis/<slug:slug>.zip", releases.press_kit, name="press-kit"),
    path("kolaborasi/persetujuan/<str:token>", ownrelease.consent, name="consent"),
    path("terima/<slug:code>", receiving.receive, name="receive"),
    path("terima/<slug:code>/tanggapan", receiving.feedback, name="feedback"),
    path("terima/<slug:code>/pesan-lagi", receiving.reorder, name="reorder"),
    path(f"{PROJECT}/produksi", batches.batches, name="batches"),
    path(BATCH, batches.batch, name="batch"),
    path(f"{BATCH}/tanggapan", batches.said_of, name="batch-feedback"),
    path(f"{BATCH}/koreksi", batches.correct, name="correct-batch"),
    path(f"{BATCH}/penerima", batches.recipients, name="recipients"),
    path(f"{BATCH}/tutup", batches.close, name="close-batch"),
    path(f"{BATCH}/kabari", batches.tell, name="tell-recipients"),
    path(f"{BATCH}/cari", batches.by_code, name="find-hand-out"),
    path(f"{BATCH}/daftar-<int:part>.pdf", handing.printed, name="hand-out-list"),
    path(f"{BATCH}/daftar.<str:kind>", handing.table, name="hand-out-table"),
    path(HAND_OUT, handing.hand_out, name="hand-out"),
    path(f"{HAND_OUT}/hapus", handing.remove, name="remove-recipient"),
    path(f"{HAND_OUT}/sisa", handing.free, name="free-rest"),
    path(f"{HAND_OUT}/lembar", handing.sheet, name="receipt-sheet"),
    path(f"{PROJECT}/rilis", ownrelease.own_release, name="own-release"),
    path(f"{PROJECT}/rilis/langkah", ownrelease.move, name="move-release"),
    path(f"{PROJECT}/rilis/foto", ownrelease.picture, name="add-release-picture"),
    path(
        f"{PROJECT}/rilis/foto/<int:pk>/hapus",
        ownrelease.remove_picture,
        name="remove-release-picture",
    ),
    path(f"{PROJECT}/rilis/jawaban/<int:pk>", ownrelease.answer, name="answer-release"),
    path(f"{PROJECT}/dampak", impact.impact, name="impact"),
    path(f"{PROJECT}/dampak/<int:pk>/hapus", impact.remove, name="remove-impact"),
    path("kerja/kolaborasi/dampak", impact.in_sum, name="impact-in-sum"),
    path("kerja/kolaborasi/dampak.csv", impact.in_sum_file, name="impact-file"),
]
