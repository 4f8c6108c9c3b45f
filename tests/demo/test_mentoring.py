"""Invented mentoring with what came after it, and its removal without a trace."""

from datetime import date

import pytest

from ifn.demo import mentoring
from ifn.demo.people import OFFICER
from ifn.programmes.actions.erasing import erase_demo
from ifn.programmes.models import Action, Batch, Commitment, Mentor, Mentorship, Partner, Visit
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TODAY = date(2026, 6, 1)


def test_it_is_followed_up_once_and_goes_whole():
    OfficerFactory(email=OFFICER, is_demo=True)

    assert mentoring.write_all(at=AT, today=TODAY) == 3
    assert mentoring.write_all(at=AT, today=TODAY) == 0

    states = set(Action.objects.values_list("state", flat=True))
    assert states == {"planned", "doing", "done", "dropped"}
    assert {one.owner for one in Action.objects.all()} == {"firm", "office", "mentor", "partner"}
    assert set(Commitment.objects.values_list("state", flat=True)) == {
        "kept",
        "promised",
        "dropped",
    }
    assert Visit.objects.filter(is_internal=True).count() == 1
    assert Mentorship.objects.values("mentor").distinct().count() == 3

    assert erase_demo() == 3
    for kind in (Batch, Action, Visit, Mentor, Partner, Commitment):
        assert not kind.objects.exists()
