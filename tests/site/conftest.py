from http import HTTPStatus

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO
from tests.factories.enquiries import firm
from tests.factories.opportunities import owned


@pytest.fixture
def show(client):
    """Return a function that opens a profile and returns its HTML."""

    def shown(business, code="en"):
        prefix = "" if code == "id" else f"/{code}"
        answer = client.get(f"{prefix}/usaha/{business.slug}-{business.number}")
        assert answer.status_code == HTTPStatus.OK
        return answer.content.decode()

    return shown


@pytest.fixture
def owner():
    return UserFactory(name="Ibu Ratna")


@pytest.fixture
def business(owner):
    return firm(owner=owner, region=MOJOKERTO, name="Sol Jaya Abadi")


@pytest.fixture
def brand():
    return owned(name="Merek Rinjani", region=SIDOARJO)
