"""Who takes part: asked, answered by themselves, reached by link; merged, erased, told."""

import pytest

from ifn.accounts.models import User
from ifn.collaboration.actions import beginning, linking, merging, milestones, partners
from ifn.collaboration.actions.erasing import KEPT, erase_from_collaboration, forget_old
from ifn.collaboration.actions.reminding import remind_next
from ifn.collaboration.models import (
    Application,
    Call,
    CallRole,
    CallTerms,
    Guest,
    Milestone,
    Note,
    Project,
    ProjectPartner,
)
from ifn.collaboration.queries.projects import named_partners
from ifn.connections.models import Enquiry
from ifn.directory.models import Business
from ifn.mail.models import Message
from ifn.notices.models import Notice
from tests.factories import collaboration_projects as made
from tests.factories import enquiries
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_projects import ON, officer
from tests.factories.directory import AT

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
BY = {"actor": None, "at": AT}


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("words", flat=True))


class TestAsking:
    def test_a_firm_is_asked_told_and_says_yes_itself(self):
        lead, other = made.firm("Sol Jaya"), made.firm("Rupa")
        leader, owner = made.person_of(lead), made.person_of(other)
        project = made.running(lead)

        one = made.invited(project, other)
        assert one.state == "invited"
        assert told(owner) == ["projects.invited"]
        partners.answer(one, "accepted", actor=owner, at=AT)

        assert ProjectPartner.objects.get(pk=one.pk).state == "accepted"
        assert "projects.accepted" in told(leader)

    def test_to_decline_and_to_leave_takes_a_reason(self):
        project = made.running()
        one = made.invited(project, made.firm("Rupa"))
        with pytest.raises(partners.ReasonMissing):
            partners.answer(one, "declined", **BY)
        assert partners.answer(one, "declined", reason="Penuh", **BY).reason == "Penuh"
        with pytest.raises(partners.NotNow):
            partners.answer(one, "accepted", **BY)

    def test_who_declined_is_asked_anew_in_the_same_row(self):
        project, other = made.running(), made.firm("Rupa")
        one = partners.answer(made.invited(project, other), "declined", reason="x", **BY)
        assert made.invited(project, other).pk == one.pk
        with pytest.raises(partners.ThereAlready):
            made.invited(project, other)

    def test_a_hidden_profile_is_not_asked(self):
        other = made.firm("Rupa")
        Business.objects.filter(pk=other.pk).update(status="hidden")
        other.refresh_from_db()
        with pytest.raises(partners.NotListed):
            made.invited(made.running(), other)

    def test_who_owes_something_or_leads_stays(self):
        lead = made.firm("Sol Jaya")
        project = made.running(lead)
        one = made.joined(project, made.firm("Rupa"))
        mark = made.milestone(project, one)
        with pytest.raises(partners.StillOwes):
            partners.answer(one, "left", reason="Pindah", **BY)
        milestones.settle(mark, "done", words="Foto", version=1, **BY)
        assert partners.answer(one, "left", reason="Pindah", **BY).state == "left"

        own = ProjectPartner.objects.get(project=project, business=lead)
        with pytest.raises(partners.Leads):
            partners.answer(own, "left", reason="x", **BY)

    def test_only_who_takes_part_is_named_and_a_hidden_firm_is_not(self):
        project, other = made.running(), made.firm("Rupa")
        one = made.invited(project, other)
        with pytest.raises(partners.NotNow):
            partners.name_to_visitors(one, is_named=True, **BY)
        partners.answer(one, "accepted", **BY)
        partners.name_to_visitors(one, is_named=True, **BY)
        assert [each.pk for each in named_partners(project)] == [one.pk]

        Business.objects.filter(pk=other.pk).update(status="hidden")
        assert named_partners(project) == []


