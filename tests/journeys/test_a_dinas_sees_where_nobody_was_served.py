"""A Dinas looks at its regency, the office plans there, the Dinas sees that it came."""

import pytest
from django.urls import reverse

from ifn.programmes.actions import attending
from ifn.programmes.models import Batch
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.assessments import approved, in_use, started
from tests.factories.directory import SIDOARJO
from tests.factories.programmes import AFTER, NINE, accepted, firm, moved, officer, session

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
PLACE, PAGE = "52.03", "/kerja/wilayah"


def row_of(client, code, prefix=""):
    """Return the row of a region as somebody sees it on the page."""
    shown = client.get(f"{prefix}{PAGE}")
    page = {one.code: one for one in shown.context["page"]}
    return page.get(code), shown.content.decode()


def begun_from_its_row(client):
    """Let somebody of the office find the regency among all, and begin a batch from its row."""
    shown = client.get(f"{PAGE}?tingkat=kabupaten").content.decode()
    [link] = [
        part.split('"')[0].replace("&amp;", "&")
        for part in shown.split('href="')
        if part.startswith(f"/kerja/angkatan/baru?daerah={PLACE}")
    ]
    form = client.get(link).context["form"]
    client.post(
        link,
        {name: form[name].value() or "" for name in ("region_id", "topic", "need")}
        | {
            "title_id": "Jualan bersama",
            "mode": "on_site",
            "starts_on": "2026-06-22",
            "ends_on": "2026-06-26",
            "quota": "2",
        },
    )
    return Batch.objects.get(title_id="Jualan bersama")


def takes_place(batch, business):
    """Let a batch take place to which one firm comes."""
    batch = moved(batch, "open")
    seat = accepted(batch, business)
    batch = moved(batch, "selecting", "confirmed", "running")
    attending.tick(session(batch), [seat.pk], way="list", actor=officer(), at=NINE)
    moved(batch, "completed", at=AFTER)


def test_from_nobody_served_to_a_batch_that_came(client):
    version = in_use()
    firms = [firm(f"Tenun {n}", region=PLACE) for n in range(3)]
    for one in firms[:2]:
        approved(started(one, version), answers={"CUT_1": 4, "MARKET_1": "none"})
    approved(started(firm("Sol Sidoarjo", region=SIDOARJO), version))
    dinas, office = RegionalOfficerFactory(territory=[PLACE]), OfficerFactory(duties=["programme"])

    # The Dinas sees its regency and nothing else: three firms, two assessed, nobody served.
    client.force_login(dinas)
    row, shown = row_of(client, PLACE)
    assert (row.firms, row.assessed, row.served, row.never) == (3, 2, 0, 3)
    assert row.topic.dimension == "MARKET"
    assert not row.batches.is_anything_to_come
    assert "3 dari 3 usaha belum pernah ikut angkatan." in shown
    assert "Sidoarjo" not in shown
    _row, shown = row_of(client, PLACE, prefix="/en")
    assert "3 of 3 firms never took part in a batch." in shown
    # From its row it comes to the firms by need; to plan is the office's.
    assert f"/kerja/penilaian/usaha?wilayah={PLACE}" in shown
    assert client.get(reverse("programmes:begin")).status_code == 403

    # The office begins a batch about what is needed there.
    client.force_login(office)
    batch = begun_from_its_row(client)
    assert (batch.region_id, batch.dimensions) == (PLACE, ["MARKET"])

    client.force_login(dinas)
    row, _shown = row_of(client, PLACE)
    assert (row.batches.planned, row.batches.seats, row.batches.is_anything_to_come) == (1, 2, True)

    # One of the firms comes.
    takes_place(batch, firms[0])

    row, shown = row_of(client, PLACE)
    assert (row.served, row.never) == (1, 2)
    assert (row.batches.done, row.batches.taken) == (1, 1)
    assert "2 dari 3 usaha belum pernah ikut angkatan." in shown
    file = client.get(f"{PAGE}.csv").content.decode()
    assert "Lombok Timur" in file
    assert "Sidoarjo" not in file
