from urllib.parse import urlencode

import pytest
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.directory.models import Business, OpenProfile
from ifn.directory.opendata import kept
from ifn.directory.opendata.rows import open_rows
from ifn.directory.search import find, read_filters
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon


@pytest.fixture
def ask():
    """Search as the page does; return the names found, in order."""

    def asked(text="", **parameters):
        query = QueryDict(urlencode({"q": text} | parameters, doseq=True))
        regions = all_regions()
        filters, _notes = read_filters(query, lexicon(), regions)
        return [row.content["name"] for row in find(filters, regions, localdate()).rows]

    return asked


@pytest.fixture
def open_data_follow(db):
    """See at the end that what is kept for programs is what would be made now, and no more."""
    yield
    listed = Business.objects.listed()
    made = {row.columns["id"]: kept.as_kept(row) for row in open_rows([one.pk for one in listed])}
    assert dict(OpenProfile.objects.values_list("business", "content")) == made


@pytest.fixture
def files(tmp_path, settings):
    """Return a function that names every stored file, in a store of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def stored():
        return sorted(
            path.relative_to(default_storage.location).as_posix()
            for path in settings.MEDIA_ROOT.rglob("*")
            if path.is_file()
        )

    return stored


@pytest.fixture
def search(client):
    """Return a function that opens the directory; with ``part`` as a script would."""

    def opened(text="", *, code="en", part=False, **parameters):
        with translation.override(code):
            address = reverse("directory:list")
        given = {"q": text} if text else {}
        headers = {"HX-Request": "true"} if part else {}
        return client.get(address, given | parameters, headers=headers)

    return opened


@pytest.fixture
def evidence(settings, tmp_path):
    """Return a function that names every piece of evidence, in a store of the test's own."""
    place = tmp_path / "private"
    private = settings.STORAGES["private"] | {"OPTIONS": {"location": place}}
    settings.STORAGES = settings.STORAGES | {"private": private}

    def stored():
        return sorted(path.relative_to(place).as_posix() for path in place.rglob("*.*"))

    return stored
