import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO
from tests.factories.moderation import reachable


@pytest.fixture
def business(reference, db):
    """A listed profile in Mojokerto that nobody owns."""
    return reachable()


@pytest.fixture
def officer(db):
    return OfficerFactory(name="Bu Ani", duties=["verifier"])


@pytest.fixture
def dinas(reference, db):
    return RegionalOfficerFactory(name="Dinas Mojokerto", territory=[MOJOKERTO])


@pytest.fixture
def elsewhere(reference, db):
    return RegionalOfficerFactory(name="Dinas Sidoarjo", territory=[SIDOARJO])


@pytest.fixture
def maker(db):
    return UserFactory(name="Ratna")


@pytest.fixture
def signed_in():
    """Return a function that gives a browser in which somebody is signed in."""

    def browser(person):
        client = Client()
        client.force_login(person)
        return client

    return browser


def page(name, *arguments, code="en"):
    with translation.override(code):
        return reverse(f"moderation:{name}", args=arguments)


def said(answer):
    return [str(message) for message in answer.context["messages"]]
