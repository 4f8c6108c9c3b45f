"""Assessments and registrations of two profiles that become one, and two again."""

from datetime import date

import pytest

from ifn.assessments.actions.standings import count_anew
from ifn.assessments.models import Assessment, Score
from ifn.assessments.queries.needs import needs
from ifn.directory.models import Business, Membership, Merge
from ifn.moderation import actions
from ifn.programmes.actions import attending
from ifn.programmes.models import Registration
from ifn.programmes.queries.participants import own_registrations
from tests.factories import assessments
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, MOJOKERTO, SIDOARJO
from tests.factories.moderation import reachable
from tests.factories.programmes import (
    NINE,
    accepted,
    firm,
    joined,
    moved,
    officer,
    opened,
    session,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
EARLY, LATE = date(2025, 3, 1), date(2026, 3, 1)


@pytest.fixture
def two():
    return reachable(name="Sol Kembar"), reachable(name="CV Sol Kembar", region=SIDOARJO)


def merge(kept, gone):
    kept, gone = (Business.objects.get(pk=one.pk) for one in (kept, gone))
    return actions.merge_businesses(
        kept,
        gone,
        versions=(kept.version, gone.version),
        chosen={},
        reason="Sama.",
        actor=officer(),
        at=AT,
    )


def undo(made):
    actions.undo_merge(Merge.objects.get(pk=made.pk), actor=officer(), at=AT)


def assessed(business, version, on, **options):
    return assessments.approved(assessments.started(business, version, assessed_on=on), **options)


def latest():
    found = Assessment.objects.filter(is_latest=True).order_by("business")
    return list(found.values_list("business", "pk"))


class TestAssessments:
    @pytest.mark.parametrize("is_gone_later", [True, False])
    def test_of_both_the_latest_counts_and_each_has_its_own_again(self, two, is_gone_later):
        kept, gone = two
        version = assessments.in_use()
        days = (EARLY, LATE) if is_gone_later else (LATE, EARLY)
        one = assessed(kept, version, days[0])
        other = assessed(gone, version, days[1], answers={"CUT_1": 0, "MARKET_1": "none"})
        before = set(Score.objects.current().values_list("pk", flat=True))

        made = merge(kept, gone)

        counting = other if is_gone_later else one
        assert latest() == [(kept.pk, counting.pk)]
        assert {one.assessed_on for one in needs([kept.pk])} == {LATE}
        assert needs([gone.pk]) == []
        assert set(Score.objects.values_list("business", flat=True)) == {kept.pk}
        assert count_anew() == 0

        undo(made)

        assert latest() == [(kept.pk, one.pk), (gone.pk, other.pk)]
        assert set(Score.objects.current().values_list("pk", flat=True)) == before
        assert count_anew() == 0

    def test_what_was_never_the_latest_gets_its_need_when_it_becomes_so(self, two):
        kept, gone = two
        version = assessments.in_use()
        assessed(gone, version, LATE)
        late = assessments.submitted(assessments.started(kept, version, assessed_on=EARLY))
        made = merge(kept, gone)
        assessments.deciding.approve(
            Assessment.objects.get(pk=late.pk), actor=officer(), at=assessments.LATER
        )
        assert Assessment.objects.get(pk=late.pk).need is None

        undo(made)

        assert Assessment.objects.get(pk=late.pk).need is not None
        assert len(latest()) == 2
        assert count_anew() == 0

    def test_two_questionnaires_count_side_by_side(self, two):
        kept, gone = two
        assessed(kept, assessments.in_use(), EARLY)
        assessed(gone, assessments.in_use(), LATE)

        merge(kept, gone)

        assert {business for business, _pk in latest()} == {kept.pk}
        assert len(latest()) == 2

    def test_merged_on_and_parted_everybody_has_what_was_theirs(self, two):
        kept, gone = two
        third = reachable(name="Sol Tiga")
        version = assessments.in_use()
        own = assessed(gone, version, LATE)
        first = merge(kept, gone)
        merge(third, kept)
        assert latest() == [(third.pk, own.pk)]

        undo(first)

        assert latest() == [(gone.pk, own.pk)]
        assert count_anew() == 0

    def test_what_the_gone_one_began_goes_on_at_the_kept_one(self, two):
        kept, gone = two
        one = assessments.started(gone, assessments.in_use())

        merge(kept, gone)
        assessments.approved(Assessment.objects.get(pk=one.pk))

        assert latest() == [(kept.pk, one.pk)]


def state(one):
    found = Registration.objects.get(pk=one.pk)
    return found.business_id, found.state


class TestRegistrations:
    def test_a_registration_goes_along_and_comes_back(self, two):
        kept, gone = two
        one = accepted(opened(), gone)
        owner = UserFactory()
        Membership.objects.create(business=gone, person=owner, role="owner", since=AT)

        made = merge(kept, gone)

        assert state(one) == (kept.pk, "accepted")
        assert own_registrations(owner) == [one]
        undo(made)
        assert state(one) == (gone.pk, "accepted")

    def test_of_two_the_better_stays_and_the_seat_goes_to_the_next(self, two):
        kept, gone = two
        batch = opened(quota=2, admits="first")
        first, second = joined(batch, kept), joined(batch, gone)
        third = joined(batch, firm("Menunggu"))
        assert [state(one)[1] for one in (first, second, third)] == [
            "accepted",
            "accepted",
            "waiting",
        ]

        made = merge(kept, gone)

        assert state(first) == (kept.pk, "accepted")
        assert state(second) == (gone.pk, "withdrawn")
        assert Registration.objects.get(pk=second.pk).reason
        assert state(third)[1] == "accepted"

        undo(made)

        # The seat was given away: the firm waits for the next one.
        assert state(second) == (gone.pk, "waiting")
        assert state(third)[1] == "accepted"

    def test_a_seat_that_is_free_is_taken_up_again(self, two):
        kept, gone = two
        batch = opened(quota=2, admits="first")
        joined(batch, kept)
        second = joined(batch, gone)

        undo(merge(kept, gone))

        assert state(second) == (gone.pk, "accepted")

    def test_a_seat_of_the_gone_one_counts_more_than_waiting(self, two):
        kept, gone = two
        batch = opened(quota=1, admits="first")
        seated, waiting = joined(batch, gone), joined(batch, kept)
        owner = UserFactory()
        Membership.objects.create(business=kept, person=owner, role="owner", since=AT)

        merge(kept, gone)

        assert state(seated) == (gone.pk, "accepted")
        assert state(waiting) == (kept.pk, "withdrawn")
        assert set(own_registrations(owner)) == {seated, waiting}

    def test_what_was_attended_stays_as_it_was(self, two):
        kept, gone = two
        batch = opened(quota=2)
        one, other = accepted(batch, kept), accepted(batch, gone)
        batch = moved(batch, "selecting", "confirmed", "running")
        attending.tick(session(batch), [one.pk, other.pk], way="list", actor=officer(), at=NINE)

        merge(kept, gone)

        assert state(one) == (kept.pk, "accepted")
        assert state(other) == (gone.pk, "accepted")

    def test_merged_twice_in_the_same_way_ends_nothing_twice(self, two):
        kept, gone = two
        batch = opened(quota=2, admits="first")
        joined(batch, kept)
        second = joined(batch, gone)
        versions = (kept.version, gone.version)
        for _time in range(2):
            fresh = [Business.objects.get(pk=one.pk) for one in two]
            actions.merge_businesses(
                *fresh, versions=versions, chosen={}, reason="x", actor=officer(), at=AT
            )

        assert state(second) == (gone.pk, "withdrawn")
        assert second.steps.filter(state="withdrawn").count() == 1
        assert Business.objects.get(pk=kept.pk).region_id == MOJOKERTO
