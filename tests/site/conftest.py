from http import HTTPStatus

import pytest


@pytest.fixture
def show(client):
    """Return a function that opens a profile and returns its HTML."""

    def shown(business, code="en"):
        prefix = "" if code == "id" else f"/{code}"
        answer = client.get(f"{prefix}/usaha/{business.slug}-{business.number}")
        assert answer.status_code == HTTPStatus.OK
        return answer.content.decode()

    return shown
