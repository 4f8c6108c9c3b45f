import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from ifn.connections.queries import enquiries
from ifn.quotas import counting
from ifn.regions import editions
from tools.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure():
    compile_catalogues(ROOT)


@pytest.fixture(autouse=True)
def plain_settings(settings, tmp_path_factory):
    """Static files without a manifest, a quick hasher, files that go away, nothing that ages."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    private = settings.STORAGES["private"] | {
        "OPTIONS": {"location": tmp_path_factory.getbasetemp() / "private"}
    }
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain, "private": private}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"
    settings.STATIC_ROOT = tmp_path_factory.getbasetemp() / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    # Facts of the tests have fixed dates; what grows old says so in tests of its own.
    settings.STALE_MONTHS = settings.DORMANT_MONTHS = 1200


@pytest.fixture(autouse=True)
def nothing_left_over():
    """No language and nothing cached from the test before."""
    cache.clear()
    editions._believe_nothing()  # noqa: SLF001  # what a process trusts for a moment outlives a test
    counting._shares.clear()  # noqa: SLF001  # as a new process
    enquiries._answering.clear()  # noqa: SLF001
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(params=["id", "en"])
def language(request):
    """Run the test in both languages, activated."""
    with translation.override(request.param):
        yield request.param


@pytest.fixture(scope="session")
def chromium():
    """Return the path of a Chromium; skip where there is none."""
    named = os.environ.get("IFN_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("No Chromium on this machine (IFN_CHROMIUM names one that is not on the path).")
    return found


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """Load regions and vocabulary once for a module; each test's own changes go, these stay.

    Not for modules with tests that commit: ask for ``load_vocabulary`` there.
    """
    from tests.factories.vocabulary import load_vocabulary  # noqa: PLC0415  # needs the settings

    with django_db_blocker.unblock(), transaction.atomic():
        load_vocabulary()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
