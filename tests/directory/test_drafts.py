from dataclasses import replace

import pytest
from django.utils import translation

from ifn.audit.queries import history_of
from ifn.directory import actions
from ifn.directory.models import Business, Draft, Membership, Revision
from ifn.directory.queries import profile_of
from ifn.directory.steps import BY_KEY, STEPS, fields_of, form_of, names_of, sent_of
from ifn.directory.whole import whole
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    AT,
    LATER,
    LATER_ON,
    full_profile,
    office,
    profile,
    registered,
    revised,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def owner():
    return UserFactory()


def saved(business, person, step, **values):
    """Save a step as a browser sends it, with these answers."""
    draft = Draft.objects.filter(business=business, person=person).first()
    form = form_of(draft, profile_of(business))
    sent = sent_of(form) | {name: [str(value)] for name, value in values.items()}
    actions.save_step(business, sent, fields=fields_of(form, BY_KEY[step]), person=person, at=LATER)
    return Draft.objects.get(business=business, person=person)


def of_the_business():
    return actions.Origin(actions.source_named("self", ""), LATER_ON)


def published(business, person, chosen=None, origin=None):
    draft = Draft.objects.filter(business=business, person=person).first()
    form = form_of(draft, profile_of(business))
    assert form.is_valid(), form.errors
    return actions.publish(
        business,
        form.profile(),
        chosen=chosen or {},
        origin=origin or of_the_business(),
        actor=person,
        at=LATER,
    )


class TestBeginning:
    def test_a_profile_begun_is_its_owners_alone(self, owner):
        business = actions.begin_profile(profile(), owner=owner, at=AT, today=LATER_ON)

        assert business.status == "draft"
        assert Membership.objects.get().role == "owner"
        assert whole(business).said_by["name"].kind == "self"

    def test_begun_twice_in_a_row_it_is_begun_once(self, owner):
        one = actions.begin_profile(profile(), owner=owner, at=AT, today=LATER_ON)

        assert actions.begin_profile(profile(), owner=owner, at=AT, today=LATER_ON) == one
        other = actions.begin_profile(profile(), owner=UserFactory(), at=AT, today=LATER_ON)
        assert other != one


