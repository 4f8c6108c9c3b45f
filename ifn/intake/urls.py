from django.urls import path

from ifn.intake.views import columns, deciding, files, lists, rows, standing

app_name = "intake"
LISTS = "kerja/daftar"
ONE = f"{LISTS}/<int:pk>"
urlpatterns = [
    path(LISTS, lists.lists, name="lists"),
    path(f"{LISTS}/templat.<str:kind>", files.template, name="template"),
    path(f"{LISTS}/unggah", lists.upload, name="upload"),
    path(ONE, standing.standing, name="list"),
    path(f"{ONE}/asli", files.original, name="original"),
    path(f"{ONE}/kolom", columns.columns, name="columns"),
    path(f"{ONE}/baris", rows.rows, name="rows"),
    path(f"{ONE}/salah.<str:kind>", files.bad_rows, name="bad-rows"),
    path(f"{ONE}/baris.<str:kind>", files.all_rows, name="rows-file"),
    path(f"{ONE}/baris/<int:position>", deciding.row, name="row"),
    path(f"{LISTS}/baris/<int:pk>", deciding.by_key, name="row-by-key"),
]
