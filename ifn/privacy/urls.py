from django.urls import path

from ifn.privacy.views import breaches, member, public, staff

app_name = "privacy"
urlpatterns = [
    path("privasi/permintaan", public.ask, name="ask"),
    path("privasi/permintaan/<str:token>", public.followed, name="followed"),
    path("privasi/pastikan/<str:token>", public.prove, name="prove"),
    path("privasi/bukti/<str:token>", public.proof, name="proof"),
    path("privasi/penyimpanan", public.retention, name="retention"),
    path("saya/data", member.data, name="data"),
    path("saya/data/kabar", member.news, name="news"),
    path("saya/data/salinan", member.ask_for_export, name="ask-for-export"),
    path("saya/data/salinan/<int:pk>", member.export, name="export"),
    path("saya/data/permintaan", member.ask, name="ask-signed-in"),
    path("kerja/privasi", staff.waiting, name="work"),
    path("kerja/privasi/baru", staff.new, name="new"),
    path("kerja/privasi/insiden", breaches.register, name="breaches"),
    path("kerja/privasi/insiden/<int:pk>", breaches.breach, name="breach"),
    path("kerja/privasi/<int:pk>", staff.request_page, name="request"),
    path("kerja/privasi/<int:pk>/langkah/<slug:key>", staff.step, name="step"),
]
