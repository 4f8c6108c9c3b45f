from urllib.parse import urlencode

import pytest
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

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
