"""What the gallery shows: one example of everything, with the long words and odd values that break layouts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ROLES = [("production", _("Production")), ("component", _("Components")), ("brand", _("Brand"))]


class SpecimenForm(forms.Form):
    """Every kind of input once."""

    name = forms.CharField(label=_("Business name"), help_text=_("As on the signboard."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    capacity = forms.IntegerField(label=_("Pairs per month"), min_value=1)
    story = forms.CharField(label=_("Story"), widget=forms.Textarea, required=False)
    size = forms.ChoiceField(label=_("Main role"), choices=[("", "—"), *ROLES], required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles in the chain"),
        help_text=_("Choose all that fit."),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
    )
    mode = forms.ChoiceField(label=_("Job orders"), choices=ROLES, widget=forms.RadioSelect)
    picture = forms.FileField(label=_("Picture"), required=False)
    agree = forms.BooleanField(label=_("The details are true and may be shown."))


#: What a hurried person might send: nearly everything is missing or wrong.
FAULTY = {"name": "", "email": "bukan-surel", "capacity": "0", "mode": "production"}

VALUES: dict[str, Any] = {
    "decisive": [
        ("Pesanan minimum", "40 pasang"),
        ("Kapasitas", "1.200 / bulan"),
        ("Waktu", "30 hari"),
        ("Konstruksi", "Goodyear, Blake"),
        ("Contoh", ""),
        ("Ukuran", "EU 36–46"),
    ],
    "fact_items": [
        ("Min. pesan", "40 pasang"),
        ("Kapasitas", "1.200/bln"),
        ("Konstruksi", "Goodyear"),
    ],
    "definition_items": [
        ("Proses sendiri", "Pola, potong, jahit upper, lasting, finishing"),
        ("Bahan", "Kulit sapi full grain, pull-up; sol TPR, karet, kulit"),
        ("Mesin", "Post-bed 4, seset 2, press 1, Goodyear 1"),
    ],
    "proof_items": [
        {"title": "Legalitas", "detail": "NIB dilihat BPIPI, 12 Mar 2026 · berlaku s.d. Mar 2027"},
        {"title": "Kunjungan", "detail": "Kedaluwarsa 8 Mei 2026", "state": "expired"},
        {"title": "Pesanan dikonfirmasi pembeli", "detail": "Belum ada", "state": "missing"},
    ],
    "chain": [
        {"icon": "hide", "value": 21, "title": "Bahan", "note": "kulit, tekstil, kimia", "href": "#"},
        {"icon": "sole", "value": 26, "title": "Komponen", "note": "sol, acuan, aksesori", "href": "#"},
        {"icon": "gear", "value": 9, "title": "Mesin & jasa", "note": "pola, cetakan, uji", "href": "#"},
        {"icon": "factory", "value": 38, "title": "Produksi", "note": "sendiri & maklon", "href": "#"},
        {"icon": "tag", "value": 17, "title": "Merek & desain", "note": "jenama, desainer", "href": "#"},
        {"icon": "shop", "value": 7, "title": "Jual & ekspor", "note": "toko, marketplace", "href": "#"},
    ],
    "views": [
        {"title": "Daftar", "icon": "list", "href": "#", "current": True},
        {"title": "Peta", "icon": "map", "href": "#"},
        {"title": "Tabel", "icon": "table", "href": "#"},
    ],
    "crumbs": [("Beranda", "#"), ("Direktori", "#")],
    "options": [
        {"value": "production", "label": "Produksi", "count": 38, "checked": True},
        {"value": "component", "label": "Komponen dan perlengkapan", "count": 26},
        {"value": "material", "label": "Bahan", "count": 1021},
        {"value": "brand", "label": "Merek & desain", "count": 0},
    ],
    "firms": [
        {"name": "Langkah Jaya", "place": "Kota Mojokerto, Jawa Timur", "text": "Sepatu bot dan derby kulit, produksi sendiri", "shape": "boot"},
        {"name": "Persatuan Perajin Sepatu Berkelanjutan Nusantara", "place": "Kab. Kotawaringin Timur, Kalimantan Tengah", "text": "Pertanggungjawaban keberlanjutan, sandal spons dan EVA", "shape": ""},
        {"name": "Sol Nusantara", "place": "Kab. Tangerang, Banten", "text": "Sol luar TPR dan karet, cetakan sendiri", "shape": ""},
    ],
}  # fmt: skip