class TestLinks:
    def test_a_new_link_makes_the_old_one_worthless_and_firms_have_none(self):
        project = made.running()
        one = made.by_link(project)
        again = linking.make_link(one, today=ON, **BY)
        assert again.link == one.link + 1
        assert linking.withdraw_link(again, **BY).link_on is None
        with pytest.raises(linking.HasPeople):
            linking.make_link(made.invited(project, made.firm("Rupa")), today=ON, **BY)

    def test_a_guest_is_there_once_and_gone_when_taken_out(self):
        project = made.running()
        one = made.guest(project, name="Bu Rina")
        with pytest.raises(linking.ThereAlready):
            made.guest(project, name="Bu Rina")
        linking.remove_guest(one, actor=officer(), at=AT)
        assert not Guest.objects.exists()

    def test_a_link_is_sent_once_a_day(self):
        one = made.by_link(made.running(), email="rupa@studio.example")
        for _ in range(2):
            linking.send_link(one, today=ON, actor=officer(), at=AT)
        assert Message.objects.filter(kind="collaboration.link").count() == 1


def agreed() -> Enquiry:
    firm, asking = enquiries.firm(name="Pembuat"), made.firm("Penanya")
    person = made.person_of(asking)
    one = enquiries.accepted(firm, asker=enquiries.member(person, business=asking))
    Enquiry.objects.filter(pk=one.pk).update(state="agreed", ended_at=AT, met_at=AT)
    return Enquiry.objects.select_related("letter__business", "business").get(pk=one.pk)


class TestOutOfAnEnquiry:
    facts = {"title_id": "Sandal bersama", "summary_id": ""}

    def begin(self, one: Enquiry, lead: Business | None, **options):
        given = {"led_by": lead, "is_own": True, "actor": officer(), "at": AT} | options
        return beginning.begin_from_enquiry(one, self.facts, **given)

    def test_both_sides_are_asked_and_it_becomes_one_project(self):
        one = agreed()
        lead = one.letter.business
        first = self.begin(one, lead)
        assert self.begin(one, one.business) == first
        assert Project.objects.get().origin == "enquiry"

        states = dict(ProjectPartner.objects.values_list("business__name", "state"))
        assert states == {"Penanya": "accepted", "Pembuat": "invited"}

    def test_who_asked_without_a_firm_is_asked_by_name_and_link(self):
        firm = enquiries.firm(name="Pembuat")
        one = enquiries.accepted(firm, asker=enquiries.member())
        Enquiry.objects.filter(pk=one.pk).update(state="agreed", ended_at=AT, met_at=AT)
        one.refresh_from_db()
        self.begin(one, firm, role="brand")

        asker = ProjectPartner.objects.get(business=None)
        assert (asker.role, asker.state, asker.email) == (
            "brand",
            "invited",
            one.letter.person.email,
        )
        assert Message.objects.filter(kind="collaboration.link", to=asker.email).exists()

    def test_the_office_asks_both(self):
        self.begin(agreed(), None, is_own=False)
        assert set(ProjectPartner.objects.values_list("state", flat=True)) == {"invited"}

    def test_it_must_be_agreed_and_be_led_by_one_of_the_two(self):
        one = agreed()
        with pytest.raises(beginning.OfAnother):
            self.begin(one, made.firm("Lain"))
        Enquiry.objects.filter(pk=one.pk).update(state="accepted", ended_at=None, met_at=None)
        with pytest.raises(beginning.NotAgreed):
            self.begin(one, None)


def decided_call() -> tuple[Call, Application]:
    days = {"opens_on": ON, "closes_on": ON, "decides_on": ON}
    call = Call.objects.create(
        code="AAAA2", title_id="Ajakan", state="draft", since=AT, created_at=AT, **days
    )
    role = CallRole.objects.create(call=call, role="designer")
    terms = CallTerms.objects.create(call=call, number=1, text_id="x", made_at=AT)
    one = Application.objects.create(
        call=call,
        wanted=role,
        business=made.firm("Rupa"),
        pitch="Kami",
        terms=terms,
        accepted_at=AT,
        applied_at=AT,
        since=AT,
        state="chosen",
    )
    return call, one


def test_a_decided_call_begins_one_project_in_which_the_chosen_take_part():
    call, one = decided_call()
    with pytest.raises(beginning.NotDecided):
        beginning.begin_from_call(call, [one], actor=officer(), at=AT)
    Call.objects.filter(pk=call.pk).update(state="decided")

    first = beginning.begin_from_call(call, [one], actor=officer(), at=AT)
    again = beginning.begin_from_call(call, [one], actor=officer(), at=AT)

    assert first == again
    partner = ProjectPartner.objects.get(project=first)
    assert (partner.role, partner.state, partner.business) == ("designer", "accepted", one.business)


