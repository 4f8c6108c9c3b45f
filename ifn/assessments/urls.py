from django.urls import path

from ifn.assessments.views import (
    assessing,
    doubles,
    field,
    fieldposts,
    instruments,
    paper,
    parts,
    regional,
    results,
)

app_name = "assessments"
WORK = "kerja/penilaian"
FORMS = f"{WORK}/kuesioner"
ONE = f"{FORMS}/<slug:code>/<int:number>"
FIELD = "lapangan"
SHEET = "saya/penilaian/<uuid:uuid>"
urlpatterns = [
    path(WORK, assessing.office, name="office"),
    path(f"{WORK}/<int:pk>", assessing.by_key, name="by-key"),
    path(f"{WORK}/cari", assessing.find, name="find"),
    path(f"{WORK}/hasil", regional.overview, name="overview"),
    path(f"{WORK}/usaha", regional.by_need, name="by-need"),
    path("saya/penilaian", assessing.mine, name="mine"),
    path("saya/penilaian/wilayah", regional.regions, name="regions"),
    path("saya/penilaian/usaha/<str:number>", results.firm, name="firm"),
    path("saya/penilaian/usaha/<str:number>/mulai", assessing.start, name="start"),
    path(SHEET, assessing.assessment, name="assessment"),
    path(f"{SHEET}/isi/<slug:part>", assessing.fill, name="fill"),
    path(f"{SHEET}/kirim", assessing.submit, name="submit"),
    path(f"{SHEET}/putuskan", assessing.decide, name="decide"),
    path(f"{SHEET}/sisihkan", doubles.aside, name="aside"),
    path(f"{SHEET}/foto/<int:pk>", assessing.photo, name="photo"),
    path(f"{SHEET}/foto/<int:pk>/hapus", assessing.remove_photo, name="remove-photo"),
    path(f"{SHEET}/beda", assessing.conflicts, name="conflicts"),
    path(f"{SHEET}/kertas", paper.paper, name="paper"),
    path(f"{SHEET}/cepat", paper.grid, name="grid"),
    path(FIELD, field.page, name="field"),
    path(f"{FIELD}/pekerja.js", field.worker, name="field-worker"),
    path(f"{FIELD}/manifes.json", field.manifest, name="field-manifest"),
    path(f"{FIELD}/bekal", field.supplies, name="field-supplies"),
    path(f"{FIELD}/usaha", field.firms, name="field-firms"),
    path(f"{FIELD}/kirim", fieldposts.receive, name="field-receive"),
    path(f"{FIELD}/foto", fieldposts.photo, name="field-photo"),
    path(FORMS, instruments.listing, name="instruments"),
    path(f"{FORMS}/baru", instruments.create, name="new-instrument"),
    path(ONE, instruments.version, name="version"),
    path(f"{ONE}/pratinjau", instruments.preview, name="preview"),
    path(f"{ONE}/tindakan", instruments.act, name="act"),
    path(f"{ONE}/nama", instruments.rename, name="rename"),
    path(f"{ONE}/sebanding", instruments.comparable, name="comparable"),
    path(f"{ONE}/xlsform", instruments.export, name="export"),
    path(f"{ONE}/impor", instruments.take_in, name="import"),
    path(f"{ONE}/tingkat", parts.levels, name="levels"),
    path(f"{ONE}/dimensi", parts.dimension, name="new-dimension"),
    path(f"{ONE}/dimensi/<slug:part>", parts.dimension, name="dimension"),
    path(f"{ONE}/pertanyaan", parts.question, name="new-question"),
    path(f"{ONE}/pertanyaan/<slug:part>", parts.question, name="question"),
]
