from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ifn.assessments.actions import answering, deciding
from ifn.assessments.actions.answering import Change
from ifn.assessments.merging import Outcome, outcome
from ifn.assessments.models import Answer, Assessment, Photo, Score
from ifn.directory.handing import handed, private_files
from ifn.directory.models import Membership
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.assessments import (
    AT,
    LATER,
    ON,
    answered,
    approved,
    drafted,
    in_use,
    started,
    submitted,
)
from tests.factories.directory import photo, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def kept_photo(one, question="CUT_PHOTO", content=None):
    given = SimpleUploadedFile("foto.jpg", content or photo())
    return answering.add_photo(one, question, "own", handed(given), actor=None, at=AT)


def levels(one):
    return {
        (score.dimension, score.side): score.level for score in Score.objects.filter(assessment=one)
    }


def test_begun_twice_under_one_uuid_it_is_there_once():
    uuid, business, version = uuid4(), registered(profile()), in_use()

    first = started(business, version, uuid=uuid)
    again = started(business, version, uuid=uuid)

    assert first == again
    assert Assessment.objects.count() == 1


def test_nobody_is_asked_with_a_draft():
    with pytest.raises(answering.NotAsked):
        started(version=drafted())


@pytest.mark.parametrize("day", [ON + timedelta(days=400), date(1999, 1, 1)])
def test_a_day_that_cannot_be_is_refused(day):
    with pytest.raises(answering.DayUnlikely):
        started(assessed_on=day)


def test_answers_are_kept_by_side_with_their_revision():
    one = started()

    answered(one, {"CUT_1": "3"}, side="own")
    answered(one, {"CUT_1": "2"})

    assert sorted(Answer.objects.values_list("side", "value", "revision")) == [
        ("assessor", 2, 3),
        ("own", 3, 2),
    ]


def test_what_answers_nothing_is_refused_and_the_rest_is_kept():
    one = started()

    saved = answered(one, {"CUT_1": "7", "CUT_2": "ya", "GONE": "1"})

    assert [why.code for _change, why in saved.refused] == ["not_a_level", "no_such_question"]
    assert Answer.objects.get().value is True


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    one = started()
    answered(one, {"CUT_1": 1})

    saved = answering.save_answers(
        one,
        [
            Change("CUT_1", "assessor", "value", None, 3),
            Change("CUT_1", "assessor", "words", "", "Pisau tumpul"),
        ],
        actor=None,
        at=LATER,
    )

    row = Answer.objects.get()
    assert [(change.sent, here) for change, here in saved.conflicts] == [(3, 1)]
    assert (row.value, row.words) == (1, "Pisau tumpul")


def test_an_answer_can_be_taken_back():
    one = started()
    answered(one, {"CUT_1": 1})

    answering.save_answers(one, [Change("CUT_1", "assessor", "value", 1, "")], actor=None, at=LATER)

    assert Answer.objects.get().value is None


@pytest.mark.parametrize(
    ("base", "here", "sent", "expected"),
    [
        (None, None, 1, Outcome.TAKEN),
        ("", None, "", Outcome.SAME),
        (1, 2, 1, Outcome.SAME),
        (1, 2, 2, Outcome.SAME),
        (1, 2, 3, Outcome.CONFLICT),
        (0, 0, False, Outcome.TAKEN),
        (1, 1, None, Outcome.TAKEN),
        (None, 0, None, Outcome.SAME),
    ],
)
def test_a_field_is_merged_by_what_its_writer_saw(base, here, sent, expected):
    assert outcome(base=base, here=here, sent=sent) == expected


def test_required_questions_must_be_answered():
    one = started()
    answered(one, {"CUT_2": False})

    with pytest.raises(deciding.Unanswered) as refused:
        deciding.submit(one, actor=None, at=AT)

    assert refused.value.codes == ["CUT_1"]
    one.refresh_from_db()
    assert one.state == "draft"


