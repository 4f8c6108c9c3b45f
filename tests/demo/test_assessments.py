from datetime import UTC, date, datetime

import pytest
from django.db.models import Avg

from ifn.assessments.models import Assessment, Instrument, InstrumentVersion, Score
from ifn.assessments.queries.standings import Where, matrix
from ifn.demo import actions
from ifn.demo.mentoring import DIMENSIONS
from ifn.directory.models import Business
from ifn.mail.models import Message
from ifn.programmes.models import Registration
from tests.factories.assessments import in_use, started
from tests.factories.directory import profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def mean_level(made, year, firms):
    """Return how far firms were in a year in what the batch was about."""
    scores = Score.objects.filter(
        assessment__in=made.filter(assessed_on__year=year, business__in=firms),
        side="assessor",
        dimension__in=DIMENSIONS,
    )
    return float(scores.aggregate(mean=Avg("level"))["mean"])


def the_model_case_is_assessed_before_and_after(made):
    actions.hold_batches(at=AT, today=date(2026, 11, 21))
    seats = Registration.objects.filter(batch__region="52.03", batch__state="completed")
    firms = set(seats.values_list("business", flat=True))
    came = set(seats.filter(attendances__isnull=False).values_list("business", flat=True))
    # Everybody who registered was assessed before, whoever came also after.
    assert len(firms) >= 16
    for year, wanted in ((2023, firms), (2025, came)):
        found = made.filter(assessed_on__year=year, state="approved")
        assert wanted <= set(found.values_list("business", flat=True))
    assert mean_level(made, 2025, came) > mean_level(made, 2023, came) + 0.5
    drafts = Business.objects.filter(pk__in=firms, status="draft")
    assert drafts.exists()
    assert not Business.objects.listed().filter(pk__in=drafts).exists()


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

    the_model_case_is_assessed_before_and_after(made)

    actions.remove_all(at=AT)

    assert list(Assessment.objects.all()) == [own]
    assert not Instrument.objects.filter(is_demo=True).exists()
    assert not Score.objects.exists()


def test_without_the_network_nobody_is_assessed():
    assert actions.write_assessments(at=AT) == 0
