"""Which points pages show: those of today until it is decided, then those of that day."""

import pytest

from ifn.programmes.actions import selecting
from ifn.programmes.models import Registration, RegistrationStep
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, SIDOARJO
from tests.factories.programmes import accepted, firm, joined, moved, officer, opened
from tests.programmes.asking import page, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def desk(client):
    client.force_login(OfficerFactory(duties=["programme"]))
    return client


def decided():
    """Return a batch of which one firm was decided, and then served by another batch."""
    batch = opened(quota=1, topic="Pola")
    business = firm("Satu")
    one = joined(batch, business)
    selecting.take_proposal(batch, actor=officer(), at=AT)
    kept = RegistrationStep.objects.get(registration=one, state="accepted").proposal
    return batch, one, kept


def changed_since(one):
    """Let facts change after the decision: today the firm would have other points."""
    Registration.objects.filter(pk=one.pk).update(is_women_owned=True)


def said(answer):
    """Return the registrations on a page with what is said of their points."""
    return {row["one"].pk: row["said"] for row in answer.context["rows"]}


def test_until_it_is_decided_points_are_of_today(desk):
    batch = opened(quota=1)
    one = joined(batch, firm("Satu"))
    before = said(page(desk, "participants", batch.code))[one.pk].total
    changed_since(one)

    after = page(desk, "participants", batch.code)

    assert said(after)[one.pk].total == before + 10
    assert "Usulan: Terima" in text(after)
    assert said(after)[one.pk].at is None


def test_a_decided_one_keeps_the_points_of_that_day_on_every_page(desk):
    batch, one, kept = decided()
    changed_since(one)

    listed = page(desk, "participants", batch.code)
    alone = page(desk, "registration", batch.code, one.pk)

    shown = said(listed)[one.pk]
    assert (shown.place, shown.total) == (kept["place"], kept["total"])
    assert {each.points for each in shown.points} == set(kept["points"].values())
    assert alone.context["said"] == shown
    assert "Usulan: Terima" not in text(listed)
    assert "Keadaan pada" in text(alone)


def test_beside_somebody_undecided_a_decided_one_keeps_its_points(desk):
    batch, one, kept = decided()
    changed_since(one)
    late = joined(batch, firm("Terlambat", region=SIDOARJO))

    found = said(page(desk, "participants", batch.code))

    assert found[one.pk].total == kept["total"]
    assert found[late.pk].at is None


def test_the_report_says_the_same_as_the_page(desk):
    batch, one, kept = decided()
    changed_since(one)
    batch = moved(batch, "selecting", "confirmed")

    listed = said(page(desk, "participants", batch.code))[one.pk]
    table = desk.get(f"/kerja/angkatan/{batch.code}/laporan")

    assert listed.total == kept["total"]
    [row] = [
        row
        for section in table.context["sections"]
        for each in section["tables"]
        if each["table"].key == "chosen"
        for row in each["table"].rows
    ]
    assert row[2:4] == [kept["place"], kept["total"]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_came(desk, number, django_assert_max_num_queries):
    batch = opened(quota=3)
    for place in range(number):
        accepted(batch, firm(f"Usaha {place}"))
    page(desk, "participants", batch.code)

    with django_assert_max_num_queries(10):
        page(desk, "participants", batch.code)
