"""The invented outcomes: every wave, fewer answers the later, and firms to compare with."""

from datetime import timedelta

import pytest

from ifn.demo import actions, mentoring, outcomes
from ifn.directory.models import Business
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import Batch, Outcome, Registration
from ifn.programmes.queries.comparing import groups_of
from tests.factories.directory import AT, ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_participants_answer_and_like_firms_stand_beside_them():
    actions.load_network(at=AT, today=ON)
    actions.let_people_in(at=AT)
    actions.write_assessments(at=AT)

    assert actions.hold_batches(at=AT, today=ON) == 3

    batch = Batch.objects.get(state="completed")
    people = list(Registration.objects.filter(batch=batch, seat__isnull=False))
    said = [Outcome.objects.filter(registration__in=people, wave=wave).count() for wave in Wave]
    assert len(people) == 16
    assert said == [15, 16, 14, 11, 8]
    assert Outcome.objects.filter(is_late=True).exists()
    assert Outcome.objects.exclude(same_as="").exists()
    assert set(Outcome.objects.values_list("way", flat=True)) == {"phone", "link"}
    groups = groups_of(batch, people)
    assert len(groups.mentored) == 16
    assert {row["name"] for row in outcomes.other_firms()} <= {
        one.firm.name for one in groups.others
    }
    assert all(one.interval for one in groups.comparisons.values())

    # Loaded again nothing is added; taken away, nothing is left.
    assert actions.hold_batches(at=AT, today=ON) == 0
    actions.remove_all(at=AT + timedelta(days=1))
    assert not Outcome.objects.exists()
    assert not Business.objects.filter(name__in=mentoring.own_firms()).exists()