class TestSaving:
    def test_every_field_of_the_form_stands_in_one_step(self):
        form = form_of(None, full_profile())
        shown = [name for step in STEPS for name in fields_of(form, step)]

        assert sorted(shown) == sorted(set(form.fields) - {"version", "reason"})

    @pytest.mark.parametrize("facts", [full_profile(), profile()])
    def test_the_fields_of_a_step_are_known_without_its_form(self, facts):
        form = form_of(None, facts)

        for step in STEPS:
            assert sorted(names_of(step, lambda: facts)) == sorted(fields_of(form, step))

    @pytest.mark.parametrize("facts", [full_profile(), profile()])
    def test_a_form_sent_back_untouched_changes_nothing(self, owner, facts):
        business = registered(facts)
        for step in STEPS:
            saved(business, owner, step.key)

        published(business, owner)

        assert profile_of(business) == facts

    def test_what_is_wrong_is_kept_as_it_was_sent(self, owner):
        business = registered()

        saved(business, owner, "tempat", postcode="seven")

        form = form_of(Draft.objects.get(), profile_of(business))
        assert form["postcode"].value() == "seven"
        assert "postcode" in form.errors
        assert profile_of(business).postcode == ""

    def test_another_step_stays_as_it_was_left(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")

        saved(business, owner, "tempat", address="Jl. Baru 2")

        form = form_of(Draft.objects.get(), profile_of(business))
        assert (form["minimum_order"].value(), form["address"].value()) == ("40", "Jl. Baru 2")

    def test_two_people_have_drafts_of_their_own(self, owner):
        business, other = registered(), UserFactory()
        saved(business, owner, "syarat", minimum_order="40")
        saved(business, other, "syarat", minimum_order="60")

        published(business, owner)

        assert profile_of(business).minimum_order == 40
        assert Draft.objects.get().person == other

    def test_a_draft_thrown_away_leaves_the_profile(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")

        actions.discard_draft(business, person=owner)

        assert not Draft.objects.exists()
        assert profile_of(business) == profile()


class TestPublishing:
    def test_only_what_changed_gets_the_new_source(self, owner, ask):
        business = registered(full_profile())
        saved(business, owner, "syarat", minimum_order="40")

        published(business, owner)

        business.refresh_from_db()
        own = [one.field for one in whole(business).statements if one.kind == "self"]
        assert own == ["minimum_order"]
        assert business.confirmed_on == LATER_ON
        assert not Draft.objects.exists()
        assert ask("min 45 pasang") == [business.name]

    def test_a_profile_begun_is_found_once_it_is_published(self, owner, ask):
        business = actions.begin_profile(profile(), owner=owner, at=AT, today=LATER_ON)
        assert ask("sol") == []
        saved(business, owner, "tempat", address="Jl. Baru 2")

        published(business, owner)

        assert ask("sol") == ["Sol Jaya Abadi"]

    def test_what_others_changed_meanwhile_is_there_too(self, owner):
        business = registered(full_profile())
        saved(business, owner, "syarat", minimum_order="40")
        revised(business, full_profile(address="Jl. Baru 2"))

        taken = published(business, owner)

        assert taken == ("address",)
        assert profile_of(business) == full_profile(address="Jl. Baru 2", minimum_order=40)

    def test_two_answers_to_one_question_are_asked_about_and_nothing_is_written(self, owner):
        business = registered(full_profile())
        saved(business, owner, "syarat", minimum_order="40")
        revised(business, full_profile(minimum_order=70))

        with pytest.raises(actions.ChosenMeanwhile) as asked:
            published(business, owner)

        assert asked.value.fields == ("minimum_order",)
        assert profile_of(business).minimum_order == 70
        assert Draft.objects.exists()

    @pytest.mark.parametrize(("whose", "left"), [("mine", 40), ("theirs", 70)])
    def test_the_answer_chosen_counts(self, owner, whose, left):
        business = registered(full_profile())
        saved(business, owner, "syarat", minimum_order="40")
        revised(business, full_profile(minimum_order=70))

        published(business, owner, {"minimum_order": whose})

        assert profile_of(business).minimum_order == left

    def test_published_twice_it_is_published_once(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")
        published(business, owner)
        version = Business.objects.get().version

        with pytest.raises(actions.NothingToPublish):
            actions.publish(
                business,
                profile_of(business),
                chosen={},
                origin=of_the_business(),
                actor=owner,
                at=LATER,
            )

        assert Business.objects.get().version == version

    def test_what_the_office_writes_down_for_a_business_says_so(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")
        origin = actions.Origin(
            actions.source_named("assisted", ""), LATER_ON, "The owner, on the phone"
        )

        published(business, owner, origin=origin)

        assert whole(business).said_by["minimum_order"].kind == "assisted"
        assert history_of(business).first().reason == "The owner, on the phone"


class TestUndoing:
    def test_ones_own_last_change_is_taken_back_with_its_sources(self, owner):
        business = registered(full_profile())
        before = whole(business).statements
        saved(business, owner, "syarat", minimum_order="40", lead_time_days="")
        published(business, owner)

        actions.undo_last_change(business, actor=owner, at=LATER)

        assert profile_of(business) == full_profile()
        assert whole(Business.objects.get()).statements == before
        assert Business.objects.get().confirmed_on == replace_on(before)
        event = history_of(business).first()
        assert event.event == "directory.business.reverted"
        assert event.changes["minimum_order"] == [40, 50]

    def test_it_can_be_taken_back_once(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")
        published(business, owner)
        actions.undo_last_change(business, actor=owner, at=LATER)

        with pytest.raises(actions.NothingToUndo):
            actions.undo_last_change(business, actor=owner, at=LATER)

    def test_the_change_of_another_person_is_theirs(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")
        published(business, owner)

        with pytest.raises(actions.NothingToUndo):
            actions.undo_last_change(business, actor=UserFactory(), at=LATER)
        revised(business, replace(profile_of(business), workers=4), actor=UserFactory())
        with pytest.raises(actions.NothingToUndo):
            actions.undo_last_change(business, actor=owner, at=LATER)
        assert profile_of(business).minimum_order == 40

    def test_a_change_that_changed_nothing_leaves_the_way_back(self, owner):
        business = registered()
        saved(business, owner, "syarat", minimum_order="40")
        published(business, owner)
        version = Revision.objects.get().version

        business.refresh_from_db()
        actions.revise(
            business,
            profile_of(business),
            version=business.version,
            source=office(),
            stated_on=LATER_ON,
            actor=owner,
            at=LATER,
        )

        assert Revision.objects.get().version == version


def replace_on(statements):
    return max(one.stated_on for one in statements)
