"""Two who do something with one project at the same moment, each over a connection of their own."""

import pytest

from ifn.collaboration.actions import beginning, consenting, milestones, partners, releasing, stages
from ifn.collaboration.models import Project, ProjectPartner, ProjectStep, Stage
from ifn.connections.models import Enquiry
from tests.collaboration.conftest import faults
from tests.factories import collaboration_projects as made
from tests.factories import enquiries
from tests.factories.collaboration_projects import ON, officer
from tests.factories.collaboration_releases import agree, asked
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db(transaction=True)
BY = {"actor": None, "at": AT}


def steps(event):
    return ProjectStep.objects.filter(event=event).count()


def test_a_yes_said_by_several_at_once_is_said_once(together):
    one = made.invited(made.running(), made.firm("Rupa"))

    answers = together(*(lambda: partners.answer(one, "accepted", **BY) for _each in range(6)))

    assert faults(answers) == []
    [accepted] = together(lambda: ProjectPartner.objects.get(pk=one.pk).state)
    assert accepted == "accepted"


def test_of_a_yes_and_a_no_at_once_one_stands(together):
    one = made.invited(made.running(), made.firm("Rupa"))

    answers = together(
        lambda: partners.answer(one, "accepted", **BY),
        lambda: partners.answer(one, "declined", reason="Penuh", **BY),
    )

    assert [type(each) for each in faults(answers)] == [partners.NotNow]
    [said] = [each for each in answers if not isinstance(each, Exception)]
    [state] = together(lambda: ProjectPartner.objects.get(pk=one.pk).state)
    assert state == said.state


def test_nobody_leaves_with_a_milestone_that_was_given_at_once(together):
    project = made.running()
    one = made.joined(project, made.firm("Rupa"))
    assert officer()

    answers = together(
        lambda: partners.answer(one, "left", reason="Pindah", **BY),
        lambda: made.milestone(project, one),
    )

    [wrong] = faults(answers)
    assert isinstance(wrong, (partners.StillOwes, milestones.OfAnother))


def test_a_stage_ended_by_two_at_once_is_ended_once(together):
    one = made.stage_begun(made.running())

    answers = together(
        *(
            lambda words=words: stages.end(one, words, on=ON, today=ON, **BY)
            for words in ("Sudah jelas", "Selesai")
        )
    )

    assert faults(answers) == []
    assert together(lambda: Stage.objects.get(pk=one.pk).state, lambda: steps("stage.ended")) == [
        "done",
        1,
    ]


def test_out_of_one_enquiry_two_begin_one_project(together):
    firm, asking = enquiries.firm(), made.firm("Merek")
    person = made.person_of(asking)
    agreed = enquiries.accepted(firm, asker=enquiries.member(person, business=asking))
    Enquiry.objects.filter(pk=agreed.pk).update(state="agreed", ended_at=AT, met_at=AT)
    one = Enquiry.objects.select_related("letter__business", "business").get(pk=agreed.pk)
    facts = {"title_id": "Sandal bersama", "summary_id": ""}

    answers = together(
        *(
            lambda lead=lead: (
                beginning.begin_from_enquiry(one, facts, led_by=lead, is_own=True, **BY).pk
            )
            for lead in (firm, asking)
        )
    )

    assert faults(answers) == []
    assert len(set(answers)) == 1
    assert together(Project.objects.count, ProjectPartner.objects.count) == [1, 2]


def test_a_release_is_not_published_over_a_yes_that_is_taken_back_at_once(together):
    release = agree(asked(partners=2))
    one = release.consents.order_by("pk").first()
    assert officer()

    published, taken_back = together(
        lambda: releasing.publish(release, on=ON, **BY),
        lambda: consenting.take_back(one, reason="Pindah usaha", **BY),
    )

    assert not isinstance(taken_back, Exception)
    is_waiting = isinstance(published, releasing.PartnersWaiting)
    assert is_waiting or published.state == "published"
    [states] = together(
        lambda: (
            type(release).objects.get(pk=release.pk).state,
            type(one).objects.get(pk=one.pk).state,
        )
    )
    assert states == ("asking" if is_waiting else "published", "withdrawn")