def test_levels_of_both_sides_are_written_when_handed_in():
    one = started()
    answered(one, {"CUT_1": 4, "CUT_2": True, "CUT_3": 4}, side="own")

    submitted(one)

    assert levels(one) == {
        ("CUT", "own"): Decimal("4.00"),
        ("CUT", "assessor"): Decimal("2.25"),
        ("MARKET", "assessor"): Decimal("2.00"),
    }


def test_facts_that_one_side_stated_decide_what_both_are_asked():
    one = started()
    answered(one, {"CUT_1": 4, "CUT_2": True, "CUT_3": 0}, side="own")
    answered(one, {"CUT_1": 2, "CUT_3": 4})

    deciding.submit(one, actor=None, at=AT)

    # Four points of weight two, four of weight one; yes or no was not the assessor's answer.
    assert levels(one)["CUT", "assessor"] == Decimal("2.67")


def test_it_is_handed_in_once():
    one = submitted()

    with pytest.raises(deciding.NotOpen):
        deciding.submit(one, actor=None, at=AT)


def test_it_is_sent_back_with_a_reason_and_the_firm_is_told():
    owner = UserFactory(email="ibu@kelom.example")
    business = registered(profile())
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    one = submitted(started(business, mode="self"))

    with pytest.raises(deciding.ReasonMissing):
        deciding.send_back(one, reason=" ", actor=OfficerFactory(), at=LATER)
    deciding.send_back(one, reason="Foto belum ada", actor=OfficerFactory(), at=LATER)

    one.refresh_from_db()
    message = Message.objects.get(kind="assessments.returned")
    assert (one.state, one.reason, one.is_open) == ("returned", "Foto belum ada", True)
    assert message.to == "ibu@kelom.example"
    assert "Foto belum ada" in message.text
    assert str(one.uuid) in message.text


def test_an_approved_one_is_the_firms_latest_with_its_need():
    one = approved()

    one.refresh_from_db()
    assert (one.state, one.is_latest) == ("approved", True)
    assert one.need == Decimal("0.4531")
    assert Score.objects.current().count() == 2


def test_the_assessors_level_counts_before_the_firms_own():
    one = started()
    answered(one, {"CUT_1": 4, "MARKET_1": "export"}, side="own")
    approved(one, answers={"CUT_1": 1})

    current = {score.dimension: score.level for score in Score.objects.current()}
    assert current == {"CUT": Decimal("1.00"), "MARKET": Decimal("4.00")}


def test_an_older_day_approved_later_does_not_count():
    business, version = registered(profile()), in_use()
    new = approved(started(business, version))
    old = approved(started(business, version, assessed_on=date(2024, 1, 1)))

    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.is_latest, old.is_latest) == (True, False)


def test_a_later_one_takes_over():
    business, version = registered(profile()), in_use()
    old = approved(started(business, version, assessed_on=date(2024, 1, 1)))
    new = approved(started(business, version))

    assert list(Assessment.objects.filter(is_latest=True)) == [new]
    assert set(Score.objects.current().values_list("assessment", flat=True)) == {new.pk}
    assert Score.objects.filter(assessment=old).exists()


def test_a_photo_sent_twice_is_there_once():
    one = started()

    assert kept_photo(one) == kept_photo(one)
    assert Photo.objects.count() == 1


def test_photos_have_an_end(monkeypatch):
    one = started()
    monkeypatch.setattr(answering, "MOST_PHOTOS", 1)
    kept_photo(one)

    with pytest.raises(answering.TooManyPhotos):
        kept_photo(one, content=photo((320, 240)))

    assert Photo.objects.count() == 1


def test_a_removed_photo_takes_its_file_along(django_capture_on_commit_callbacks):
    one = started()
    made = kept_photo(one)

    with django_capture_on_commit_callbacks(execute=True):
        answering.remove_photo(made, actor=OfficerFactory(), at=LATER)

    assert not private_files().exists(made.file)
    assert not Photo.objects.exists()
