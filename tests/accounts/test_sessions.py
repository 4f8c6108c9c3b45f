"""A session is read with whose it is and what they were given to do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from ifn.accounts.models import Duty
from ifn.accounts.sessions import Authentication, SessionStore
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def asking(person):
    """Return a request of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    request = RequestFactory().get("/")
    request.session = SessionStore(client.session.session_key)
    Authentication(lambda _request: None).process_request(request)
    return request


@pytest.mark.parametrize(
    ("made", "duties"),
    [
        (lambda: OfficerFactory(duties=["broker", "data"]), {"broker", "data"}),
        (lambda: OfficerFactory(duties=[]), set()),
        (UserFactory, set()),
        (RegionalOfficerFactory, set()),
    ],
)
def test_the_person_and_their_duties_come_with_the_session(made, duties, django_assert_num_queries):
    person = made()
    request = asking(person)

    with django_assert_num_queries(1):
        assert request.user == person
        assert request.user.duties == duties


def test_what_was_changed_meanwhile_counts_with_the_next_request():
    person = OfficerFactory(duties=["broker"])
    assert asking(person).user.duties == {"broker"}

    Duty.objects.filter(person=person).update(kind="data")
    request = asking(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert request.user == AnonymousUser()
    type(person).objects.filter(pk=person.pk).update(is_active=True)
    assert asking(person).user.duties == {"data"}


def test_a_session_of_nobody_is_nobodys(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.session["seen"] = True
    request.session.save()
    request.session = SessionStore(request.session.session_key)
    Authentication(lambda _request: None).process_request(request)

    with django_assert_num_queries(1):
        assert request.user == AnonymousUser()
