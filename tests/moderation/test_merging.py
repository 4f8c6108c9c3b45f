"""What is claimed, asked and reported about a profile goes where the profile goes."""

from datetime import timedelta

import pytest

from ifn.directory import actions as directory
from ifn.directory.models import Business, Membership, Merge, Twins
from ifn.mail.models import Message
from ifn.moderation import actions
from ifn.moderation.models import Assignment, Claim, ClaimLink, Look, Report, Told
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, verified
from tests.factories.moderation import reachable, reported, waiting_claim

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture
def two():
    return reachable(name="Sol Kembar"), reachable(name="CV Sol Kembar")


def merge(kept, gone, officer, **options):
    kept, gone = (Business.objects.get(pk=one.pk) for one in (kept, gone))
    given = {"versions": (kept.version, gone.version), "chosen": {}, "reason": "Sama.", "at": AT}
    return actions.merge_businesses(kept, gone, actor=officer, **given | options)


def where(model):
    return set(model.objects.values_list("business", flat=True))


def test_claims_links_reports_and_the_look_go_along(two, officer):
    kept, gone = two
    claim, _report = waiting_claim(gone), reported(gone)
    actions.make_claim_link(gone, note="", actor=officer, at=AT)

    merge(kept, gone, officer)

    assert where(Claim) == where(ClaimLink) == where(Report) == where(Look) == {kept.pk}
    claim.refresh_from_db()
    assert claim.state == "waiting"
    granted = actions.grant(claim, actor=officer, at=AT)
    assert granted.state == "granted"
    assert Membership.objects.get().business == kept


def test_undo_gives_back_what_went_along(two, officer):
    kept, gone = two
    waiting_claim(gone), reported(gone)
    actions.make_claim_link(gone, note="", actor=officer, at=AT)
    own = reported(kept, text="Milik yang lain")
    made = merge(kept, gone, officer)

    actions.undo_merge(Merge.objects.get(pk=made.pk), actor=officer, at=AT)

    assert where(Claim) == where(ClaimLink) == {gone.pk}
    assert set(Report.objects.filter(business=kept)) == {own}
    assert Report.objects.filter(business=gone).count() == 1
    assert not Look.objects.exists()


def test_of_two_claims_of_one_person_one_goes_on(two, officer):
    kept, gone = two
    maker = UserFactory(language="en")
    first, second = (waiting_claim(one, person=maker) for one in (kept, gone))

    merge(kept, gone, officer)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("waiting", "refused")
    assert second.reason.startswith("You claim this business twice")


def test_claims_end_when_the_other_profile_brings_an_owner(two, officer):
    kept, gone = two
    claim = waiting_claim(kept)
    Membership.objects.create(business=gone, person=UserFactory(), role="owner", since=AT)

    merge(kept, gone, officer)

    claim.refresh_from_db()
    assert claim.state == "refused"
    assert claim.reason
    assert Message.objects.filter(to=claim.person.email).exists()


def test_merged_twice_carries_once(two, officer):
    kept, gone = two
    claim = waiting_claim(gone)
    versions = (kept.version, gone.version)

    first = merge(kept, gone, officer, versions=versions)
    again = merge(kept, gone, officer, versions=versions)

    assert first == again
    assert Merge.objects.get().carried["claims"] == [claim.pk]


def test_who_had_the_pair_has_it_no_longer(two, officer):
    kept, gone = two
    pair = directory.ask_about(kept, gone, actor=officer, at=AT)
    actions.take("twins", pair.pk, person=officer, at=AT)

    merge(kept, gone, officer)

    assert not Assignment.objects.exists()


def test_two_businesses_need_a_reason(two, officer):
    pair = directory.ask_about(*two, actor=officer, at=AT)

    with pytest.raises(actions.ReasonMissing):
        actions.keep_apart(pair, reason="", actor=officer, at=AT)

    assert Twins.objects.get().verdict == "waiting"
    assert (
        actions.keep_apart(pair, reason="Beda jalan", actor=officer, at=AT).reason == "Beda jalan"
    )


def test_told_is_noted_once(two, officer):
    check = verified(two[0], "legality")

    one, again = (
        actions.mark_told(check, actor=officer, at=AT + timedelta(days=n)) for n in range(2)
    )

    assert one == again
    assert Told.objects.get().told_at == AT
