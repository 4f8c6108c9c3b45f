from datetime import timedelta

import pytest

from ifn.audit.queries import history_of
from ifn.directory import actions
from ifn.directory.actions.erasing import erase_from_profiles
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Invitation, Membership
from ifn.directory.queries import businesses_of, members_of, role_in
from ifn.directory.whole import whole
from ifn.mail.models import Message
from ifn.textsearch.queries import state
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, LATER, profile, registered

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]


@pytest.fixture
def owner():
    return UserFactory(name="Ratna")


@pytest.fixture
def business(owner):
    made = registered()
    Membership.objects.create(business=made, person=owner, role="owner", since=AT)
    return made


def invited(business, owner, role="editor"):
    return actions.invite(business, role=role, note="Bu Ani", actor=owner, at=AT)


def member(business, role, **person):
    return Membership.objects.create(
        business=business, person=UserFactory(**person), role=role, since=AT
    )


class TestInvitations:
    def test_a_link_lets_one_person_in(self, business, owner):
        _invitation, token = invited(business, owner)
        person = UserFactory()

        actions.accept_invitation(token, person=person, at=LATER - timedelta(days=20))

        assert role_in(business, person) == "editor"
        event = history_of(business).first()
        assert (event.event, event.actor) == ("directory.member.joined", person)

    def test_only_a_digest_of_the_link_is_kept(self, business, owner):
        invitation, token = invited(business, owner)

        assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())

    def test_opened_twice_by_one_person_it_changes_nothing(self, business, owner):
        _invitation, token = invited(business, owner)
        person = UserFactory()
        one = actions.accept_invitation(token, person=person, at=AT)

        assert actions.accept_invitation(token, person=person, at=AT) == one
        assert Membership.objects.filter(person=person).count() == 1

    def test_nobody_else_gets_in_by_it(self, business, owner):
        _invitation, token = invited(business, owner)
        actions.accept_invitation(token, person=UserFactory(), at=AT)

        with pytest.raises(actions.InvitationOver):
            actions.accept_invitation(token, person=UserFactory(), at=AT)

    @pytest.mark.parametrize("why", ["expired", "withdrawn", "foreign"])
    def test_a_link_that_is_over_lets_nobody_in(self, business, owner, why):
        invitation, token = invited(business, owner)
        at = AT + timedelta(days=15) if why == "expired" else AT
        if why == "withdrawn":
            actions.withdraw_invitation(invitation, actor=owner, at=AT)
        if why == "foreign":
            token = f"{token}x"

        with pytest.raises(actions.InvitationOver):
            actions.accept_invitation(token, person=UserFactory(), at=at)

        assert len(members_of(business)) == 1

    def test_whoever_is_in_keeps_the_higher_role(self, business, owner):
        _one, to_edit = invited(business, owner, "editor")
        _two, to_look = invited(business, owner, "viewer")
        person = UserFactory()

        actions.accept_invitation(to_edit, person=person, at=AT)
        actions.accept_invitation(to_look, person=person, at=AT)

        assert role_in(business, person) == "editor"

    def test_a_used_link_can_no_longer_be_withdrawn(self, business, owner):
        invitation, token = invited(business, owner)
        actions.accept_invitation(token, person=UserFactory(), at=AT)

        actions.withdraw_invitation(invitation, actor=owner, at=AT)

        invitation.refresh_from_db()
        assert invitation.withdrawn_at is None

    def test_so_many_are_open_and_no_more(self, business, owner):
        for _ in range(20):
            invited(business, owner)

        with pytest.raises(actions.TooManyInvitations):
            invited(business, owner)


class TestRoles:
    def test_an_owner_hands_the_business_over(self, business, owner):
        other = member(business, "editor")

        actions.hand_over(business, to=other, actor=owner, at=LATER)

        assert role_in(business, other.person) == "owner"
        assert role_in(business, owner) == "editor"

    def test_somebody_stays_owner(self, business, owner):
        own = Membership.objects.get(person=owner)

        with pytest.raises(actions.LastOwner):
            actions.remove_member(own, actor=owner, at=LATER)
        with pytest.raises(actions.LastOwner):
            actions.change_member_role(own, role="viewer", actor=owner, at=LATER)
        assert role_in(business, owner) == "owner"

    def test_one_of_two_owners_may_go(self, business, owner):
        member(business, "owner")

        actions.remove_member(Membership.objects.get(person=owner), actor=owner, at=LATER)

        assert role_in(business, owner) == ""

    def test_taken_out_twice_is_taken_out_once(self, business, owner):
        other = member(business, "editor")

        for _ in range(2):
            actions.remove_member(other, actor=owner, at=LATER, reason="Pindah kerja")

        events = history_of(business).filter(event="directory.member.removed")
        assert [event.reason for event in events] == ["Pindah kerja"]

    def test_the_office_gives_a_profile_whose_owner_is_lost(self, business, owner):
        officer, heir = OfficerFactory(), UserFactory()

        actions.appoint(
            business, person=heir, role="owner", actor=officer, at=LATER, reason="Akta waris"
        )

        assert role_in(business, heir) == "owner"
        event = history_of(business).first()
        assert (event.actor, event.reason) == (officer, "Akta waris")
        actions.remove_member(
            Membership.objects.get(person=owner), actor=officer, at=LATER, reason="Meninggal"
        )
        assert [one.person for one in members_of(business)] == [heir]


