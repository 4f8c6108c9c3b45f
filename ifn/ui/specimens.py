"""What the gallery shows: one of everything, with the long words that break layouts."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ifn.ui.charts import Bar, Point
from ifn.ui.maps import Bubble
from ifn.ui.pieces import Choice

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
    "chart_bars": [
        Bar("Produksi", 1038, "#", highlight=True),
        Bar("Komponen dan perlengkapan", 426, "#"),
        Bar("Bahan", 210.5),
        Bar("Jual & ekspor", 0),
    ],
    "chart_points": [
        Point(str(year), value)
        for year, value in zip(
            range(2014, 2025), [4.1, 4.5, 4.6, 4.9, 5.1, 4.4, 4.8, 6.2, 7.7, 6.4, 6.8], strict=True
        )
    ],
    "spark_values": [3, 5, 4, 8, 7, 12],
    "chart_bubbles": [
        Bubble("Kota Mojokerto", -7.47, 112.43, 41, "#"),
        Bubble("Kab. Sidoarjo", -7.45, 112.72, 33, "#"),
        Bubble("Kota Bandung", -6.91, 107.61, 28, "#"),
        Bubble("Kab. Tangerang", -6.2, 106.5, 22, "#"),
        Bubble("Kab. Magetan", -7.65, 111.33, 12, "#"),
        Bubble("Kota Padang", -0.95, 100.35, 5, "#"),
        Bubble("Kab. Lombok Timur", -8.65, 116.53, 6, "#"),
        Bubble("Kota Makassar", -5.15, 119.43, 3),
        Bubble("Kota Jayapura", -2.53, 140.72, 1),
    ],
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
    "months": [
        {
            "title": "Juli 2026",
            "rows": [
                {
                    "at": datetime(2026, 7, 14, 9, 5, tzinfo=UTC),
                    "title": "Sepakat",
                    "href": "#",
                    "kind": "Hasil",
                    "icon": "check",
                    "tone": "brand",
                    "detail": "Rinjani, TN-7K3MQ-A",
                    "note": "Disepakati tertulis: Rp12.500.000",
                    "who": "Ibu Sri",
                },
                {
                    "at": datetime(2026, 7, 2, 16, 40, tzinfo=UTC),
                    "title": "Profil diubah · 3 kali",
                    "kind": "Profil",
                    "icon": "shop",
                    "detail": "kapasitas, pasang per bulan, pertanggungjawaban keberlanjutan",
                    "who": "Kantor jaringan",
                },
            ],
        },
        {
            "title": "Juni 2026",
            "rows": [
                {
                    "at": datetime(2026, 6, 1, 8, 0, tzinfo=UTC),
                    "title": "Diperiksa",
                    "href": "#",
                    "kind": "Verifikasi",
                    "icon": "shield-check",
                    "tone": "good",
                    "detail": "Legalitas",
                },
            ],
        },
    ],
    "chain": [
        {"icon": icon, "value": value, "title": title, "note": note, "href": "#"}
        for icon, value, title, note in [
            ("hide", 21, "Bahan", "kulit, tekstil, kimia"),
            ("sole", 26, "Komponen", "sol, acuan, aksesori"),
            ("gear", 9, "Mesin & jasa", "pola, cetakan, uji"),
            ("factory", 38, "Produksi", "sendiri & maklon"),
            ("tag", 17, "Merek & desain", "jenama, desainer"),
            ("shop", 7, "Jual & ekspor", "toko, marketplace"),
        ]
    ],
    "views": [
        {"title": "Daftar", "icon": "list", "href": "#", "current": True},
        {"title": "Peta", "icon": "map", "href": "#"},
        {"title": "Tabel", "icon": "table", "href": "#"},
    ],
    "crumbs": [("Beranda", "#"), ("Direktori", "#")],
    "options": [
        Choice("production", "Produksi", 38, checked=True),
        Choice("component", "Komponen dan perlengkapan", 26),
        Choice("material", "Bahan", 1021),
        Choice("brand", "Merek & desain", 0),
    ],
    "firms": [
        {"name": name, "place": place, "text": text}
        for name, place, text in [
            (
                "Langkah Jaya",
                "Kota Mojokerto, Jawa Timur",
                "Sepatu bot dan derby kulit, produksi sendiri",
            ),
            (
                "Persatuan Perajin Sepatu Berkelanjutan Nusantara",
                "Kab. Kotawaringin Timur, Kalimantan Tengah",
                "Pertanggungjawaban keberlanjutan, sandal spons dan EVA",
            ),
            (
                "Sol Nusantara",
                "Kab. Tangerang, Banten",
                "Sol luar TPR dan karet, cetakan sendiri",
            ),
        ]
    ],
}
