from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import path
from django.utils import timezone

from ifn.jobs import health
from ifn.jobs.actions import sign_of_life

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
urlpatterns = [path("sehat", health.alive), path("siap", health.ready)]


def test_health_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/sehat")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_readiness_tells_when_a_worker_was_last_seen(client):
    assert client.get("/siap").json() == {"status": "ok", "worker_seen_seconds_ago": None}

    at = timezone.now() - timedelta(minutes=2)
    sign_of_life("w", started_at=at, at=at)

    answer = client.get("/siap")
    assert answer.status_code == 200
    assert 120 <= answer.json()["worker_seen_seconds_ago"] < 150


def test_readiness_is_cheap(client, django_assert_max_num_queries):
    client.get("/siap")

    with django_assert_max_num_queries(3):
        client.get("/siap")


def test_a_missing_migration_is_not_ready(client):
    MigrationRecorder(connection).record_unapplied("jobs", "0001_initial")

    answer = client.get("/siap")

    assert answer.status_code == 503
    assert answer.json()["reasons"] == ["migration not applied: jobs.0001_initial"]


def test_a_database_out_of_reach_is_not_ready_and_tells_no_address(client):
    def fail(*_):
        raise OperationalError("connection to server at 10.0.0.7, user ifn failed")

    with connection.execute_wrapper(fail):
        answer = client.get("/siap")

    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reasons": ["database out of reach"]}


@pytest.mark.parametrize("address", ["/sehat", "/siap"])
def test_health_addresses_only_answer(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
