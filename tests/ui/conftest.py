import pytest


@pytest.fixture(autouse=True)
def addresses_of_these_tests(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path  # there, so that nobody warns of its absence
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.PUBLIC_ADDRESS = "https://ifn.example"
