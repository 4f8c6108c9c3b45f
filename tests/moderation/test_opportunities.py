from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.utils.timezone import localdate, now

from ifn.connections.models import Opportunity
from ifn.moderation import actions, work
from ifn.moderation.models import Assignment
from ifn.moderation.work import Wanted
from tests.factories.directory import AT, LATER, MOJOKERTO, ON, profile, registered
from tests.factories.opportunities import opened, owned, posted
from tests.moderation.conftest import page

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_a_first_post_waits_in_the_work_list_for_three_days(officer):
    one = posted()

    (item,) = work.listed(officer, Wanted(kinds=frozenset({"opportunity"})), at=AT)

    assert (item.subject, item.title) == (one.pk, one.title)
    assert item.due_at == AT + timedelta(days=3)


def test_a_title_in_english_alone_stands_in_the_list(officer):
    posted(title_id="")

    (item,) = work.listed(officer, Wanted(kinds=frozenset({"opportunity"})), at=AT)

    assert item.title == "Leather sneakers: manufacturer wanted"


def test_an_officer_opens_what_waits_and_it_leaves_the_list(signed_in, officer):
    one = posted(at=now(), today=localdate(), deadline=localdate() + timedelta(days=20))
    actions.take("opportunity", one.pk, person=officer, at=now())
    browser = signed_in(officer)

    shown = browser.get(page("opportunity", one.pk))
    answer = browser.post(page("opportunity", one.pk), {"accept": "1"})

    assert one.title in shown.content.decode()
    assert answer.status_code == HTTPStatus.FOUND
    one.refresh_from_db()
    assert one.state == Opportunity.State.OPEN
    assert one.released_at is not None
    assert not Assignment.objects.exists()
    assert work.listed(officer, Wanted(), at=now()) == []


def test_nothing_is_sent_back_without_saying_why(signed_in, officer):
    one = posted()
    browser = signed_in(officer)

    shown = browser.post(page("opportunity", one.pk), {"refuse": "1", "reason": " "})
    one.refresh_from_db()
    assert (shown.status_code, one.state) == (HTTPStatus.OK, "review")
    browser.post(page("opportunity", one.pk), {"refuse": "1", "reason": "Sebut jumlahnya"})

    one.refresh_from_db()
    assert (one.state, one.reason) == ("refused", "Sebut jumlahnya")


def test_a_colleague_who_was_quicker_is_told_of(signed_in, officer):
    one = posted()
    browser = signed_in(officer)
    actions.refuse_opportunity(one, reason="x", actor=officer, at=AT, today=ON)

    answer = browser.post(page("opportunity", one.pk), {"accept": "1"}, follow=True)

    assert "Nothing was changed" in answer.content.decode()


def test_a_deadline_that_has_gone_by_is_told_before_it_is_opened(signed_in, officer):
    one = posted(deadline=date(2026, 6, 20))
    browser = signed_in(officer)

    shown = browser.post(page("opportunity", one.pk), {"accept": "1"})

    assert shown.status_code == HTTPStatus.OK
    assert "has gone by" in shown.content.decode()


@pytest.mark.parametrize(
    ("word", "is_there"), [("menunggu", False), ("terbuka", True), ("entah", False)]
)
def test_the_office_sees_them_by_state(signed_in, officer, word, is_there):
    one = opened()
    browser = signed_in(officer)

    shown = browser.get(page("opportunities"), {"keadaan": word}).content.decode()

    assert (one.title in shown) == is_there


def test_hiding_a_new_profile_takes_back_what_it_asks(officer):
    business, owner = owned()
    one = posted(business, owner)

    actions.look_at(business, is_fine=False, reason="Iklan", actor=officer, at=LATER)

    one.refresh_from_db()
    assert (one.state, one.reason) == ("withdrawn", "Iklan")


def test_opportunities_go_where_a_merged_profile_goes_and_come_back(officer):
    kept = registered(profile(region=MOJOKERTO))
    gone, owner = owned(region=MOJOKERTO)
    one = opened(gone, owner)
    kept.refresh_from_db()
    gone.refresh_from_db()
    merge = actions.merge_businesses(
        kept,
        gone,
        versions=(kept.version, gone.version),
        chosen={},
        reason="Sama",
        actor=officer,
        at=LATER,
    )

    one.refresh_from_db()
    assert one.business == kept
    merge.refresh_from_db()
    actions.undo_merge(merge, actor=officer, at=LATER)
    one.refresh_from_db()
    assert one.business == gone