class TestMerging:
    def test_what_a_profile_has_goes_to_the_kept_one_and_back(self):
        kept, gone = made.firm("Sol Jaya"), made.firm("Sol Jaja")
        led = made.running(gone)
        carried = merging.carry_collaborations(kept, gone, actor=officer(), at=AT)
        led.refresh_from_db()
        partner = ProjectPartner.objects.get(project=led)
        assert (led.led_by, partner.business, partner.name) == (kept, kept, "Sol Jaya")

        merging.give_collaborations_back(carried, kept, gone)
        led.refresh_from_db()
        partner.refresh_from_db()
        assert (led.led_by, partner.business, partner.name) == (gone, gone, "Sol Jaja")

    def test_two_parts_in_one_project_become_one_with_what_it_is_to_do_and_back(self):
        kept, gone = made.firm("Rupa"), made.firm("Rupa Rupa")
        project = made.running()
        stays = made.invited(project, kept)
        second = made.joined(project, gone)
        mark = made.milestone(project, second)

        carried = merging.carry_collaborations(kept, gone, actor=officer(), at=AT)
        states = dict(ProjectPartner.objects.values_list("pk", "state"))
        assert (states[stays.pk], states[second.pk]) == ("accepted", "left")
        assert Milestone.objects.get(pk=mark.pk).owner == stays

        merging.give_collaborations_back(carried, kept, gone)
        states = dict(ProjectPartner.objects.values_list("pk", "state"))
        assert (states[stays.pk], states[second.pk]) == ("invited", "accepted")
        assert Milestone.objects.get(pk=mark.pk).owner == second


class TestErasing:
    def test_somebody_by_name_goes_and_what_was_done_stays(self):
        project = made.running()
        one = made.by_link(project, email="rupa@studio.example")
        partners.answer(one, "accepted", **BY)
        mark = made.milestone(project, one)
        guest = made.guest(project, email="rina@tamu.example")

        addresses = ["rupa@studio.example", "rina@tamu.example"]
        erase_from_collaboration(None, None, addresses, actor=officer(), at=AT)

        one.refresh_from_db()
        guest.refresh_from_db()
        assert (one.name, one.email, one.link_on) == (f"– ({one.pk})", "", None)
        assert (guest.name, guest.email, guest.link_on) == (f"– ({guest.pk})", "", None)
        assert Milestone.objects.get(pk=mark.pk).owner == one

    def test_a_firm_is_named_nowhere_and_still_takes_part(self):
        firm = made.firm("Rupa")
        one = made.joined(made.running(), firm)
        partners.name_to_visitors(one, is_named=True, **BY)

        erase_from_collaboration(None, firm, [], actor=officer(), at=AT)

        one.refresh_from_db()
        assert (one.state, one.is_named, one.name) == ("accepted", False, f"– ({one.pk})")

    def test_what_a_person_wrote_stays_without_their_name(self):
        person = UserFactory()
        project = made.running()
        Note.objects.create(project=project, kind="comment", text="x", on=ON, at=AT, person=person)
        erase_from_collaboration(person, None, [], actor=officer(), at=AT)
        assert Note.objects.get().person is None

    def test_guests_go_two_years_after_the_end(self):
        project = made.running()
        made.guest(project)
        made.moved(project, "stop")

        assert forget_old(at=AT + KEPT) == 0
        assert forget_old(at=AT + KEPT * 2) == 1
        assert not Guest.objects.exists()


def test_partners_are_reminded_of_what_is_overdue_once_a_week():
    firm = made.firm("Rupa")
    owner = made.person_of(firm)
    project = made.running()
    one = made.joined(project, firm)
    made.milestone(project, one, due_on=ON.replace(day=1))

    for _ in range(2):
        assert remind_next(0, today=ON, at=AT) == one.pk
    assert told(owner).count("projects.overdue") == 1
    assert remind_next(one.pk, today=ON, at=AT) is None
