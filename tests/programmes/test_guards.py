"""What the database itself refuses, whatever a program asks of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ifn.programmes.models import Attendance, Batch, Certificate, Registration, Session
from tests.factories.directory import AT, ON
from tests.factories.programmes import (
    NINE,
    accepted,
    completed,
    firm,
    joined,
    opened,
    planned,
    running,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def refused():
    return pytest.raises(IntegrityError), transaction.atomic()


def test_a_seat_beyond_the_quota():
    batch = opened(quota=1)
    accepted(batch)
    second = joined(batch, firm("Lain"))

    fails, inside = refused()
    with fails, inside:
        Registration.objects.filter(pk=second.pk).update(state="accepted", seat=2)


def test_a_seat_twice():
    batch = opened(quota=2)
    accepted(batch)
    second = joined(batch, firm("Lain"))

    fails, inside = refused()
    with fails, inside:
        Registration.objects.filter(pk=second.pk).update(state="accepted", seat=1)


def test_a_quota_below_the_seats():
    batch, _seated = running(2)

    fails, inside = refused()
    with fails, inside:
        Batch.objects.filter(pk=batch.pk).update(quota=1)


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({}, True),
        ({"place": "BENGKEL"}, True),
        ({"place": "Aula"}, False),
        ({"starts_at": NINE + timedelta(hours=2), "ends_at": NINE + timedelta(hours=3)}, False),
    ],
)
def test_sessions_that_overlap_in_a_place(change, is_refused):
    batch = planned()
    one = session(batch)
    facts = {
        "batch": batch,
        "title": "Lain",
        "starts_at": NINE + timedelta(hours=1),
        "ends_at": NINE + timedelta(hours=3),
        "place": one.place,
    }
    if not is_refused:
        Session.objects.create(**facts | change)
        return
    fails, inside = refused()
    with fails, inside:
        Session.objects.create(**facts | change)


def test_sessions_that_are_moved_over_each_other():
    batch = planned()
    session(batch)
    other = session(batch, "Lain", place="Aula")

    fails, inside = refused()
    with fails, inside:
        Session.objects.filter(pk=other.pk).update(place="Bengkel")


def test_attendance_of_who_has_no_seat():
    batch, _seated = running(1)
    one = session(batch)
    other, _also_seated = running(1, quota=3)

    fails, inside = refused()
    with fails, inside:
        Attendance.objects.create(
            session=one, registration=_also_seated[0], way="list", at=AT, person=None
        )
    waiting = joined(other, firm("Lain"), way="officer")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            session=session(other), registration=waiting, way="list", at=AT, person=None
        )


def test_a_certificate_for_who_was_at_no_session():
    _batch, [was_there], _session = completed(1)
    Attendance.objects.all().delete()

    fails, inside = refused()
    with fails, inside:
        Certificate.objects.create(
            code="ABCDEFG2",
            registration=was_there,
            kind="attendance",
            name="x",
            firm="x",
            title="x",
            attended=1,
            held=1,
            issued_on=ON,
        )


def test_days_in_the_wrong_order_and_no_seats():
    batch = planned()

    for change in ({"ends_on": batch.starts_on - timedelta(days=1)}, {"quota": 0}):
        fails, inside = refused()
        with fails, inside:
            Batch.objects.filter(pk=batch.pk).update(**change)
