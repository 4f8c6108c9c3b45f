"""The need of firms in what a batch is about comes from their latest approved assessment."""

import pytest

from ifn.programmes.forms.planning import WhatForm
from ifn.programmes.queries.choosing import proposal, unmet_by
from ifn.programmes.queries.needs import dimension_choices, needs_of
from tests.factories.assessments import approved, in_use, started
from tests.factories.programmes import firm, joined, opened, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_need_is_the_mean_of_the_batch_s_dimensions_by_their_weights():
    version, business = in_use(), firm()
    approved(started(business, version))
    both = planned(instrument_id=version.instrument_id)
    one = planned(instrument_id=version.instrument_id, dimensions=["CUT"])

    # CUT stands at level 2.25 and weighs 0.75, MARKET at 2 and 0.25.
    assert needs_of(one, [business.pk])[business.pk].overall == pytest.approx(0.4375, abs=1e-3)
    assert needs_of(both, [business.pk])[business.pk].overall == pytest.approx(0.4531, abs=1e-3)
    assert needs_of(one, [business.pk])[business.pk].by_dimension == {"CUT": 0.4375}


def test_assessed_firms_have_points_and_others_miss_the_condition():
    version, business = in_use(), firm("Dinilai")
    approved(started(business, version))
    batch = opened(
        instrument_id=version.instrument_id, dimensions=["CUT"], needs_assessment=True, quota=2
    )
    assessed, unknown = joined(batch, business), joined(batch, firm("Belum"))

    found = proposal(batch)

    assert found[assessed.pk].points[0].points == pytest.approx(21.9, abs=0.1)
    assert found[unknown.pk].candidate.need is None
    assert unmet_by(batch, assessed) == ()
    assert unmet_by(batch, unknown) == ("assessed",)


def test_the_plan_offers_the_dimensions_of_questionnaires_in_use():
    version = in_use()
    key = f"{version.instrument_id}:CUT"
    [(_name, choices)] = dimension_choices("id")
    assert key in dict(choices)

    form = WhatForm({"title_id": "Pola", "about_needs": [key]}, batch=planned())
    assert form.is_valid()
    assert form.changes()["dimensions"] == ["CUT"]
    assert form.changes()["instrument_id"] == version.instrument_id
