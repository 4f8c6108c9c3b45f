"""Invented collaborations: an outsole from a competition to a shoe, and their removal."""

from datetime import date

import pytest
from django.core.files.storage import default_storage

from ifn.collaboration.actions.demo import remove_demo
from ifn.collaboration.models import (
    Allocation,
    Application,
    BatchTally,
    Call,
    Project,
    Receipt,
    Release,
    ReleasePicture,
)
from ifn.collaboration.queries.releases import whole_of
from ifn.demo import collaboration
from ifn.demo.people import OFFICER
from ifn.directory.models import Business
from tests.factories.accounts import OfficerFactory
from tests.factories.collaboration_releases import published
from tests.factories.directory import AT, profile, registered

TODAY = date(2026, 6, 1)


@pytest.fixture
def network(reference, db):
    """Return the firms that take part, as the demo network has them."""
    row = collaboration.written()["done"]
    names = {one["name"] for one in row["partner"]} | set(row["batch"]["recipients"])
    names |= {name for name, *_rest in collaboration.written()["call"]["applications"]}
    for name in sorted(names):
        registered(profile(name=name), is_demo=True)
    return names


def test_it_happens_once_and_everything_adds_up(network):
    OfficerFactory(email=OFFICER, is_demo=True)

    assert collaboration.write_all(at=AT, today=TODAY) == 3
    assert collaboration.write_all(at=AT, today=TODAY) == 0

    release = Release.objects.select_related("project").get()
    assert (release.state, release.published_on) == ("published", date(2024, 7, 26))
    assert all(one.is_named for one in whole_of(release).credits)
    tally = BatchTally.objects.get()
    assert (tally.made, tally.handed, tally.receipts) == (840, 700, 10)
    assert Project.objects.shown().count() == 2
    call = Call.objects.get()
    assert (call.state, sum(one.weight for one in call.criteria.all())) == ("open", 100)
    assert Application.objects.count() == 3


def test_it_goes_whole_and_nothing_of_others(network, django_capture_on_commit_callbacks):
    OfficerFactory(email=OFFICER, is_demo=True)
    others = published()
    collaboration.write_all(at=AT, today=TODAY)
    picture = ReleasePicture.objects.values_list("file", flat=True)[0]

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_demo() == 3
        assert remove_demo() == 0

    assert [one.pk for one in Release.objects.all()] == [others.pk]
    for kind in (Call, Application, Allocation, Receipt, BatchTally):
        assert not kind.objects.exists()
    assert not default_storage.exists(picture)
    assert Business.objects.filter(is_demo=True).count() == len(network)


def test_without_the_officer_or_the_network_nothing_happens(reference, db):
    assert collaboration.write_all(at=AT, today=TODAY) == 0