class TestTelling:
    def test_whoever_is_taken_out_is_told_by_whom_and_why(self, business):
        officer, other = OfficerFactory(name="Sri"), member(business, "editor")

        actions.remove_member(other, actor=officer, at=LATER, reason="Diminta pemilik")

        message = Message.objects.get()
        assert message.to == other.person.email
        assert "Sol Jaya Abadi" in message.subject
        for words in ("tidak lagi mengurus", "kantor jejaring", "Diminta pemilik"):
            assert words in message.text
        assert "Sri" not in message.text

    def test_a_new_role_is_told(self, business, owner):
        other = member(business, "viewer")

        actions.change_member_role(other, role="editor", actor=owner, at=LATER)

        assert "Anda sekarang penyunting" in Message.objects.get().text
        assert "Ratna" in Message.objects.get().text

    def test_nobody_is_told_what_they_did_themselves(self, business):
        other = member(business, "editor")

        actions.remove_member(other, actor=other.person, at=LATER)

        assert not Message.objects.exists()

    def test_a_person_without_e_mail_is_no_obstacle(self, business, owner):
        other = member(business, "editor", email=None)

        actions.remove_member(other, actor=owner, at=LATER)

        assert not Message.objects.exists()


def test_one_person_looks_after_several_businesses(owner, business, django_assert_num_queries):
    for name in ("Alas Kaki", "Zapato"):
        other = registered(profile(name=name))
        Membership.objects.create(business=other, person=owner, role="viewer", since=AT)

    with django_assert_num_queries(1):
        found = businesses_of(owner)

    assert [(one.business.name, one.role) for one in found] == [
        ("Alas Kaki", "viewer"),
        ("Sol Jaya Abadi", "owner"),
        ("Zapato", "viewer"),
    ]


def test_a_closed_account_is_nothing_to_a_business(business, owner):
    owner.is_active = False

    assert role_in(business, owner) == ""


class TestTakingBack:
    def test_the_office_takes_a_profile_from_its_only_owner(self, business, owner):
        officer = OfficerFactory()

        actions.take_back(business, person=owner, actor=officer, at=LATER, reason="Not theirs.")

        assert role_in(business, owner) == ""
        entry = history_of(business).first()
        assert (entry.event, entry.reason) == ("directory.member.removed", "Not theirs.")
        actions.take_back(business, person=owner, actor=officer, at=LATER, reason="Again.")
        assert history_of(business).first() == entry

    def test_who_stays_behind_without_an_owner_is_told_once(self, business, owner):
        editor = member(business, "editor", email="tono@example.com").person
        member(business, "viewer", email=None, phone="+6281234567890")
        second = member(business, "owner")

        erase_from_profiles(owner, actor=None, at=LATER)
        assert not Message.objects.filter(to=editor.email).exists()
        erase_from_profiles(second.person, actor=None, at=LATER)

        told = Message.objects.get(to=editor.email)
        assert "tanpa pemilik" in told.subject
        assert business.public_number in told.text

    def test_the_kept_page_is_written_anew_when_the_owner_goes_or_comes(self, business, owner):
        officer, states = OfficerFactory(), [state(COLLECTION)]
        assert whole(business).has_owner
        actions.take_back(business, person=owner, actor=officer, at=LATER, reason="x")
        states.append(state(COLLECTION))
        assert not whole(business).has_owner

        actions.appoint(business, person=owner, role="owner", actor=officer, at=AT, reason="x")

        assert len({*states, state(COLLECTION)}) == 3
        assert whole(business).has_owner

    def test_an_editor_made_owner_writes_it_anew_too(self, business, owner):
        officer = OfficerFactory()
        editor = member(business, "editor")
        actions.take_back(business, person=owner, actor=officer, at=LATER, reason="x")
        before = state(COLLECTION)

        actions.change_member_role(editor, role="owner", actor=officer, at=LATER, reason="x")

        assert state(COLLECTION) != before
        assert whole(business).has_owner
