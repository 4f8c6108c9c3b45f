from django.urls import path, register_converter

from ifn.site.converters import PublicNumberConverter
from ifn.site.views import (
    following,
    home,
    member,
    origin,
    profile,
    regional,
    texts,
    timeline,
    unserved,
)

register_converter(PublicNumberConverter, "number")

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("mulai", home.start, name="start"),
    path("ikuti/<slug:word>", following.follow, name="follow"),
    path("susun", home.compose, name="compose"),
    path("saya", member.mine, name="mine"),
    path("saya/usaha/<slug:number>/pratinjau", member.preview, name="preview"),
    path("saya/usaha/<slug:number>/perjalanan", timeline.of_firm, name="own-timeline"),
    path("saya/usaha/<slug:number>/perjalanan.csv", timeline.as_file, name="timeline-file"),
    path("saya/usaha/<slug:number>/perjalanan/hasil", timeline.show_outcomes, name="show-outcomes"),
    path("kerja/direktori/<slug:number>/perjalanan", timeline.of_staff, name="work-timeline"),
    path("kerja/direktori/<slug:number>/asal", origin.origin, name="origin"),
    path("kerja/wilayah", regional.regions, name="regions"),
    path("kerja/wilayah.<str:kind>", regional.regions_file, name="regions-file"),
    path("kerja/wilayah/<str:code>/belum", unserved.firms, name="unserved"),
    path("kerja/wilayah/<str:code>/belum.<str:kind>", unserved.firms_file, name="unserved-file"),
    path("tentang", texts.about, name="about"),
    path("verifikasi", texts.verification, name="verification"),
    path("bantuan", texts.help_, name="help"),
    path("privasi", texts.privacy, name="privacy"),
    path("aksesibilitas", texts.accessibility, name="accessibility"),
    path("usaha/<slug:slug>-<number:number>", profile.business, name="business"),
    path("usaha/<number:number>", profile.by_number, name="by-number"),
    path("usaha/<number:number>/perjalanan", timeline.of_everyone, name="timeline"),
    path("usaha/<number:number>.png", profile.share_picture, name="share-picture"),
]
