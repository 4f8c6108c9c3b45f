from django.urls import path

from ifn.connections.views import following
from ifn.connections.views.enquiries import reading, staff, writing

app_name = "connections"
ONE, LINK, LETTER = (
    "saya/pertanyaan/<str:code>",
    "pertanyaan/buka/<str:token>",
    "kerja/pertanyaan/<int:pk>",
)
urlpatterns = [
    path("saya/ikuti", following.follows, name="follows"),
    path("saya/ikuti/<int:pk>", following.follow, name="follow"),
    path("saya/ikuti/<int:pk>/jeda", following.pause, name="pause-follow"),
    path("saya/ikuti/<int:pk>/lanjut", following.resume, name="resume-follow"),
    path("saya/ikuti/<int:pk>/berhenti", following.stop, name="stop-follow"),
    path("usaha/<slug:number>/tulis", writing.write, name="write"),
    path("pertanyaan/baru", writing.write_to_several, name="write-to-several"),
    path("pertanyaan/terkirim", writing.written, name="written"),
    path("pertanyaan/konfirmasi/<str:token>", writing.prove, name="prove"),
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
