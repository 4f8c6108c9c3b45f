"""A batch is over: participants say what changed, a Dinas calls who is silent, a report is made."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils.timezone import localdate

from ifn.jobs.running import run_due
from ifn.mail.models import Message
from ifn.programmes.actions import asking
from ifn.programmes.measuring.waves import Wave, window_of
from ifn.programmes.models import Outcome, Registration
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import MOJOKERTO
from tests.factories.programmes import ended, said
from tests.programmes.asking import owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def link_in(message):
    return re.search(r"https?://[^/]+(\S+/hasil/\S+)", message.text)[1]


@pytest.mark.parametrize("code", ["id", "en"])
def test_an_office_measures_what_changed(code):  # noqa: PLR0915  # one story, told in one piece
    prefix = "" if code == "id" else f"/{code}"
    batch, seats = ended(92, 7)
    business, _owner = owned("Sepatu Ratna")
    Registration.objects.filter(pk=seats[0].pk).update(business=business)
    office = signed_in(OfficerFactory(duties=["programme"]))
    dinas = signed_in(RegionalOfficerFactory(territory=[MOJOKERTO]))
    desk = f"{prefix}/kerja/angkatan/{batch.code}"

    # Before the sessions all had said how they were doing, most of them on paper.
    for place, one in enumerate(seats):
        said(one, Wave.BEFORE, workers=2 + place % 2, defects=10, way="visit")

    # Three months later everybody is asked once; who has an address gets a letter.
    due = window_of(Wave.M3, batch.starts_on, batch.ends_on).due_on
    at = datetime(due.year, due.month, due.day, 1, tzinfo=UTC)
    assert asking.ask_those_due(at=at, today=due) == 7
    assert asking.ask_those_due(at=at, today=due) == 0
    letter = Message.objects.get(kind="programmes.outcome")

    # The link needs no account. What is typed is kept; a slip is said; then it is sent.
    phone, form = Client(), prefix + link_in(letter)
    shown = phone.get(form).content.decode()
    page = re.search(r'name="page" value="([0-9a-f]{32})"', shown)[1]
    typed = phone.post(form, {"page": page, "seen": "0", "workers": "5", "autosave": "1"})
    assert typed["X-Version"] == "1"
    given = {"page": page, "seen": "0", "workers": "5", "defects": "300"}
    assert "0" in phone.post(form, given).content.decode()
    assert Outcome.objects.get(wave="m3").finished_at is None
    sent = phone.post(form, given | {"defects": "4", "products": "2"}, follow=True)
    assert sent.status_code == 200
    first = Outcome.objects.get(wave="m3")
    assert (first.workers, float(first.defects), first.way) == (5, 4.0, "link")

    # The Dinas sees who is silent and calls; one firm says that nothing has changed.
    grid = dinas.get(f"{desk}/hasil").content.decode()
    assert "1 / 7" in grid
    for one in seats[1:6]:
        dinas.post(
            f"{desk}/hasil/{one.pk}/m3",
            {"said_on": localdate().isoformat(), "way": "phone", "workers": "6", "seen": "0"},
        )
    dinas.post(f"{desk}/hasil/{seats[6].pk}/m3", {"same": "1"})
    assert Outcome.objects.get(registration=seats[6], wave="m3").same_as == "before"
    assert "7 / 7" in dinas.get(f"{desk}/hasil").content.decode()

    # Who has answered is not reminded.
    later = at + timedelta(days=20)
    assert asking.remind_those_silent(at=later, today=later.date()) == 0

    # The report says what changed and what that does not prove; the Dinas sees no money in it.
    report = office.get(f"{desk}/laporan?gelombang=m3").content.decode()
    assert ("regresi ke rata-rata" if code == "id" else "regression to the mean") in report
    # Six of seven have more workers, one has as many: seven are too few to call that clear.
    assert ("6 dari 7" if code == "id" else "6 of 7") in report
    assert ("rentangnya mencakup nol" if code == "id" else "the interval holds zero") in report
    money = 'id="money"'
    assert money in report
    assert money not in dinas.get(f"{desk}/laporan").content.decode()
    assert dinas.post(f"{desk}/laporan/buat").status_code == 403

    # Sheets hold the rows behind it, and the PDF is made in the background.
    book = openpyxl.load_workbook(BytesIO(office.get(f"{desk}/laporan/tabel").content))
    cells = [cell.value for sheet in book for row in sheet for cell in row]
    assert cells.count("Sepatu Ratna") > 3
    office.post(f"{desk}/laporan/buat", {"gelombang": "m3"})
    while run_due():
        pass
    ready = office.get(f"{desk}/laporan").content.decode()
    file = office.get(re.search(r'href="([^"]+/laporan/unduh/\d+)"', ready)[1])
    assert b"".join(file.streaming_content).startswith(b"%PDF-")

    # The participant takes their own record along.
    own = phone.get(form.rpartition("/hasil/")[0] + "/unduh?jenis=json").json()
    assert len(own["outcomes"]) == 2
