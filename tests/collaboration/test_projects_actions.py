"""Projects begin once, move in order, and say why when they refuse."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ifn.audit.models import Entry
from ifn.collaboration import codes
from ifn.collaboration.actions import holding, milestones, notes, projects, specifying, stages
from ifn.collaboration.actions.notes import Writer
from ifn.collaboration.models import (
    Milestone,
    Note,
    Project,
    ProjectPartner,
    ProjectStep,
    Risk,
    Stage,
)
from tests.factories import collaboration_projects as made
from tests.factories.collaboration_projects import NOON, ON, officer
from tests.factories.directory import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
KEY = "0e2f3c52-8a3c-4b13-9d5e-5d0c1d6f3a01"


def test_a_project_begins_with_its_stages_and_whoever_leads_it():
    lead = made.firm("Sol Jaya")
    project = made.begun(lead, stages=["brief", "design", "production"])

    states = dict(Stage.objects.filter(project=project).values_list("kind", "state"))
    assert {kind for kind, state in states.items() if state == "planned"} == {
        *("brief", "design", "production")
    }
    assert set(states.values()) == {"planned", "left_out"}
    partner = ProjectPartner.objects.get(project=project)
    assert (partner.business, partner.role, partner.state) == (lead, "initiator", "accepted")
    assert Entry.objects.filter(event="collaboration.project.begun").count() == 1


def test_a_form_sent_twice_begins_one_project():
    code = codes.new(codes.Kind.PROJECT)

    first, second = made.begun(code=code), made.begun(code=code)

    assert first == second
    assert Project.objects.count() == 1


def test_it_needs_a_title():
    with pytest.raises(projects.NoTitle):
        made.begun(title_id="", title_en="")
    assert not Project.objects.exists()


def test_the_second_of_two_officers_who_change_it_at_once_is_told():
    project = made.begun()
    facts = {"title_id": "Sol lentur"}
    projects.change(project, facts, version=1, actor=officer(), at=AT)

    with pytest.raises(holding.ChangedMeanwhile):
        projects.change(project, {"title_id": "Lain"}, version=1, actor=officer(), at=AT)

    project.refresh_from_db()
    assert (project.title_id, project.version) == ("Sol lentur", 2)


def test_the_second_of_two_officers_who_move_it_at_once_is_told():
    project = made.running()
    version = project.version
    projects.move(project, "pause", reason="Bahan", version=version, actor=officer(), at=AT)

    with pytest.raises(holding.ChangedMeanwhile):
        projects.move(project, "stop", reason="x", version=version, actor=officer(), at=AT)
    again = projects.move(project, "pause", reason="x", version=version, actor=officer(), at=AT)

    assert (again.state, again.reason) == ("paused", "Bahan")


def test_it_starts_once_somebody_takes_part():
    project = made.begun()
    with pytest.raises(projects.NobodyTakesPart):
        made.moved(project, "start")

    made.joined(project, made.firm("Rupa"))

    assert made.moved(project, "start").state == "running"


@pytest.mark.parametrize("way", ["pause", "stop"])
def test_to_pause_or_stop_takes_a_reason(way):
    project = made.running()
    with pytest.raises(holding.ReasonMissing):
        made.moved(project, way, reason=" ")
    assert made.moved(project, way, reason="Dana habis").reason == "Dana habis"


def test_it_is_completed_once_every_stage_is_over_and_can_be_taken_up_again():
    project = made.running(stages=["brief", "design"])
    with pytest.raises(projects.StagesOpen):
        made.moved(project, "complete")
    made.stage_done(project, "brief")
    stages.leave_out(made.stage(project, "design"), actor=officer(), at=AT)

    project = made.moved(project, "complete")
    assert project.state == "done"
    with pytest.raises(projects.NotNow):
        made.moved(project, "pause")
    with pytest.raises(holding.Closed):
        made.milestone(project)
    assert made.moved(project, "reopen").state == "running"


def test_only_who_takes_part_can_lead():
    project, other = made.begun(made.firm("Sol Jaya")), made.firm("Rupa")
    with pytest.raises(projects.NobodyTakesPart):
        projects.hand_lead(project, other, actor=officer(), at=AT)
    made.joined(project, other)

    assert projects.hand_lead(project, other, actor=officer(), at=AT).led_by == other


class TestStages:
    def test_one_begins_after_the_earlier_began_and_ends_after_they_are_over(self):
        project = made.running()
        with pytest.raises(stages.OutOfOrder) as refused:
            made.stage_begun(project, "design")
        assert [one.kind for one in refused.value.stages] == ["brief"]

        made.stage_begun(project, "brief")
        design = made.stage_begun(project, "design")
        with pytest.raises(stages.OutOfOrder):
            stages.end(design, "x", on=ON, today=ON, actor=officer(), at=AT)

        made.stage_done(project, "brief")
        ended = stages.end(design, "Tiga gambar", on=ON, today=ON, actor=officer(), at=AT)
        assert (ended.state, ended.result, ended.ended_on) == ("done", "Tiga gambar", ON)

    def test_the_database_holds_the_order_too(self):
        project = made.running()
        with pytest.raises(IntegrityError), transaction.atomic():
            Stage.objects.filter(project=project, kind="design").update(
                state="running", begun_on=ON
            )

    def test_what_is_left_out_stands_in_nobodys_way(self):
        project = made.running()
        stages.leave_out(made.stage(project, "brief"), actor=officer(), at=AT)
        assert made.stage_begun(project, "design").state == "running"
        with pytest.raises(stages.OutOfOrder):
            stages.put_back(made.stage(project, "brief"), actor=officer(), at=AT)

    def test_a_slip_is_put_back_step_by_step(self):
        project = made.running()
        one = made.stage_done(project)
        one = stages.put_back(one, actor=officer(), at=AT)
        assert (one.state, one.ended_on, one.begun_on) == ("running", None, ON)
        one = stages.put_back(one, actor=officer(), at=AT)
        assert (one.state, one.begun_on) == ("planned", None)
        assert stages.put_back(one, actor=officer(), at=AT).state == "planned"

    def test_they_stand_still_until_the_project_runs(self):
        with pytest.raises(stages.NotRunning):
            made.stage_begun(made.begun(made.firm("Sol Jaya")))
        project = made.moved(made.running(made.firm("Rupa")), "pause")
        with pytest.raises(stages.NotRunning):
            made.stage_begun(project)

    def test_days_and_results_are_asked_for(self):
        project, tomorrow = made.running(), ON + timedelta(days=1)
        one, by = made.stage(project), {"actor": officer(), "at": AT}
        with pytest.raises(stages.DaysWrong):
            stages.begin(one, on=tomorrow, today=ON, **by)
        with pytest.raises(stages.NotRunning):
            stages.end(one, "x", on=ON, today=ON, **by)
        stages.begin(one, on=ON, today=ON, **by)
        with pytest.raises(stages.ResultMissing):
            stages.end(one, " ", on=ON, today=ON, **by)
        with pytest.raises(stages.DaysWrong):
            stages.end(one, "x", on=ON - timedelta(days=1), today=ON, **by)

    def test_steps_are_kept(self):
        project = made.running()
        one = made.stage_done(project)
        made.stage_begun(project)

        kept = ProjectStep.objects.filter(stage=one).order_by("pk").values_list("event", flat=True)
        assert list(kept) == ["stage.begun", "stage.ended"]


class TestMilestones:
    def test_what_is_done_is_shown(self):
        project = made.running()
        one = made.milestone(project)
        by = {"actor": officer(), "at": NOON}

        with pytest.raises(milestones.EvidenceMissing):
            milestones.settle(one, "done", version=1, **by)
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.filter(pk=one.pk).update(state="done")

        done = milestones.settle(one, "done", words="Foto di berkas", version=1, **by)
        assert (done.state, done.evidence, done.since) == ("done", "Foto di berkas", NOON)

    def test_said_twice_it_is_said_once_and_the_second_of_two_is_told(self):
        one = made.milestone(made.running())
        by = {"actor": officer(), "at": AT}
        milestones.settle(one, "done", words="Foto", version=1, **by)
        again = milestones.settle(one, "done", words="Foto", version=1, **by)
        assert again.version == 2

        with pytest.raises(holding.ChangedMeanwhile):
            milestones.settle(one, "dropped", words="Tidak jadi", version=1, **by)

    def test_to_give_it_up_takes_a_reason(self):
        one = made.milestone(made.running())
        with pytest.raises(holding.ReasonMissing):
            milestones.settle(one, "dropped", version=1, actor=officer(), at=AT)

    def test_its_owner_and_stage_are_of_this_project(self):
        project, other = made.running(), made.running(made.firm("Rupa"))
        foreign = ProjectPartner.objects.get(project=other)
        with pytest.raises(milestones.OfAnother):
            made.milestone(project, foreign)
        with pytest.raises(milestones.OfAnother):
            made.milestone(project, stage_id=made.stage(other).pk)
        one = made.milestone(project)
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.filter(pk=one.pk).update(owner=foreign)

    def test_a_form_sent_twice_writes_one(self):
        project = made.running()
        facts = {"what": "Contoh", "due_on": ON}
        rows = [milestones.write(project, facts, key=KEY, actor=officer(), at=AT) for _ in range(2)]
        assert rows[0] == rows[1]
        assert Milestone.objects.count() == 1

    def test_the_second_who_changes_it_is_told(self):
        one = made.milestone(made.running())
        by = {"version": 1, "actor": officer(), "at": AT}
        assert milestones.change(one, {"what": "Baru"}, **by).version == 2
        with pytest.raises(holding.ChangedMeanwhile):
            milestones.change(one, {"what": "Lain"}, **by)


def test_a_note_is_written_once_and_may_be_said_after_the_end():
    project = made.moved(made.running(), "stop")
    rows = [
        notes.write_note(
            project, "comment", "Sayang", on=ON, key=KEY, writer=Writer(name="Bu Rina"), at=AT
        )
        for _ in range(2)
    ]
    assert rows[0] == rows[1]
    assert Note.objects.get().by == "Bu Rina"


def test_a_risk_waits_on_somebody_of_this_project_until_it_is_over():
    project, other = made.running(), made.running(made.firm("Rupa"))
    foreign = ProjectPartner.objects.get(project=other)
    facts = {"gravity": 3, "actor": officer(), "at": AT}
    with pytest.raises(milestones.OfAnother):
        notes.raise_risk(project, "Bahan", waits_on=foreign.pk, key=KEY, **facts)

    one = notes.raise_risk(project, "Bahan", key=KEY, **facts)
    notes.end_risk(one, actor=officer(), at=NOON)
    notes.end_risk(one, actor=officer(), at=AT)
    assert Risk.objects.get().ended_at == NOON


def test_the_specification_has_versions_and_results_pass_or_not():
    project = made.running()
    by = {"actor": officer(), "at": AT}
    sheet = specifying.write(project, {"product": "Sol", "hardness": 60}, version=0, **by)
    assert sheet.version == 1
    with pytest.raises(holding.ChangedMeanwhile):
        specifying.write(project, {"product": "Lain"}, version=0, **by)

    facts = {"standard": "SNI 0778", "measured": "Kekerasan", "value": 60, "least": 55, "on": ON}
    first = specifying.add_result(project, facts, **by)
    assert specifying.add_result(project, facts, **by) == first
    assert first.passes is True
    low = specifying.add_result(project, facts | {"value": 50}, **by)
    assert low.passes is False
    specifying.remove_result(low, **by)
    assert sheet.results.get() == first
