"""Mentored firms beside like ones: who is compared with whom, and which levels with which."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from ifn.assessments.models import Score
from ifn.programmes.measuring.changes import Finding
from ifn.programmes.queries.comparing import groups_of
from ifn.programmes.queries.reporting import material_of
from ifn.programmes.reporting import report_of
from tests.factories.accounts import RegionalOfficerFactory
from tests.factories.assessments import ANSWERS, approved, in_use, started
from tests.factories.directory import BANDUNG, MOJOKERTO
from tests.factories.programmes import AFTER, completed, firm, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
BEFORE_ON, AFTER_ON = date(2026, 6, 2), date(2026, 7, 27)
LATE = AFTER + timedelta(days=200)


def assessed(business, version, on, cut):
    """Assess a firm whose assessor sees everything about cutting at one level."""
    answers = ANSWERS | {"CUT_1": cut, "CUT_3": cut, "CUT_2": cut > 1}
    return approved(started(business, version, assessed_on=on), answers=answers)


def twice(business, version, cut):
    first, last = cut
    return assessed(business, version, BEFORE_ON, first), assessed(
        business, version, AFTER_ON, last
    )


class TestGroups:
    def measured(self, **changes):
        version = in_use()
        batch, seated, _session = completed(
            2, instrument_id=version.instrument_id, dimensions=["CUT"], **changes
        )
        return version, batch, seated

    def test_the_mentored_stand_beside_like_firms_that_nobody_mentored(self):
        version, batch, seated = self.measured(for_regions=["35"])
        twice(seated[0].business, version, (1, 3))
        other, away = firm("Tetangga"), firm("Jauh", region=BANDUNG)
        twice(other, version, (1, 1))
        twice(away, version, (1, 1))

        groups = groups_of(batch, seated)

        assert [one.firm for one in groups.mentored] == [seated[0].business]
        assert [one.firm for one in groups.others] == [other]
        assert (groups.participants, groups.dimensions) == (2, ["CUT"])
        found = groups.comparisons["CUT"]
        assert (found.mentored.pairs, found.others.pairs) == (1, 1)
        assert found.mentored.change > found.others.change == 0
        assert found.finding == Finding.TOO_FEW

    def test_whom_another_batch_mentored_meanwhile_is_no_comparison(self):
        version, batch, seated = self.measured(for_regions=["35"])
        other, again = completed(1, starts_on=date(2026, 6, 22), ends_on=date(2026, 6, 26))[:2]
        twice(again[0].business, version, (1, 2))

        assert other.pk != batch.pk
        assert groups_of(batch, seated).others == []

    def test_levels_of_versions_that_ask_differently_are_named_and_left_out(self):
        version, batch, seated = self.measured()
        _first, last = twice(seated[0].business, version, (1, 3))
        Score.objects.filter(assessment=last, dimension="CUT").update(line=7)

        groups = groups_of(batch, seated)
        [one] = groups.mentored
        assert one.changed == ["CUT"]
        assert "CUT" not in one.levels
        assert groups.comparisons["CUT"].mentored.pairs == 0
        with translation.override("en"):
            made = report_of(material_of(batch, officer(), at=LATE))
        words = next(part.words for part in made.sections if part.key == "compared")
        assert "left out between versions 1 and 1: it was asked differently" in words[1]

    def test_one_side_is_not_set_beside_the_other(self):
        version, batch, seated = self.measured()
        _first, last = twice(seated[0].business, version, (1, 3))
        Score.objects.filter(assessment=last, dimension="CUT").update(side="own")

        [one] = groups_of(batch, seated).mentored
        assert (one.other_side, "CUT" in one.levels) == (["CUT"], False)

    def test_six_on_either_side_are_compared_with_uncertainty(self):
        version = in_use()
        batch, seated, _session = completed(
            6, instrument_id=version.instrument_id, dimensions=["CUT"]
        )
        for one in seated:
            twice(one.business, version, (0, 4))
        for place in range(6):
            twice(firm(f"Tetangga {place}"), version, (0, 0))

        found = groups_of(batch, seated).comparisons["CUT"]

        assert (found.mentored.pairs, found.others.pairs) == (6, 6)
        assert found.interval is not None
        assert (found.difference, found.finding) == (found.interval.low, Finding.UP)

    def test_without_a_questionnaire_nothing_is_compared(self):
        batch, seated, _session = completed(1)

        groups = groups_of(batch, seated)

        assert (groups.mentored, groups.comparisons, groups.participants) == ((), {}, 1)

    def test_of_few_other_firms_a_dinas_reads_no_levels(self):
        version, batch, seated = self.measured(for_regions=["35"])
        twice(seated[0].business, version, (1, 3))
        twice(firm("Tetangga"), version, (1, 2))
        dinas = RegionalOfficerFactory(territory=[MOJOKERTO])

        def row_for(person):
            made = report_of(material_of(batch, person, at=LATE))
            return next(table for table in made.tables if table.key == "compared").rows[0]

        own, every = row_for(dinas), row_for(officer())
        assert own[:7] == every[:7]
        assert (own[7:10], every[7] is None) == ([None, None, "–"], False)
        assert "Tetangga" not in str(report_of(material_of(batch, dinas, at=LATE)))
