"""What visitors and programs get of a firm is the same before and after it was assessed."""

import re

import pytest
from django.core.cache import cache

from tests.factories.assessments import approved, in_use, started
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ADDRESSES = (
    *("/usaha/{slug}-{number}", "/en/usaha/{slug}-{number}", "/usaha/{number}/perjalanan"),
    *("/direktori?q=Sol+Jaya", "/direktori.csv", "/rantai", "/program", "/"),
    *("/api/v1/businesses", "/api/v1/businesses/{number}", "/api/v1/openapi.json"),
    "/data",
)
#: What differs from request to request and says nothing.
CHANCE = re.compile(r'nonce="[^"]*"|"generated_at": ?"[^"]*"|[0-9a-f]{16}')


def seen(client, business):
    found = {}
    for address in ADDRESSES:
        cache.clear()
        wanted = address.format(slug=business.slug, number=business.number)
        answer = client.get(wanted, follow=True)
        body = answer.getvalue() if answer.streaming else answer.content
        found[wanted] = (answer.status_code, CHANCE.sub("", body.decode(errors="replace")))
    return found


def test_an_approval_changes_nothing_that_is_public(client):
    business, version = registered(profile(name="Sol Jaya Abadi")), in_use()
    before = seen(client, business)

    approved(started(business, version))

    after = seen(client, business)
    assert sum(status == 200 for status, _body in before.values()) >= 9
    for address, shown in before.items():
        assert after[address] == shown, address
