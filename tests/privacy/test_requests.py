"""A request has 72 hours, is proven before anything is done, and ends with a proof."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ifn.accounts.actions import LastAdministrator
from ifn.accounts.models import Consent, User
from ifn.audit.models import Entry
from ifn.directory import actions as directory
from ifn.directory.models import Business, Contact, Draft, Membership, Picture, Revision
from ifn.directory.profile import ContactFact, Profile
from ifn.directory.queries import profile_of
from ifn.directory.serial import from_json
from ifn.intake.models import List, Row
from ifn.mail.actions import send
from ifn.mail.models import Message
from ifn.moderation.models import ClaimNote, Report
from ifn.privacy.actions import requests as actions
from ifn.privacy.clock import clock
from ifn.privacy.models import DataRequest, Step
from ifn.privacy.steps import BY_KIND, PLANS
from tests.factories import lists
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.directory import AT, full_profile, office, profile, registered, revised
from tests.factories.moderation import reported, waiting_claim
from tests.factories.privacy import asked

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

EMAIL = ContactFact("email", "ratna@kelom.example", "public")
LATER = AT + timedelta(hours=5)


@pytest.fixture
def officer():
    return OfficerFactory(name="Sri", duties=["data"])


def opened(officer, request):
    return actions.prove_by_hand(request, words="Ditelepon", actor=officer, at=AT)


def worked_off(request, officer):
    for step in request.steps.order_by("position"):
        actions.do_step(request, step.key, actor=officer, at=AT)


class TestClock:
    def test_it_starts_when_the_request_comes_in_whoever_is_proven_when(self, officer):
        request = opened(officer, asked())

        assert request.due_at == AT + timedelta(hours=72)
        assert request.proven_at == AT

    @pytest.mark.parametrize(
        ("after", "is_late"),
        [
            (timedelta(hours=72) - timedelta(seconds=1), False),
            (timedelta(hours=72), False),
            (timedelta(hours=72, microseconds=1), True),
        ],
    )
    def test_exactly_72_hours_are_in_time_and_no_moment_more(self, officer, after, is_late):
        request = opened(officer, asked("correction"))
        actions.do_step(request, "corrected", words="Nama", actor=officer, at=AT)

        done = actions.finish(request, actor=officer, at=AT + after)

        assert done.is_late(AT + timedelta(days=30)) is is_late
        assert done.proof["in_time"] is not is_late
        with translation.override("en"):
            said = clock(done.due_at, AT, done.ended_at).words
        assert said.startswith("Ended late" if is_late else "Ended in time")

    @pytest.mark.parametrize(
        ("after", "words"),
        [
            (timedelta(0), "3 days left"),
            (timedelta(hours=20), "2 days 4 hours left"),
            (timedelta(hours=71, minutes=30), "30 minutes left"),
            (timedelta(hours=72), "0 minutes left"),
            (timedelta(hours=73), "Overdue by 1 hour"),
        ],
    )
    def test_the_time_is_said_in_words(self, after, words):
        with translation.override("en"):
            assert clock(AT + timedelta(hours=72), AT + after).words == words


class TestReceiving:
    def test_sent_twice_it_is_kept_once(self):
        assert asked() == asked(at=AT + timedelta(minutes=5))
        assert DataRequest.objects.count() == 1
        assert Message.objects.filter(kind="privacy.prove").count() == 1

    def test_the_record_keeps_no_address(self):
        asked()

        entry = Entry.objects.get(event="privacy.request.received")
        assert "ratna@" not in str(entry.changes) + str(entry.details)

    def test_an_account_proves_itself_and_its_own_profiles_only(self):
        person = UserFactory()
        mine, other = registered(), registered(profile(name="Lain"))
        Membership.objects.create(business=mine, person=person, role="owner", since=AT)
        own = {"way": "account", "person": person, "actor": person, "email": person.email}

        assert asked(**own).state == "open"
        assert asked(business=mine, **own).state == "open"
        assert asked(business=other, **own).state == "unproven"


class TestProving:
    def test_a_link_to_the_address_on_the_profile_is_enough(self):
        request = asked(business=registered(profile(contacts=(EMAIL,))))
        assert request.state == "unproven"

        actions.prove_by_link(request.pk, at=AT)
        again = actions.prove_by_link(request.pk, at=LATER)

        assert (again.state, again.proven, again.proven_at) == ("open", "contact", AT)
        assert [one.key for one in again.steps.order_by("position")] == [
            "rows",
            "reports",
            "messages",
            "enquiries",
            "registrations",
            "collaborations",
            "contacts",
            "profile",
            "offers",
            "assessments",
        ]

    def test_a_link_to_another_address_is_not(self, officer):
        request = asked(business=registered())

        still = actions.prove_by_link(request.pk, at=AT)

        assert (still.state, still.proven) == ("unproven", "email")
        with pytest.raises(actions.NotProven):
            actions.do_step(request, "contacts", actor=officer, at=AT)
        assert opened(officer, request).proven == "officer"

    def test_a_link_finds_the_account_of_its_address(self):
        person = UserFactory(email="ratna@kelom.example")

        request = actions.prove_by_link(asked().pk, at=AT)

        assert request.person == person
        assert "account" in request.steps.values_list("key", flat=True)

    def test_an_officer_says_how(self, officer):
        with pytest.raises(actions.WordsMissing):
            actions.prove_by_hand(asked(), words=" ", actor=officer, at=AT)

    @pytest.mark.parametrize(
        "broken",
        [
            {"state": "open"},
            {"state": "done", "ended_at": AT, "proven_at": AT},
            {"state": "refused", "ended_at": AT},
            {"ended_at": AT},
            {"kind": "other"},
            {"due_at": AT},
        ],
    )
    def test_the_database_refuses_what_must_not_be(self, broken):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataRequest.objects.filter(pk=asked().pk).update(**broken)


class TestErasingAListedPerson:
    @pytest.fixture
    def business(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        business = registered(full_profile(contacts=(EMAIL, ContactFact("phone", "+62321555123"))))
        revised(business, full_profile(contacts=(EMAIL,), workers=3), actor=UserFactory())
        loaded = List.objects.create(
            file_name="x.csv", sha256="x", recipe="x", source=office(), stated_on=AT, received_at=AT
        )
        Row.objects.create(
            list=loaded,
            position=2,
            raw=["Langkah Jaya", "+62321555123"],
            state="applied",
            outcome="created",
            applied_at=AT,
            business=business,
            plant="p",
            details={"name": "Langkah Jaya"},
        )
        return business

    def test_every_step_is_done_once_and_nothing_personal_is_left(self, business, officer):
        reported(business, email="ratna@kelom.example")
        send("ratna@kelom.example", "x", "x", kind="x", at=AT, key="x")
        request = actions.prove_by_link(asked(business=business).pk, at=AT)

        for step in request.steps.order_by("position"):
            first = actions.do_step(request, step.key, actor=officer, at=AT)
            again = actions.do_step(request, step.key, actor=officer, at=LATER)
            assert (again.done_at, again.count) == (AT, first.count)
        done = actions.finish(request, actor=officer, at=LATER)

        left = profile_of(Business.objects.get(pk=business.pk))
        assert (left.name, left.contacts, left.address, left.nib) == ("Profil dihapus", (), "", "")
        assert not Revision.objects.exists()
        assert not Contact.objects.exists()
        assert set(Consent.objects.values_list("value", flat=True)) == {""}
        assert not Consent.objects.standing().exists()
        row = Row.objects.get()
        assert (row.raw, row.details, row.plant) == ([], {}, "p")
        report = Report.objects.get()
        assert (report.email, report.text) == ("", "")
        assert Business.objects.get().status == "hidden"
        assert [one["step"] for one in done.proof["steps"]] == [
            "rows",
            "reports",
            "messages",
            "enquiries",
            "registrations",
            "collaborations",
            "contacts",
            "profile",
            "offers",
            "assessments",
        ]
        assert done.digest == actions.digest_of(done.proof)
        assert "ratna" not in str(done.proof).lower()
        told = Message.objects.get(to="ratna@kelom.example")
        assert (told.kind, "selesai" in told.subject) == ("privacy.news", True)

    def test_what_a_merge_keeps_of_both_goes_too(self, business, officer):
        twin = registered(profile(name="Kelom Ratna", contacts=(EMAIL,), nib="9120001234567"))
        versions = business.version, twin.version
        merge = directory.merge(
            business, twin, versions=versions, chosen={}, reason="", actor=officer, at=AT
        )
        request = actions.prove_by_link(asked(business=business).pk, at=AT)

        worked_off(request, officer)

        merge.refresh_from_db()
        assert profile_of(merge.gone) == Profile(name="Profil dihapus", region=twin.region_id)
        assert from_json(merge.before["profile"]).contacts == ()
        assert not Contact.objects.exists()
        directory.undo_merge(merge, actor=officer, at=LATER)
        assert set(Business.objects.values_list("status", "name")) == {("hidden", "Profil dihapus")}

    def test_rows_that_nobody_decided_go_when_they_state_the_address(self, business, officer):
        waiting = lists.received()
        theirs = lists.row(
            waiting, state="maybe", facts=profile(contacts=(EMAIL,)), raw=["Kelom", EMAIL.value]
        )
        broken = lists.row(waiting, state="error", raw=["", "Ratna@kelom.example"])
        other = lists.row(waiting, state="maybe", facts=profile(), raw=["Kelom", "ratna@example"])
        request = actions.prove_by_link(asked(business=business).pk, at=AT)

        worked_off(request, officer)

        for row in (theirs, broken, other):
            row.refresh_from_db()
        assert (theirs.raw, theirs.facts, theirs.state, theirs.reason) == (
            [],
            {},
            "skipped",
            "erased",
        )
        assert (broken.raw, broken.state) == ([], "skipped")
        assert (other.raw, other.state) == (["Kelom", "ratna@example"], "maybe")

    def test_it_goes_on_where_it_stopped(self, business, officer):
        request = actions.prove_by_link(asked(business=business).pk, at=AT)
        actions.do_step(request, "rows", actor=officer, at=AT)

        with pytest.raises(actions.StepsOpen):
            actions.do_step(request, "contacts", actor=officer, at=AT)
        with pytest.raises(actions.StepsOpen):
            actions.finish(request, actor=officer, at=AT)

        assert request.steps.filter(done_at=None).count() == 9

    def test_a_step_that_fails_is_not_ticked(self, officer):
        person = AdministratorFactory(email="ratna@kelom.example")
        request = actions.prove_by_link(asked().pk, at=AT)

        request.steps.exclude(key="account").update(done_at=AT, done_by=officer)
        with pytest.raises(LastAdministrator):
            actions.do_step(request, "account", actor=officer, at=AT)

        assert Step.objects.get(key="account").done_at is None
        assert User.objects.get(pk=person.pk).is_active


class TestErasingAnAccount:
    def test_a_person_is_taken_out_of_every_room(self, officer):
        person = UserFactory(name="Ratna", email="ratna@kelom.example", phone="+6281234567890")
        business = registered(profile(name="Milik orang lain"))
        Membership.objects.create(business=business, person=person, role="owner", since=AT)
        Draft.objects.create(
            business=business, person=person, version=1, base={}, begun_at=AT, saved_at=AT
        )
        waiting_claim(person=person)
        own = {"way": "account", "person": person, "actor": person}
        request = asked(**own)

        worked_off(request, officer)
        actions.finish(request, actor=officer, at=AT)

        person.refresh_from_db()
        assert (person.name, person.phone, person.is_active) == ("Akun dihapus", None, False)
        assert person.email.endswith("@dihapus.invalid")
        assert not person.has_usable_password()
        assert not Membership.objects.exists()
        assert not Draft.objects.exists()
        note = ClaimNote.objects.get()
        assert (note.text, note.file) == ("", "")
        assert Business.objects.get(pk=business.pk).status == "listed"
        assert Message.objects.filter(to="ratna@kelom.example", kind="privacy.news").exists()


class TestOtherKinds:
    def test_withdrawal_hides_what_consent_showed(self, officer):
        business = registered(profile(contacts=(EMAIL,)))
        request = actions.prove_by_link(asked("withdrawal", business=business).pk, at=AT)

        step = actions.do_step(request, "consents", actor=officer, at=LATER)

        assert step.count == 1
        assert Contact.objects.get().visibility == "nobody"

    def test_a_step_by_hand_says_what_was_done(self, officer):
        request = opened(officer, asked("objection"))

        with pytest.raises(actions.WordsMissing):
            actions.do_step(request, "weighed", actor=officer, at=AT)

    def test_no_has_a_ground_and_a_reason_and_is_final(self, officer):
        request = asked()
        for lacking in ({"ground": "", "reason": "x"}, {"ground": "claims", "reason": " "}):
            with pytest.raises(actions.WordsMissing):
                actions.refuse(request, actor=officer, at=AT, **lacking)

        actions.refuse(request, ground="not_theirs", reason="Orang lain", actor=officer, at=AT)

        with pytest.raises(actions.EndedMeanwhile):
            actions.refuse(request, ground="claims", reason="x", actor=officer, at=AT)
        told = Message.objects.filter(kind="privacy.news").get()
        assert "Orang lain" in told.text

    def test_every_step_has_a_plan_of_its_own_name(self):
        assert len(PLANS) == sum(len(plans) for plans in BY_KIND.values())
        assert set(BY_KIND) == set(DataRequest.Kind.values)


def test_pictures_go_with_the_profile(officer, settings, tmp_path):
    from ifn.directory.actions import add_picture  # noqa: PLC0415
    from tests.factories.directory import photo  # noqa: PLC0415

    settings.MEDIA_ROOT = tmp_path
    business = registered()
    add_picture(business, photo(), actor=None, at=AT)
    request = opened(officer, asked(business=business, email=""))

    worked_off(request, officer)

    assert not Picture.objects.exists()
