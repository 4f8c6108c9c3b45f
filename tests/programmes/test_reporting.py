"""The report of a batch: what stands in it, for whom, and that every figure leads to its rows."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from ifn.assessments.actions import answering
from ifn.directory.handing import Handed, private_files
from ifn.directory.models import Picture
from ifn.jobs.running import run_due
from ifn.programmes import tasks
from ifn.programmes.actions import erasing, partnering, reporting, teaching
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import ReportMaking, ReportPicture, SessionFile
from ifn.programmes.queries.reporting import material_of
from ifn.programmes.reporting import report_of
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.assessments import started
from tests.factories.directory import AT, BANDUNG, MOJOKERTO, photo
from tests.factories.programmes import (
    AFTER,
    completed,
    ended,
    firm,
    moved,
    officer,
    planned,
    said,
    session,
)
from tests.programmes.asking import page, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LATE = AFTER + timedelta(days=200)


@pytest.fixture
def desk(client):
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


def full():
    """Return a batch with something in every part of its report."""
    batch, seated, _one = completed(7)
    for one in seated:
        said(one, Wave.BEFORE, workers=2, turnover="from_5", defects=Decimal(10))
    for one in seated[:6]:
        said(one, Wave.M3, workers=4, turnover="from_15", products=2, defects=Decimal(5))
    partner = partnering.add_partner(batch, "Desa Wisata", kind="tourism", actor=officer(), at=AT)
    promised = partnering.promise(partner, "Rak", due_on=None, actor=officer(), at=AT)
    partnering.settle(promised, "kept", actor=officer(), at=AFTER)
    partnering.write_line(
        batch,
        None,
        "Bahan",
        source="apbn",
        planned=Decimal(1000),
        spent=Decimal(900),
        actor=officer(),
        at=AT,
    )
    return batch, seated


class TestReport:
    def test_it_says_who_why_what_and_what_changed(self):
        batch, _seated = full()

        with translation.override("en"):
            made = report_of(material_of(batch, officer(), at=LATE, wave=Wave.M3))

        parts = {part.key: part for part in made.sections}
        assert list(parts) == [
            *("who", "why", "taught", "attendance", "answered", "changed", "compared"),
            *("promises", "money"),
        ]
        tables = {table.key: table for table in made.tables}
        workers = next(row for row in tables["changes"].rows if row[0] == "Workers")
        assert workers[2:9] == [6, 2, 4, "+2", "+2 to +2", "6 of 6 (61 to 100%)", 0]
        assert workers[1] == "Higher, for the better."
        defects = next(row for row in tables["changes"].rows if row[0] == "Defects, percent")
        assert (defects[5], defects[1]) == ("-5", "Lower, for the better.")
        turnover = next(row for row in tables["changes"].rows if row[0] == "Turnover, bands")
        assert turnover[3:5] == ["Rp5 to 15 million", "Rp15 to 50 million"]
        m3 = next(row for row in tables["responses"].rows if row[0] == "3 months after")
        assert m3[2:6] == [7, 6, 1, 14]
        assert tables["counted"].rows[0][1:3] == [6, 12]
        assert parts["promises"].figures[0].value == "1 of 1"
        assert [figure.value for figure in parts["money"].figures] == ["Rp1,000", "Rp900", "Rp129"]

    def test_every_figure_leads_to_a_table_of_its_rows(self, desk):
        batch, seated = full()

        shown = text(page(desk, "report", batch.code))

        wanted = set(re.findall(r'href="#(tabel-[^"]+)"', shown))
        assert wanted
        assert wanted <= set(re.findall(r'id="(tabel-[^"]+)"', shown))
        assert reverse("programmes:registration", args=[batch.code, seated[0].pk]) in shown
        assert (
            reverse("programmes:outcome-of-participant", args=[batch.code, seated[0].pk, "before"])
            in shown
        )
        assert "Bahwa pendampingan yang menyebabkan perubahan" in shown
        assert "regresi ke rata-rata" in shown
        assert '<th scope="col" class="wrap-head">' in shown

    @pytest.mark.usefixtures("language")
    def test_every_page_of_it_opens(self, desk):
        batch, _seated = full()

        for name in ("report", "report-pictures", "report-progress", "outcomes"):
            assert page(desk, name, batch.code).status_code == 200, name
        for wave in ("end", "m3", "before", "x"):
            address = reverse("programmes:report", args=[batch.code])
            assert desk.get(address, {"gelombang": wave}).status_code == 200, wave

    def test_it_costs_the_same_however_many_there_are(self, desk, django_assert_max_num_queries):
        for number in (1, 3):
            batch, seated = ended(92, number)
            for one in seated:
                said(one, Wave.M3, workers=5)
            page(desk, "report", batch.code)
            with django_assert_max_num_queries(30):
                page(desk, "report", batch.code)

    def test_a_dinas_reads_of_its_own_firms_and_nothing_of_money(self, client):
        batch, seated = full()
        type(seated[1].business).objects.filter(pk=seated[1].business_id).update(region=BANDUNG)
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        shown = text(page(client, "report", batch.code))

        assert "Usaha 0" in shown
        assert "Usaha 1" not in shown
        assert "Hanya usaha di daerah Anda" in shown
        assert "Desa Wisata" not in shown
        assert "Rp1.000" not in shown
        sheets = client.get(reverse("programmes:report-sheets", args=[batch.code])).content
        names = {
            str(cell.value)
            for sheet in openpyxl.load_workbook(BytesIO(sheets))
            for row in sheet
            for cell in row
        }
        assert "Usaha 0" in names
        assert not {"Usaha 1", "Desa Wisata"} & names
        assert send(client, "make-report", batch.code).status_code == 403

    def test_sheets_hold_every_table_and_no_formula(self, desk):
        batch, seated = full()
        type(seated[0].business).objects.filter(pk=seated[0].business_id).update(name="=cmd()")

        answer = desk.get(reverse("programmes:report-sheets", args=[batch.code]))

        book = openpyxl.load_workbook(BytesIO(answer.content))
        made = report_of(material_of(batch, officer(), at=LATE))
        assert len(book.sheetnames) == len(made.tables)
        cells = [cell for sheet in book for row in sheet for cell in row]
        assert "=cmd()" in {cell.value for cell in cells}
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert all(cell.quotePrefix for cell in cells if cell.value == "=cmd()")
        assert {cell.data_type for cell in book["Anggaran dalam rupiah"][2]} == {"s", "n"}


class TestMaking:
    def test_the_pdf_is_made_in_the_background_and_handed_out(self, desk):
        batch, _seated = full()

        answer = send(desk, "make-report", batch.code, gelombang="m3")
        assert "sedang dibuat" in text(answer)
        one = ReportMaking.objects.get()
        assert (one.wave, one.language, one.done) == ("m3", "id", 0)
        assert page(desk, "report-file", batch.code, one.pk).status_code == 404
        assert reporting.begin_report(one.pk)
        assert 'value="1"' in text(page(desk, "report-progress", batch.code))
        assert reporting.finish_report(one.pk, at=AFTER)

        file = page(desk, "report-file", batch.code, one.pk)
        content = b"".join(file.streaming_content)
        assert content.startswith(b"%PDF-")
        assert file["Content-Disposition"].startswith("attachment")
        assert "Unduh laporan" in text(page(desk, "report", batch.code))

    def test_asked_twice_or_made_twice_it_is_made_once(self):
        batch, _seated, _one = completed(1)
        asked = [
            reporting.ask_for_report(batch, Wave.M3, "en", actor=officer(), at=AFTER)
            for _press in range(2)
        ]
        [(one, first), (same, second)] = asked

        assert (first, second, one.pk) == (True, False, same.pk)
        assert reporting.finish_report(one.pk, at=AFTER)
        assert not reporting.finish_report(one.pk, at=AFTER)
        assert not reporting.begin_report(one.pk)

    def test_one_that_never_ended_stands_in_nobodys_way(self):
        batch, _seated, _one = completed(1)
        one, _new = reporting.ask_for_report(batch, Wave.M3, "en", actor=officer(), at=AFTER)

        later = AFTER + timedelta(hours=2)
        other, is_new = reporting.ask_for_report(batch, Wave.M3, "en", actor=officer(), at=later)

        assert (is_new, other.pk == one.pk) == (True, False)

    def test_there_is_none_before_participants_are_confirmed(self, desk):
        batch = planned()

        assert "setelah peserta ditetapkan" in text(send(desk, "make-report", batch.code))
        with pytest.raises(reporting.NothingToReport):
            reporting.ask_for_report(batch, Wave.END, "id", actor=officer(), at=AT)

    def test_the_task_makes_it_to_its_end(self):
        batch, _seated, _one = completed(1)
        one, _new = reporting.ask_for_report(batch, Wave.M3, "en", actor=officer(), at=AFTER)

        tasks.make_report.enqueue(one.pk)
        while run_due():
            pass

        one.refresh_from_db()
        assert (one.done, bool(one.file), one.finished_at is None) == (one.total, True, False)

    def test_files_go_after_a_month_and_with_whoever_is_erased(
        self, django_capture_on_commit_callbacks
    ):
        batch, [seated], _one = completed(1)
        made = []
        for at in (AFTER, AFTER + timedelta(days=20)):
            one, _new = reporting.ask_for_report(batch, Wave.M3, "en", actor=officer(), at=at)
            reporting.finish_report(one.pk, at=at)
            one.refresh_from_db()
            made.append(one.file)
        said(seated, Wave.M3, workers=3)

        with django_capture_on_commit_callbacks(execute=True):
            assert reporting.forget_reports(at=AFTER + timedelta(days=31)) == 1
        assert [private_files().exists(name) for name in made] == [False, True]

        with django_capture_on_commit_callbacks(execute=True):
            erasing.erase_registrations(
                None, seated.business, [], actor=officer(), at=AFTER + timedelta(days=32)
            )
        assert not private_files().exists(made[1])
        assert not seated.outcomes.exists()


class TestPictures:
    def pictured(self, number=2):
        batch, _seated, one = completed(1)
        given = Handed(photo(), "jpg", "a.jpg")
        files = [
            teaching.add_file(one, "photo", f"Foto {place}", given=given, actor=officer(), at=AT)
            for place in range(number)
        ]
        return batch, files

    def test_the_office_sets_pairs_beside_each_other(self, desk):
        batch, [first, second] = self.pictured()

        send(
            desk,
            "report-pictures",
            batch.code,
            before=f"session_file:{first.pk}",
            before_caption="Jahitan miring",
            after=f"session_file:{second.pk}",
        )

        shown = text(page(desk, "report", batch.code))
        assert "Jahitan miring" in shown
        one = ReportPicture.objects.get(side="before")
        answer = page(desk, "report-picture", batch.code, one.pk)
        assert answer["Content-Type"] == "image/jpeg"
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
        content = reporting.content_of(batch, officer(), Wave.END, "id", at=AFTER)
        assert b"/Subtype /Image" in content or b"/Subtype/Image" in content

        send(desk, "drop-pictures", batch.code, 1)
        assert not ReportPicture.objects.exists()
        assert SessionFile.objects.count() == 2

    def test_photos_of_assessments_and_pictures_of_profiles_are_offered_too(self, desk):
        batch, [seated], _one = completed(1)
        given = Handed(photo(), "jpg", "a.jpg")
        asked = started(seated.business)
        kept = answering.add_photo(asked, "CUT_1", "assessor", given, actor=officer(), at=AT)
        foreign = answering.add_photo(
            started(firm("Lain")), "CUT_1", "assessor", given, actor=officer(), at=AT
        )
        picture = Picture.objects.create(
            business=seated.business,
            file="pictures/x",
            width=960,
            height=640,
            widths=[320, 960, 1600],
            added_at=AT,
        )

        shown = text(page(desk, "report-pictures", batch.code))
        assert f'value="photo:{kept.pk}"' in shown
        assert f'value="photo:{foreign.pk}"' not in shown
        assert "pictures/x-320.jpg" in shown
        answer = page(desk, "offered-photo", batch.code, kept.pk)
        assert answer["Content-Type"] == "image/jpeg"
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
        assert page(desk, "offered-photo", batch.code, foreign.pk).status_code == 404

        send(
            desk,
            "report-pictures",
            batch.code,
            before=f"photo:{kept.pk}",
            after=f"picture:{picture.pk}",
        )
        report = text(page(desk, "report", batch.code))
        assert "pictures/x-960.jpg" in report
        assert "Penilaian Usaha 0" in report
        assert "Profil Usaha 0" in report

    def test_a_picture_of_another_batch_cannot_be_chosen(self, desk):
        batch, [first] = self.pictured(1)
        other = session(planned())
        foreign = teaching.add_file(
            *(other, "photo", "Lain"),
            given=Handed(photo(), "jpg", "a.jpg"),
            actor=officer(),
            at=AT,
        )
        sides = {"before": ("session_file", first.pk), "after": ("session_file", foreign.pk)}
        captions = {"before": "", "after": ""}

        with pytest.raises(reporting.NotOffered):
            reporting.choose_pair(batch, sides, captions, actor=officer(), at=AT)
        send(
            desk,
            "report-pictures",
            batch.code,
            before=f"session_file:{first.pk}",
            after=f"session_file:{foreign.pk}",
        )
        assert not ReportPicture.objects.exists()

    def test_there_are_eight_pairs_at_most(self):
        batch, [first] = self.pictured(1)
        sides = dict.fromkeys(("before", "after"), ("session_file", first.pk))
        for _pair in range(reporting.MOST_PAIRS):
            reporting.choose_pair(batch, sides, {"before": "", "after": ""}, actor=officer(), at=AT)

        with pytest.raises(reporting.TooMany):
            reporting.choose_pair(batch, sides, {"before": "", "after": ""}, actor=officer(), at=AT)

    def test_a_picture_leaves_with_its_source_and_a_lost_file_breaks_nothing(self):
        batch, [first, second] = self.pictured()
        sides = {"before": ("session_file", first.pk), "after": ("session_file", second.pk)}
        reporting.choose_pair(batch, sides, {"before": "", "after": ""}, actor=officer(), at=AT)
        private_files().delete(second.file)

        assert reporting.content_of(batch, officer(), Wave.END, "id", at=AFTER).startswith(b"%PDF")
        teaching.remove_file(first, actor=officer(), at=AT)

        assert ReportPicture.objects.count() == 1


def test_a_dinas_without_firms_in_the_batch_is_refused(client):
    batch, _seated, _one = completed(1)
    client.force_login(RegionalOfficerFactory(territory=["52.03"]))

    assert page(client, "report", batch.code).status_code == 403
    assert moved(planned(), "open").state == "open"
