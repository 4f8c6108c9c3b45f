"""Addresses of projects: public, by link, the partners' workspace, the office's list."""

from django.urls import URLPattern, path

from ifn.collaboration.views import (
    beginning,
    filing,
    linked,
    noting,
    partnering,
    planning,
    projects,
    specifying,
    workspace,
)

OWN = "saya/proyek/<slug:code>"
PARTNER, GUEST = "kolaborasi/mitra/<str:token>", "kolaborasi/tamu/<str:token>"
urlpatterns: list[URLPattern] = [
    path("kolaborasi/proyek/<slug:code>", projects.project, name="project"),
    path(PARTNER, linked.partner, name="partner-link"),
    path(f"{PARTNER}/lakukan", linked.partner_acts, name="partner-acts"),
    path(f"{PARTNER}/tonggak/<int:pk>", linked.partner_settles, name="partner-settles"),
    path(f"{PARTNER}/berkas/<int:pk>", linked.partner_file, name="partner-file"),
    path(GUEST, linked.guest, name="guest-link"),
    path(f"{GUEST}/berkas/<int:pk>", linked.guest_file, name="guest-file"),
    path("saya/proyek", projects.own_projects, name="own-projects"),
    path("saya/proyek/mulai", beginning.begin, name="begin-project"),
    path("kerja/kolaborasi/proyek", projects.desk_projects, name="desk-projects"),
    path(OWN, workspace.overview, name="own-project"),
    path(f"{OWN}/ubah", workspace.change, name="change-project"),
    path(f"{OWN}/keadaan", workspace.move, name="move-project"),
    path(f"{OWN}/unduh", workspace.record, name="project-record"),
    path(f"{OWN}/tahap", planning.stages, name="project-stages"),
    path(f"{OWN}/tahap/<slug:kind>", planning.step, name="project-stage"),
    path(f"{OWN}/tonggak", planning.milestones, name="project-milestones"),
    path(f"{OWN}/tonggak/<int:pk>", planning.milestone, name="project-milestone"),
    path(f"{OWN}/tonggak/<int:pk>/kabar", planning.settle, name="settle-milestone"),
    path(f"{OWN}/mitra", partnering.partners, name="project-partners"),
    path(f"{OWN}/mitra/<int:pk>", partnering.partner, name="project-partner"),
    path(f"{OWN}/tamu", partnering.guests, name="project-guests"),
    path(f"{OWN}/tamu/<int:pk>", partnering.guest, name="project-guest"),
    path(f"{OWN}/catatan", noting.notes, name="project-notes"),
    path(f"{OWN}/risiko", noting.risks, name="project-risks"),
    path(f"{OWN}/risiko/<int:pk>", noting.end_risk, name="end-risk"),
    path(f"{OWN}/berkas", filing.files, name="project-files"),
    path(f"{OWN}/berkas/<int:pk>", filing.file, name="project-file"),
    path(f"{OWN}/berkas/<int:pk>/siapa", filing.show_to, name="show-file"),
    path(f"{OWN}/spesifikasi", specifying.specification, name="project-specification"),
    path(f"{OWN}/spesifikasi/uji", specifying.add_result, name="add-result"),
    path(f"{OWN}/spesifikasi/uji/<int:pk>/hapus", specifying.remove_result, name="remove-result"),
]
