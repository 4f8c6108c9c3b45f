from django.urls import path

from ifn.collaboration.views.calls import desk, judging, leading, own, public, writing

CALL, OWN = "kolaborasi/ajakan/<slug:code>", "saya/ajakan/<slug:code>"
PANEL = "saya/penilaian-ajakan/<slug:code>"
urlpatterns = [
    path("kolaborasi/ajakan", public.calls, name="calls"),
    path(CALL, public.call, name="call"),
    path(f"{CALL}/lamar", public.apply, name="apply"),
    path("saya/ajakan", own.own_calls, name="own-calls"),
    path("saya/ajakan/baru", own.begin, name="begin-call"),
    path("saya/lamaran-ajakan/<int:pk>", own.application, name="own-application"),
    path("saya/undangan-ajakan/<int:pk>/tolak", own.decline, name="decline-invitation"),
    path(OWN, writing.own_call, name="own-call"),
    path(f"{OWN}/keadaan", writing.move, name="move-call"),
    path(f"{OWN}/langkah/<slug:key>", writing.step, name="call-step"),
    path(f"{OWN}/bagian/<slug:key>", writing.parts, name="call-parts"),
    path(f"{OWN}/bagian/<slug:key>/<int:pk>/hapus", writing.remove_part, name="remove-call-part"),
    path(f"{OWN}/syarat", writing.terms, name="call-terms"),
    path(f"{OWN}/undangan", leading.invitations, name="call-invitations"),
    path(f"{OWN}/lamaran", leading.applications, name="call-applications"),
    path(f"{OWN}/lamaran/<int:pk>", leading.application, name="call-application"),
    path(f"{OWN}/panel", judging.members, name="call-panel"),
    path(f"{OWN}/panel/<int:pk>/hapus", judging.remove_member, name="remove-evaluator"),
    path(f"{OWN}/keputusan", judging.decision, name="call-decision"),
    path(PANEL, judging.panel, name="panel"),
    path(f"{PANEL}/<int:pk>", judging.judge, name="judge"),
    path("kerja/kolaborasi", desk.desk, name="desk"),
    path("kerja/kolaborasi/menunggu/<int:pk>", desk.to_call, name="to-call"),
]
