"""What the demo people find when they first sign in, and that it goes when the demo goes."""

import pytest

from ifn.accounts.models import User
from ifn.demo import actions, happenings
from ifn.directory.models import Business, Membership, Twins
from ifn.directory.queries import businesses_of
from ifn.moderation import work
from ifn.moderation.models import Claim, Report
from ifn.moderation.work import Wanted
from tests.demo.test_actions import AT, load

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_the_member_has_a_profile_and_the_office_has_work():
    load()
    actions.let_people_in(at=AT)
    assert happenings.begin(at=AT)

    member, officer = (User.objects.get(role=role) for role in ("member", "officer"))
    assert {one.business.slug for one in businesses_of(member)} == {
        happenings.OWNED,
        happenings.EDITED,
    }
    kinds = sorted(item.kind for item in work.listed(officer, Wanted(), at=AT))
    assert kinds == ["claim", "report", "report", "twins"]


def test_begun_twice_it_is_begun_once_and_removed_with_the_demo():
    load()
    assert not happenings.begin(at=AT)
    actions.let_people_in(at=AT)
    happenings.begin(at=AT)

    assert not happenings.begin(at=AT)

    actions.remove_all(at=AT)
    for model in (Business, Membership, Claim, Report, Twins):
        assert not model.objects.exists()
