"""Screening by the stated conditions, a panel without conflicts, and one decision told at once."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from ifn.audit.models import Entry
from ifn.collaboration.actions.calls import deciding, judging, screening
from ifn.collaboration.actions.calls.deciding import Verdict
from ifn.collaboration.actions.calls.judging import Given
from ifn.collaboration.actions.calls.moving import ReasonMissing
from ifn.collaboration.models import (
    Application,
    Call,
    Conflict,
    Criterion,
    Project,
    ProjectPartner,
    Score,
    Stage,
)
from ifn.collaboration.queries.panels import conflicts_seen, ranking
from ifn.directory.models import Business, Membership
from ifn.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_calls import (
    AFTER,
    AFTER_ON,
    applied,
    at_panel,
    evaluator,
    firm,
    judged,
    moved,
    officer,
    opened,
    screened,
    speaker,
    terms,
    wanted,
)
from tests.factories.directory import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def _screening(**conditions):
    call = opened(conditions=conditions)
    one = applied(call)
    moved(call, "screening", at=AFTER, on=AFTER_ON)
    return call, one


def test_what_is_not_eligible_takes_a_reason_that_is_read_when_the_panel_begins():
    call, one = _screening()
    person = speaker(one.business)
    with pytest.raises(ReasonMissing):
        screened(one, is_eligible=False)

    screened(one, is_eligible=False, reason="Tidak membuat sol")

    assert not Notice.objects.filter(person=person).exists()
    moved(call, "panel", at=AFTER, on=AFTER_ON)
    told = Notice.objects.get(person=person)
    assert (told.words, told.values["why"]) == (
        "collaboration.call_ineligible",
        "Tidak membuat sol",
    )


def test_eligible_against_the_stated_conditions_takes_a_reason():
    _call, one = _screening(for_certificates=["SNI_0111"])

    with pytest.raises(screening.UnlikeConditions):
        screened(one)

    assert screened(one, reason="Sertifikat sedang diurus").state == "eligible"


def test_whoever_meets_the_conditions_needs_no_reason_and_can_be_looked_at_again():
    _call, one = _screening(for_chain_roles=["CO"], for_regions=["35"])

    assert screened(one).state == "eligible"
    assert screened(one, is_eligible=False, reason="Keliru").state == "ineligible"


def test_applications_are_not_screened_before_or_after():
    call = opened()
    one = applied(call)
    with pytest.raises(screening.NotScreening):
        screened(one)
    moved(call, "screening", at=AFTER, on=AFTER_ON)
    screened(one)
    moved(call, "panel", at=AFTER, on=AFTER_ON)
    with pytest.raises(screening.NotScreening):
        screened(one, is_eligible=False, reason="x")


def test_an_evaluator_is_told_once_and_stays_once_they_judged():
    call, [first, _second] = at_panel()
    one = evaluator(call)
    again = judging.add_evaluator(call, one.person, actor=officer(), at=AFTER)

    assert again == one
    assert Notice.objects.get(person=one.person).words == "collaboration.call_panel"
    judged(one, first, 5, 5)
    with pytest.raises(judging.HasJudged):
        judging.remove_evaluator(one, actor=officer(), at=AFTER)


def test_nobody_is_put_on_the_panel_of_a_draft_or_with_a_closed_account():
    call = opened()
    closed = UserFactory(is_active=False)

    with pytest.raises(judging.NoAccount):
        judging.add_evaluator(call, closed, actor=officer(), at=AT)
    Call.objects.filter(pk=call.pk).update(state="draft")
    with pytest.raises(judging.NotNow):
        judging.add_evaluator(call, UserFactory(), actor=officer(), at=AT)


def test_nobody_gives_points_before_declaring():
    call, [first, _second] = at_panel()
    one = evaluator(call, declares=False)

    with pytest.raises(judging.DeclareFirst):
        judged(one, first, 5, 5)


def test_an_evaluator_of_the_applicants_firm_cannot_judge_it_whatever_they_declare():
    call, [first, second] = at_panel()
    one = evaluator(call, speaker(first.business, "viewer"))

    with pytest.raises(judging.InConflict):
        judged(one, first, 10, 10)

    assert Conflict.objects.get(evaluator=one).kind == "business"
    judged(one, second, 7, 7)
    assert Score.objects.filter(application=second).count() == 2


def test_who_joins_the_firm_after_declaring_cannot_judge_it_either():
    call, [first, _second] = at_panel()
    one = evaluator(call)
    Membership.objects.create(business=first.business, person=one.person, role="owner", since=AT)

    with pytest.raises(judging.InConflict):
        judged(one, first, 10, 10)


def test_the_database_refuses_points_of_who_has_a_conflict():
    call, [first, _second] = at_panel()
    one = evaluator(call)
    judging.declare(one, {first.pk: "Paman saya"}, actor=one.person, at=AFTER)
    criterion = Criterion.objects.filter(call=call).first()

    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.create(
            evaluator=one, application=first, criterion=criterion, points=9, at=AFTER
        )


def test_a_conflict_that_nobody_sees_takes_words():
    call, [first, _second] = at_panel()
    one = evaluator(call, declares=False)

    with pytest.raises(judging.WordsMissing):
        judging.declare(one, {first.pk: ""}, actor=one.person, at=AFTER)

    assert not Conflict.objects.exists()


def test_points_go_when_a_conflict_is_declared_later():
    call, [first, second] = at_panel()
    one = evaluator(call)
    judged(one, first, 9, 9)
    judged(one, second, 4, 4)

    judging.declare(one, {first.pk: "Paman saya"}, actor=one.person, at=AFTER)

    assert set(Score.objects.values_list("application", flat=True)) == {second.pk}
    assert Conflict.objects.get().kind == "declared"


def test_shared_projects_and_people_are_suggested():
    call, [first, second] = at_panel()
    own = firm("Studio Garis")
    person, colleague = speaker(own), speaker(own)
    project = Project.objects.create(
        code="TEST1", title_id="Lama", since=AT, created_at=AT, led_by=own
    )
    for each in (own, first.business):
        ProjectPartner.objects.create(
            project=project,
            business=each,
            name=each.name,
            role="designer",
            state="accepted",
            since=AT,
            added_at=AT,
        )
    Membership.objects.create(business=second.business, person=colleague, role="owner", since=AT)

    seen = conflicts_seen(person.pk, [first, second])

    assert {key: (one.kind.value, one.through) for key, one in seen.items()} == {
        first.pk: ("project", project.pk),
        second.pk: ("people", colleague.pk),
    }
    one = evaluator(call, person)
    assert not Conflict.objects.filter(evaluator=one).exists()
    told = Entry.objects.filter(event="collaboration.evaluator.declared").latest("pk")
    assert told.details["suggested_and_not_declared"] == sorted([first.pk, second.pk])


@pytest.mark.parametrize("points", [{}, {"first": 11}, {"first": 5}])
def test_points_are_given_for_every_criterion(points):
    call, [first, _second] = at_panel()
    one = evaluator(call)
    heaviest = Criterion.objects.get(call=call, weight=60)
    given = dict.fromkeys([heaviest.pk][: len(points)], Given(points.get("first", 0)))

    with pytest.raises(judging.Incomplete):
        judging.score(one, first, given, actor=one.person, at=AFTER)

    assert not Score.objects.exists()


def test_points_can_be_changed_until_the_decision():
    call, [first, second] = at_panel()
    one = evaluator(call)
    judged(one, first, 9, 9)
    judged(one, first, 3, 5)
    judged(one, second, 8, 2)

    order = [(row.key, row.place, row.total) for row in ranking(call, [first, second])]

    assert order == [(second.pk, 1, 56.0), (first.pk, 2, 38.0)]


def _verdicts(chosen, *others):
    return {chosen.pk: Verdict(True, "Terbaik")} | {
        one.pk: Verdict(False, "Harga tinggi") for one in others
    }


def _judged_panel(business=None):
    call, rows = at_panel(2, business)
    one = evaluator(call)
    for place, row in enumerate(rows):
        judged(one, row, 9 - place, 9 - place)
    return call, rows


def _decide(call, verdicts):
    return deciding.decide(call, verdicts, actor=officer(), at=AFTER)


def test_a_decision_tells_everybody_and_begins_a_project_with_who_was_chosen():
    caller = firm("Prabu Jaya")
    call, [first, second] = _judged_panel(caller)
    winner, other = speaker(first.business), speaker(second.business)

    project = _decide(call, _verdicts(first, second))

    assert Call.objects.get(pk=call.pk).state == "decided"
    assert (project.call, project.origin, project.led_by) == (call, "call", caller)
    partners = ProjectPartner.objects.filter(project=project).order_by("pk")
    assert list(partners.values_list("business", "role", "state", "is_named")) == [
        (caller.pk, "initiator", "accepted", False),
        (first.business_id, "outsole", "accepted", False),
    ]
    assert Stage.objects.filter(project=project).count() == 9
    assert Notice.objects.get(person=winner).words == "collaboration.call_chosen"
    told = Notice.objects.get(person=other)
    assert (told.words, told.values["why"]) == ("collaboration.call_not_chosen", "Harga tinggi")


@pytest.mark.parametrize("place", [0, 1])
def test_a_decision_without_a_reason_is_none(place):
    call, rows = _judged_panel()
    verdicts = _verdicts(*rows)
    key = rows[place].pk
    verdicts[key] = replace(verdicts[key], reason="  ")

    with pytest.raises(ReasonMissing):
        _decide(call, verdicts)

    assert set(Application.objects.values_list("state", flat=True)) == {"eligible"}
    assert not Project.objects.exists()


def test_it_is_decided_about_everybody_at_once():
    call, [first, second] = _judged_panel()

    with pytest.raises(deciding.AboutEach):
        _decide(call, _verdicts(first))
    assert _decide(call, _verdicts(first, second))
    with pytest.raises(deciding.NotDeciding):
        _decide(call, _verdicts(first, second))
    assert Project.objects.count() == 1


def test_nobody_is_decided_about_without_points():
    call, [first, second] = at_panel()
    judged(evaluator(call), first, 8, 8)

    with pytest.raises(deciding.NobodyJudged) as refused:
        _decide(call, _verdicts(first, second))

    assert refused.value.firms == (second.business.name,)


def test_terms_that_changed_after_they_were_accepted_keep_from_being_chosen():
    call, [first, second] = _judged_panel()
    terms(call, "Hak dibagi.")

    with pytest.raises(deciding.OldTerms) as refused:
        _decide(call, _verdicts(first, second))

    assert refused.value.firms == (first.business.name,)
    assert set(Application.objects.values_list("state", flat=True)) == {"eligible"}


def test_no_more_are_chosen_than_the_call_wants():
    call, [first, second] = _judged_panel()
    verdicts = {one.pk: Verdict(True, "Baik") for one in (first, second)}

    with pytest.raises(deciding.MoreThanWanted) as refused:
        _decide(call, verdicts)

    assert refused.value.wanted == wanted(call)


def test_nobody_needs_to_be_chosen():
    call, rows = _judged_panel()

    project = _decide(call, {one.pk: Verdict(False, "Belum siap") for one in rows})

    assert project is None
    assert Call.objects.get(pk=call.pk).state == "decided"


def test_the_kept_profile_takes_part_for_one_that_was_merged_meanwhile():
    call, [first, second] = _judged_panel()
    kept = firm("Sol Tetap")
    Business.objects.filter(pk=first.business_id).update(status="merged", merged_into=kept)

    project = _decide(call, _verdicts(first, second))

    assert ProjectPartner.objects.get(project=project).business == kept
    assert Application.objects.get(pk=first.pk).state == "chosen"
