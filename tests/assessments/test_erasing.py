import pytest

from ifn.assessments.actions import erasing
from ifn.assessments.models import Answer, Assessment, Package, Score
from ifn.assessments.of_person import of_person
from tests.assessments.test_receiving import received, sent
from tests.factories.accounts import OfficerFactory
from tests.factories.assessments import AT, answered, approved, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_person_gets_what_they_wrote_and_sent():
    officer = OfficerFactory()
    received(sent(), officer)

    parts = of_person(officer)

    assert [row["value"] for row in parts["answers"]] == [3]
    assert [row["content"] for row in parts["packages"]] == [{"raw": True}]
    assert len(parts["assessments"]) == 1
    assert of_person(OfficerFactory())["answers"] == []


def test_an_erased_person_leaves_answers_without_a_name():
    officer = OfficerFactory()
    received(sent(), officer)

    gone = erasing.erase_from_assessments(officer, actor=None, at=AT)

    assert gone
    assert Answer.objects.get().changed_by is None
    assert Package.objects.get().content == {}
    assert not any(of_person(officer).values())


def test_an_erased_firm_takes_its_assessments_along():
    one, other = approved(), started()
    answered(other)

    erasing.erase_assessments(one.business, actor=None, at=AT)

    assert list(Assessment.objects.all()) == [other]
    assert not Score.objects.exists()
