from datetime import UTC, date, datetime

import pytest

from ifn.assessments.models import Assessment, Instrument, InstrumentVersion, Score
from ifn.assessments.queries.standings import Where, matrix
from ifn.demo import actions
from ifn.mail.models import Message
from tests.factories.assessments import in_use, started
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_makers_are_assessed_once_as_in_2023_and_taken_away_with_the_network():
    own = started(registered(profile()), in_use())
    actions.load_network(at=AT, today=date(2026, 11, 21))
    actions.let_people_in(at=AT)

    written = actions.write_assessments(at=AT)

    version = InstrumentVersion.objects.get(instrument__is_demo=True)
    made = Assessment.objects.filter(version=version)
    assert made.count() == written
    assert actions.write_assessments(at=AT) == 0
    assert made.filter(assessed_on__year=2023, state="approved").count() >= 30
    assert set(made.values_list("state", flat=True)) == {"approved", "submitted", "draft"}
    cells = matrix(version.instrument_id, version.lines, Where("52")).cells
    lombok = {one.region for one in cells}
    assert {"52.01", "52.03", "52.72"} <= lombok
    assert not Message.objects.exists()

    actions.remove_all(at=AT)

    assert list(Assessment.objects.all()) == [own]
    assert not Instrument.objects.filter(is_demo=True).exists()
    assert not Score.objects.exists()


def test_without_the_network_nobody_is_assessed():
    assert actions.write_assessments(at=AT) == 0
