"""A list from a spreadsheet becomes profiles: mapped, decided, applied, mended, and taken back."""

import io
import re
from html import unescape
from http import HTTPStatus

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ifn.directory.models import Business
from ifn.directory.profile import ContactFact
from ifn.intake.models import List, Row
from ifn.jobs.running import run_due
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

ASSOCIATION = """Daftar anggota Asosiasi Alas Kaki;;;;;
Keadaan Mei 2026;;;;;

Nama Perusahaan;Alamat;Kota;Provinsi;Jenis;HP
CV Café Sol;Jl. Mawar 7;Kota Mojokerto;Jawa Timur;Outsole;081234567001
UD Tiga Jalan;Dusun Barat RT 3;Garut;Jawa Barat;Perajin sepatu;081234567002
CV Tanpa Tempat;Jl. Entah 4;Kota Antah;;Outsole;081234567004
Kulit Makmur;Jl. Kulit 9;Kab. Magetan;Jawa Timur;Wow-wow;
CV Café Sol;Jl. Mawar 7;Kota Mojokerto;Jawa Timur;Outsole;081234567001
"""
REGION = """Nama;Alamat;Kabupaten/Kota
Sandal Sasak;Jl. Rinjani 1;Kab. Lombok Timur
Sepatu Jawa;Jl. Pahlawan 2;Kota Surabaya
"""
SAID = {
    "id": ("1 baris menunggu putusan", "Memang profil ini", "IFN: alasan"),
    "en": ("1 row waits for a decision", "It is this one", "IFN: reason"),
}


