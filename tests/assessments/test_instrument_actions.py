from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from ifn.assessments.actions import instruments as actions
from ifn.assessments.instruments import comparing, editing
from ifn.assessments.instruments.document import Text
from ifn.assessments.models import Instrument, InstrumentVersion
from ifn.assessments.queries.instruments import document_of, faults_of, version_of
from ifn.audit.models import Entry
from ifn.audit.protection import upkeep
from tests.factories.accounts import OfficerFactory
from tests.factories.assessments import AT, LATER, drafted, in_use, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def save(version, document, edition=1):
    return actions.save_draft(version, document, edition=edition, actor=OfficerFactory(), at=LATER)


def next_version(version):
    return actions.begin_version(version.instrument, actor=None, at=LATER)


def test_a_draft_is_kept_whole_and_recorded():
    version = drafted()
    changed = editing.moved(document_of(version), "MARKET", -2)

    saved = save(version, changed)

    assert [one.code for one in document_of(saved).dimensions] == ["MARKET", "FACTS", "CUT"]
    assert saved.edition == 2
    assert Entry.objects.filter(event="assessments.version.changed").count() == 1


def test_a_draft_changed_meanwhile_is_not_overwritten():
    version = drafted()
    save(version, editing.without(document_of(version), "CUT_3"))

    with pytest.raises(actions.ChangedMeanwhile):
        save(version, editing.without(document_of(version), "STORY"), edition=1)

    version.refresh_from_db()
    assert "STORY" in document_of(version).by_code


def test_a_code_is_taken_once():
    drafted(code="sama")

    with pytest.raises(actions.CodeTaken):
        drafted(code="sama")

    assert Instrument.objects.filter(code="sama").count() == 1


def test_a_version_in_use_is_frozen():
    version = in_use()

    with pytest.raises(actions.NotADraft):
        save(version, editing.without(document_of(version), "CUT_3"))
    with pytest.raises(actions.NotADraft):
        actions.discard_draft(version, actor=OfficerFactory(), at=LATER)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_instrumentversion SET content = '{}'",
        "UPDATE assessments_instrumentversion SET lines = '{}'",
        "UPDATE assessments_instrumentversion SET comparable = '{\"CUT\": false}'",
        "UPDATE assessments_instrumentversion SET state = 'draft', used_at = NULL",
        "DELETE FROM assessments_instrumentversion",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_frozen(statement):
    version = in_use()

    with (
        pytest.raises(DatabaseError, match="frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert version_of(version.instrument.code, 1).content == version.content


def test_upkeep_may_remove_what_is_frozen():
    version = in_use()

    with upkeep("demo"):
        version.delete()

    assert not InstrumentVersion.objects.exists()


def test_what_lacks_something_is_not_put_in_use():
    version = drafted()
    save(version, replace(document_of(version), levels=()))

    with pytest.raises(actions.NotReady) as refused:
        actions.put_in_use(version, actor=OfficerFactory(), at=LATER)

    assert [one.code for one in refused.value.faults] == ["levels_missing"]


def test_a_new_version_retires_the_one_before_which_can_still_be_finished():
    version = in_use()
    one = started(version=version)
    following = next_version(version)

    actions.put_in_use(following, actor=OfficerFactory(), at=LATER)

    version.refresh_from_db()
    assert (version.state, version.retired_at) == ("retired", LATER)
    assert next_version(version) != following
    assert one.is_open


def test_a_draft_of_the_next_version_is_begun_once():
    version = in_use()

    assert next_version(version) == next_version(version)


def test_changed_dimensions_must_be_said_to_be_comparable_or_not():
    version = in_use()
    following = next_version(version)
    document = document_of(following)
    asked = replace(document.by_code["CUT_1"], text=Text("Lain", "Other"))
    following = save(following, editing.with_question(document, asked, instead_of="CUT_1"))

    assert [(one.code, one.part) for one in faults_of(following)] == [
        ("comparability_unsaid", "CUT")
    ]
    actions.say_comparable(following, {"CUT": False}, actor=OfficerFactory(), at=LATER)
    actions.put_in_use(following, actor=OfficerFactory(), at=LATER)

    following.refresh_from_db()
    assert following.lines == {"CUT": 2, "MARKET": 1}


def test_a_line_goes_on_only_through_every_version():
    first, other = document_of(drafted()), document_of(drafted())

    second = comparing.lines(2, other, {"CUT": False}, before=first, earlier={"CUT": 1})
    third = comparing.lines(3, other, {}, before=other, earlier=second)

    assert second == {"CUT": 2, "MARKET": 2}
    assert third == {"CUT": 2, "MARKET": 2}


def test_only_what_is_in_use_is_retired():
    version = drafted()

    with pytest.raises(actions.NotInUse):
        actions.retire(version, actor=OfficerFactory(), at=LATER)


def test_a_discarded_draft_takes_an_empty_questionnaire_with_it():
    version = drafted()

    actions.discard_draft(version, actor=OfficerFactory(), at=LATER)

    assert not Instrument.objects.exists()


def test_renaming_a_question_takes_conditions_along():
    document = document_of(drafted())
    asked = replace(document.by_code["CUT_2"], code="KNIFE")

    changed = editing.with_question(document, asked, instead_of="CUT_2")

    assert changed.by_code["CUT_3"].condition.question == "KNIFE"


def test_renaming_a_dimension_takes_its_questions_along():
    document = document_of(drafted())
    dimension = replace(document.dimensions_by_code["CUT"], code="POTONG")

    changed = editing.with_dimension(document, dimension, instead_of="CUT")

    assert [one.code for one in changed.questions_of("POTONG")][:2] == ["CUT_1", "CUT_2"]


def test_the_shipped_questionnaire_is_a_proposal_that_lacks_nothing(capsys):
    call_command("questionnaires")

    version = InstrumentVersion.objects.get()
    document = document_of(version)
    assert version.is_draft
    assert document.is_proposal
    assert len(document.scored_dimensions) == 13
    assert sum(one.weight for one in document.scored_dimensions) == 100
    assert faults_of(version) == []


def test_loading_it_again_loses_no_edit():
    actions.load_shipped(at=AT)
    version = InstrumentVersion.objects.get()
    save(version, editing.without(document_of(version), "HR_3"))
    Instrument.objects.update(name_id="Nama kami")

    again = actions.load_shipped(at=LATER)

    version.refresh_from_db()
    assert not again.wrote
    assert "HR_3" not in document_of(version).by_code
    assert Instrument.objects.get().name_id == "Nama kami"


def test_a_newer_shipped_one_replaces_a_draft_that_nobody_touched():
    actions.load_shipped(at=AT)
    instrument, version = Instrument.objects.get(), InstrumentVersion.objects.get()
    older = editing.without(document_of(version), "HR_3")
    saved = save(version, older)
    instrument.shipped["digest"] = saved.digest
    instrument.save()

    actions.load_shipped(at=LATER)

    version.refresh_from_db()
    assert "HR_3" in document_of(version).by_code


def test_a_shipped_draft_that_was_thrown_away_does_not_come_back():
    actions.load_shipped(at=AT)
    actions.discard_draft(InstrumentVersion.objects.get(), actor=OfficerFactory(), at=LATER)

    actions.load_shipped(at=LATER)

    assert not InstrumentVersion.objects.exists()
