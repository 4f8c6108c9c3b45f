import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ifn.directory.models import Membership
from ifn.intake.actions import Incoming
from tests.factories.accounts import UserFactory
from tests.factories.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
STATED_ON = date(2026, 2, 1)


@pytest.fixture
def reference(db):
    load_vocabulary()


@pytest.fixture(scope="session")
def lists():
    """Return the folder of published lists; they are nobody's to copy into the project."""
    folder = Path(os.environ.get("IFN_TEST_LISTS", ROOT.parent / "shared" / "lists"))
    if not folder.is_dir():
        pytest.skip("No folder of published lists (IFN_TEST_LISTS names one).")
    return folder


@pytest.fixture
def incoming():
    """Return a function that makes a list of bytes."""

    def make(content, file_name="daftar.csv", **others):
        return Incoming(content=content, file_name=file_name, stated_on=STATED_ON, **others)

    return make


@pytest.fixture
def private(settings, tmp_path):
    """Keep files in a store of the test's own."""
    store = settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": store}


@pytest.fixture
def owned():
    """Return a function that gives a profile an owner."""

    def own(business):
        owner = UserFactory()
        Membership.objects.create(
            business=business, person=owner, role=Membership.Role.OWNER, since=AT
        )
        return owner

    return own