class Desk:
    """A person at the pages of lists, in one language."""

    def __init__(self, client, code, person):
        self.client, self.code = client, code
        self.start = ("" if code == "id" else f"/{code}") + "/kerja/daftar"
        client.force_login(person)

    def upload(self, content, name="anggota.csv", **typed):
        given = {
            "source": "Asosiasi Alas Kaki",
            "stated_on": "2026-05-01",
            "basis": "consent",
            "whom": "office",
            "akhir": "1",
            "file": SimpleUploadedFile(name, content),
        }
        answer = self.client.post(f"{self.start}/unggah", given | typed, follow=True)
        self.work()
        return answer.redirect_chain[-1][0]

    def shown(self, address):
        return unescape(self.client.get(address).content.decode())

    def send(self, address, **given):
        return unescape(self.client.post(address, given, follow=True).content.decode())

    def work(self):
        while run_due():
            pass

    def map(self, address, **changed):
        """Send the form of the columns as it is shown, but for what is changed."""
        html = self.shown(f"{address}/kolom")
        form = dict(re.findall(r'<input type="hidden" name="(judul)" value="(\d+)"', html))
        for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', html):
            picked = re.search(r'value="([^"]*)" selected', options)
            first = re.search(r'value="([^"]*)"', options)
            form[name] = picked[1] if picked else first[1]
        return self.send(f"{address}/kolom", **form | changed, do="save")

    def bad_rows(self, address):
        answer = self.client.get(f"{address}/salah.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
        return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def saved(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def states(received):
    rows = received.rows.exclude(state="above").order_by("position")
    return list(rows.values_list("name", "state"))


@pytest.mark.parametrize("code", ["id", "en"])
def test_an_officer_brings_a_list(client, code):  # noqa: PLR0915  # one story, told in one piece
    officer = OfficerFactory(name="Bu Ani", language=code)
    there = registered(
        profile(
            name="Tiga Jalan Mulia",
            region="32.05",
            address="Dusun Barat RT 3",
            contacts=(ContactFact("phone", "+622165432", "nobody"),),
        )
    )
    desk = Desk(client, code, officer)
    undecided, same, why = SAID[code]

    # Uploaded twice, it is one list; the header below the banner is found, in its old encoding.
    list_page = desk.upload(ASSOCIATION.encode("cp1252"))
    assert desk.upload(ASSOCIATION.encode("cp1252")) == list_page
    received = List.objects.get()
    html = desk.shown(f"{list_page}/kolom")
    for shown in ("CV Café Sol", "+6281234567001", "Wow-wow"):
        assert shown in html
    assert Business.objects.count() == 1

    # Mapped, each row says what it is.
    desk.map(list_page)
    desk.work()
    assert states(received) == [
        ("CV Café Sol", "new"),
        ("UD Tiga Jalan", "maybe"),
        ("CV Tanpa Tempat", "error"),
        ("Kulit Makmur", "error"),
        ("CV Café Sol", "twice"),
    ]
    assert undecided in desk.shown(list_page)

    # The doubtful one is compared and decided.
    waiting = f"{list_page}/baris?keadaan=mungkin&putusan=belum"
    [row_page] = re.findall(r'<a href="([^"]+)" data-item', desk.shown(waiting))
    html = desk.shown(row_page)
    assert "Tiga Jalan Mulia" in html
    assert same in html
    desk.send(row_page, same=str(there.pk), seen="")
    doubtful = received.rows.get(position=6)
    assert (doubtful.decision, doubtful.business, doubtful.decided_by) == ("join", there, officer)

    # Applied, the profiles are found; what the list says of contacts nobody sees.
    desk.send(list_page, do="apply")
    desk.work()
    prefix = "" if code == "id" else "/en"
    found = desk.shown(f"{prefix}/direktori?q=cafe+sol")
    assert "Café Sol" in found
    assert "081234567001" not in found
    made = Business.objects.get(name="Café Sol")
    client.logout()
    assert "81234567001" not in desk.shown(made.get_absolute_url())
    client.force_login(officer)

    # The bad rows are mended in their file and come again; the headings are remembered.
    header, *bad = desk.bad_rows(list_page)
    assert header == [
        *("Nama Perusahaan", "Alamat", "Kota", "Provinsi", "Jenis", "HP"),
        why,
    ]
    assert [row[0] for row in bad] == ["CV Tanpa Tempat", "Kulit Makmur"]
    bad[0][2], bad[1][4] = "Kab. Sidoarjo", "Penyamakan kulit"
    mended_page = desk.upload(saved([header, *bad]), "anggota-salah.xlsx")
    desk.map(mended_page)
    desk.work()
    desk.send(mended_page, do="apply")
    desk.work()
    assert set(states(List.objects.latest("pk"))) == {
        ("CV Tanpa Tempat", "applied"),
        ("Kulit Makmur", "applied"),
    }

    # One row is taken back, with a reason.
    first = received.rows.get(name="CV Café Sol", state="applied")
    page = f"{list_page}/baris/{first.position}"
    desk.send(page, do="undo", reason="")
    assert Row.objects.get(pk=first.pk).state == "applied"
    desk.send(page, do="undo", reason="Bukan anggota lagi")
    assert Row.objects.get(pk=first.pk).state == "undone"
    assert Business.objects.get(pk=made.pk).status == "hidden"
    assert "Café Sol" not in desk.shown(f"{prefix}/direktori?q=cafe+sol")


@pytest.mark.parametrize("code", ["id", "en"])
def test_a_dinas_brings_the_list_of_its_region_and_an_officer_releases_it(client, code):
    dinas = RegionalOfficerFactory(name="Dinas Lombok Timur", territory=["52.03"], language=code)
    desk = Desk(client, code, dinas)

    list_page = desk.upload(REGION.encode(), "lotim.csv", whom="regions")
    desk.map(list_page)
    desk.work()
    received = List.objects.get()
    assert states(received) == [("Sandal Sasak", "new"), ("Sepatu Jawa", "error")]
    assert client.post(list_page, {"do": "apply"}).status_code == HTTPStatus.FORBIDDEN
    assert client.post(list_page, {"do": "release"}).status_code == HTTPStatus.FORBIDDEN

    officer = OfficerFactory()
    office = Desk(client, code, officer)
    work = desk.start.removesuffix("/daftar")
    assert "lotim.csv" in office.shown(f"{work}?jenis=daftar")
    office.send(list_page, do="apply")
    assert List.objects.get().state == "review"
    office.send(list_page, do="release")
    office.send(list_page, do="apply")
    office.work()

    received.refresh_from_db()
    assert (received.state, received.released_by) == ("applied", officer)
    assert states(received) == [("Sandal Sasak", "applied"), ("Sepatu Jawa", "error")]
    assert Business.objects.get().region_id == "52.03"
