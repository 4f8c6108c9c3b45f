"""A questionnaire that changes while firms are asked with it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from ifn.assessments.actions import instruments
from ifn.assessments.instruments import editing
from ifn.assessments.instruments.document import Text
from ifn.assessments.models import Assessment
from ifn.assessments.queries.instruments import document_of
from ifn.assessments.queries.standings import Where, matrix
from tests.factories.accounts import OfficerFactory
from tests.factories.assessments import AT, LATER, answered, approved, in_use, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def changed(version):
    """Put a version in use that asks something else in one dimension."""
    following = instruments.begin_version(version.instrument, actor=None, at=AT)
    document = document_of(following)
    other = replace(document.by_code["CUT_1"], text=Text("Pertanyaan baru", "New question"))
    following = instruments.save_draft(
        following,
        editing.with_question(document, other, instead_of="CUT_1"),
        edition=following.edition,
        actor=None,
        at=AT,
    )
    instruments.say_comparable(following, {"CUT": False}, actor=None, at=AT)
    instruments.put_in_use(following, actor=None, at=LATER)
    following.refresh_from_db()
    return following


def cells(version):
    found = matrix(version.instrument_id, version.lines, Where("35")).cells
    return {one.dimension: one.firms for one in found}


def test_what_was_begun_is_finished_with_the_questions_it_was_begun_with(client):
    officer = OfficerFactory(duties=["programme"])
    client.force_login(officer)
    version = in_use()
    one = started(version=version)
    answered(one, {"CUT_1": 2})

    following = changed(version)

    shown = client.get(reverse("assessments:fill", args=[one.uuid, "CUT"])).content.decode()
    assert "Pertanyaan baru" not in shown
    approved(Assessment.objects.get(pk=one.pk))
    done = Assessment.objects.get(pk=one.pk)
    assert (done.state, done.version_id) == ("approved", version.pk)
    # Under the new version its changed dimension does not count; the other one does.
    assert cells(version) == {"CUT": 1, "MARKET": 1}
    assert cells(following) == {"MARKET": 1}


def test_over_time_only_comparable_levels_stand_side_by_side(client):
    client.force_login(OfficerFactory(duties=["programme"]))
    version = in_use()
    first = approved(started(version=version))
    following = changed(version)
    approved(started(first.business, following, at=LATER), at=LATER)

    shown = client.get(reverse("assessments:firm", args=[first.business.number]))

    rows = {row["name"]: row["cells"] for row in shown.context["rows"]}
    assert rows["Pemotongan"][0] == ""
    assert all(rows["Pemotongan"][1:])
    assert all(rows["Pemasaran"])


def test_a_new_assessment_is_begun_with_the_version_in_use(client):
    officer = OfficerFactory(duties=["programme"])
    client.force_login(officer)
    version = in_use()
    one = started(version=version)
    following = changed(version)

    shown = client.get(reverse("assessments:start", args=[one.business.number])).content.decode()

    assert f'value="{following.pk}"' in shown
    assert f'value="{version.pk}"' not in shown
