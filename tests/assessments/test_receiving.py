from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from ifn.assessments.actions import deciding, receiving
from ifn.assessments.actions.answering import Change, NotOpen
from ifn.assessments.actions.receiving import Sent, decide_conflict, receive
from ifn.assessments.models import Answer, Assessment, Conflict, Package
from ifn.directory.models import Membership
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.assessments import AT, LATER, answered, drafted, in_use, started, submitted
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def value(question, sent, base=None, side="assessor"):
    return Change(question, side, "value", base, sent)


CUT_1 = (value("CUT_1", 3),)


def sent(business=None, version=None, changes=CUT_1, **more):
    business, version = business or registered(profile()), version or in_use()
    given = Sent(
        uuid=uuid4(),
        assessment=uuid4(),
        business=business.number,
        digest=version.digest,
        mode="visit",
        changes=changes,
        assessed_on=date(2026, 8, 1),
    )
    return replace(given, **more)


def of(one, *changes, **more):
    return sent(one.business, one.version, changes, assessment=one.uuid, **more)


def received(package, actor=None, at=LATER):
    return receive(package, {"raw": True}, actor=actor or OfficerFactory(), at=at)


def test_a_package_begins_an_assessment_and_answers_it():
    package = received(sent(device_at=AT - timedelta(days=365)))

    one = Assessment.objects.get()
    assert package.receipt["taken"] == [{"question": "CUT_1", "side": "assessor", "field": "value"}]
    assert Answer.objects.get().value == 3
    assert (one.started_at, one.assessed_on) == (LATER, date(2026, 8, 1))
    assert one.device_at == AT - timedelta(days=365)


def test_sent_again_it_gets_the_same_receipt_and_changes_nothing():
    officer, given = OfficerFactory(), sent()
    first = received(given, officer)
    answered(Assessment.objects.get(), {"CUT_2": True})

    again = received(given, officer, at=LATER + timedelta(days=1))

    assert (again.pk, again.receipt) == (first.pk, first.receipt)
    assert Package.objects.count() == 1
    assert Assessment.objects.get().revision == 3


def test_the_same_form_from_two_phones_is_one_assessment():
    officer, given = OfficerFactory(), sent()
    received(given, officer)

    other = received(replace(given, uuid=uuid4()), officer)

    assert other.receipt["conflicts"] == []
    assert Assessment.objects.count() == 1


def test_a_field_that_somebody_else_changed_waits_for_a_decision():
    one = started()
    answered(one, {"CUT_1": 1, "CUT_2": True})

    package = received(of(one, value("CUT_1", 3), value("CUT_2", None, base=True)))

    conflict = Conflict.objects.get()
    assert (conflict.base, conflict.here, conflict.sent) == (None, 1, 3)
    assert package.receipt["conflicts"][0]["here"] == 1
    assert Answer.objects.get(question="CUT_1").value == 1
    assert Answer.objects.get(question="CUT_2").value is None


@pytest.mark.parametrize(("choice", "kept"), [("here", 1), ("sent", 3)])
def test_a_person_decides_once_what_counts(choice, kept):
    one, officer = started(), OfficerFactory()
    answered(one, {"CUT_1": 1})
    received(of(one, value("CUT_1", 3)))
    conflict = Conflict.objects.get()

    decide_conflict(conflict, choice, actor=officer, at=LATER)
    decide_conflict(conflict, "here", actor=officer, at=LATER)

    conflict.refresh_from_db()
    assert conflict.choice == choice
    assert Answer.objects.get().value == kept


def test_it_is_not_handed_in_before_conflicts_are_decided():
    one = started()
    answered(one, {"CUT_1": 1, "MARKET_1": "shop"})

    package = received(of(one, value("CUT_1", 3), is_finished=True))

    assert package.receipt["not_finished"] == "Undecided"
    assert package.receipt["state"] == "draft"


def test_a_finished_one_is_handed_in():
    package = received(sent(is_finished=True))

    assert package.receipt["state"] == "submitted"


def test_what_is_left_open_is_said():
    package = received(sent(changes=(value("CUT_2", True),), is_finished=True))

    assert package.receipt["open"] == ["CUT_1"]
    assert Assessment.objects.get().state == "draft"


def test_what_comes_too_late_is_kept_and_overwrites_nothing():
    one = submitted()
    deciding.approve(one, actor=OfficerFactory(), at=LATER)

    received(of(one, value("CUT_1", 0, base=2), value("CUT_2", True, base=True)))

    conflict = Conflict.objects.get()
    assert (conflict.here, conflict.sent) == (2, 0)
    assert Answer.objects.get(question="CUT_1").value == 2
    with pytest.raises(NotOpen):
        decide_conflict(conflict, "sent", actor=OfficerFactory(), at=LATER)


def test_what_answers_nothing_is_told_and_kept_as_it_came():
    package = received(sent(changes=(value("CUT_1", 9), value("CUT_2", True))))

    assert package.receipt["refused"][0]["why"] == "not_a_level"
    assert package.content == {"raw": True}
    assert Answer.objects.get().question == "CUT_2"


def test_a_clock_that_is_wrong_by_a_year_dates_nothing():
    received(sent(assessed_on=date(2031, 1, 1), device_at=LATER + timedelta(days=1800)))

    assert Assessment.objects.get().assessed_on == LATER.date()


def test_a_version_that_was_retired_meanwhile_is_still_taken():
    version = in_use()
    given = sent(version=version)
    version.state, version.retired_at = "retired", LATER
    version.save()

    assert received(given).refusal == ""


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"business": "ZZZZZZ"}, "firm"),
        ({"digest": "0" * 64}, "version"),
        ({"mode": "dream"}, "mode"),
        ({"mode": "self"}, "rights"),
    ],
)
def test_what_cannot_be_taken_is_kept_with_the_reason(more, code):
    package = received(replace(sent(), **more))

    assert (package.refusal, package.content) == (code, {"raw": True})
    assert not Assessment.objects.exists()


def test_a_draft_is_no_version_to_ask_with():
    assert received(sent(version=drafted())).refusal == "version"


def test_a_regional_officer_sends_only_of_their_region():
    business = registered(profile(region=MOJOKERTO))
    own = RegionalOfficerFactory(territory=[MOJOKERTO])
    other = RegionalOfficerFactory(territory=[SIDOARJO])

    assert received(sent(business), own).refusal == ""
    assert received(sent(business), other).refusal == "rights"
    assert received(of(Assessment.objects.get()), other).refusal == "rights"


def test_a_firm_sends_its_own_view_alone():
    business, owner = registered(profile()), UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    changes = (value("CUT_1", 3, side="own"), value("CUT_1", 4))

    package = received(sent(business, changes=changes, mode="self"), owner)

    assert list(Answer.objects.values_list("side", "value")) == [("own", 3)]
    assert [one["side"] for one in package.receipt["conflicts"]] == ["assessor"]


def test_hundreds_of_forms_cost_the_same_each(django_assert_max_num_queries):
    officer, version, business = OfficerFactory(), in_use(), registered(profile())
    for _number in range(3):
        with django_assert_max_num_queries(40):
            received(sent(business, version), officer)

    assert Assessment.objects.count() == 3
    assert receiving.Package.objects.count() == 3
