"""Inviting, joining, handing over, and the office when an owner is lost."""

from http import HTTPStatus

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from ifn.directory import actions
from ifn.directory.models import Invitation, Membership
from ifn.directory.queries import role_in
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import AT, LATER, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def page(name, *arguments, code="en"):
    with translation.override(code):
        return reverse(f"directory:{name}", args=arguments)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def owner(client):
    person = UserFactory(name="Ratna")
    client.force_login(person)
    return person


@pytest.fixture
def business(owner):
    made = registered()
    Membership.objects.create(business=made, person=owner, role="owner", since=AT)
    return made


def member(business, role="editor", **person):
    return Membership.objects.create(
        business=business, person=UserFactory(**person), role=role, since=AT
    )


def invite(client, business, **answers):
    given = {"role": "editor", "note": "Bu Ani"} | answers
    return client.post(page("invite", business.number), given, follow=True)


class TestInviting:
    def test_the_link_is_shown_once_as_text_button_and_code(self, client, business):
        shown = invite(client, business)

        fresh = shown.context["fresh"]
        assert fresh["address"].startswith("http://127.0.0.1:8000/en/undangan/")
        assert fresh["whatsapp"].startswith("https://wa.me/?text=")
        assert "<svg" in fresh["qr"]
        again = client.get(page("people", business.number))
        assert again.context["fresh"] is None
        assert "Bu Ani" in again.content.decode()

    def test_the_link_lets_another_person_in(self, client, business):
        address = invite(client, business).context["fresh"]["address"]
        path = address.removeprefix("http://127.0.0.1:8000")
        other = UserFactory()
        client.force_login(other)

        assert "Ratna invites you" in client.get(path).content.decode()
        answer = client.post(path)

        assert answer["Location"] == page("overview", business.number)
        assert role_in(business, other) == "editor"
        assert client.get(path)["Location"] == page("overview", business.number)
        client.force_login(UserFactory())
        assert client.post(path).status_code == HTTPStatus.GONE
        assert client.get(path).status_code == HTTPStatus.GONE

    def test_a_visitor_signs_in_and_comes_back(self, client, business):
        address = invite(client, business).context["fresh"]["address"]
        path = address.removeprefix("http://127.0.0.1:8000")
        client.logout()

        html = client.get(path).content.decode()

        assert f"/en/masuk?next={path}" in html
        assert client.post(path).status_code == HTTPStatus.OK
        assert Membership.objects.count() == 1

    def test_it_goes_by_e_mail_on_request(self, client, business):
        answer = invite(client, business, email="ani@contoh.example")

        assert said(answer) == ["The invitation is on its way to ani@contoh.example."]
        message = Message.objects.get()
        assert message.to == "ani@contoh.example"
        assert "/undangan/" in message.text
        assert mail.outbox == []

    def test_a_link_is_withdrawn(self, client, business):
        address = invite(client, business).context["fresh"]["address"]
        path = address.removeprefix("http://127.0.0.1:8000")

        client.post(page("withdraw", business.number, Invitation.objects.get().pk))

        client.force_login(UserFactory())
        assert client.get(path).status_code == HTTPStatus.GONE

    def test_a_link_of_another_business_cannot_be_withdrawn_here(self, client, business, owner):
        invitation, _token = actions.invite(
            registered(), role="editor", note="", actor=owner, at=LATER
        )

        answer = client.post(page("withdraw", business.number, invitation.pk))

        assert answer.status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("token", ["x", "%00", "a" * 300, "../saya"])
    @pytest.mark.usefixtures("owner")
    def test_a_link_that_never_was_says_so(self, client, token):
        answer = client.get(f"/en/undangan/{token}")

        assert answer.status_code in {HTTPStatus.GONE, HTTPStatus.NOT_FOUND}


class TestRoles:
    def test_an_owner_changes_roles_and_takes_out(self, client, business):
        other = member(business, name="Ani")

        client.post(page("member", business.number, other.pk), {"role": "viewer"}, follow=True)
        assert role_in(business, other.person) == "viewer"
        answer = client.post(
            page("member", business.number, other.pk), {"remove": "1"}, follow=True
        )

        assert said(answer) == ["Ani no longer looks after this profile."]
        assert role_in(business, other.person) == ""

    def test_an_owner_hands_the_business_over(self, client, business, owner):
        other = member(business)

        client.post(page("member", business.number, other.pk), {"hand_over": "1"})

        assert role_in(business, other.person) == "owner"
        assert role_in(business, owner) == "editor"

    def test_somebody_stays_owner(self, client, business, owner):
        own = Membership.objects.get(person=owner)

        answer = client.post(
            page("member", business.number, own.pk), {"role": "viewer"}, follow=True
        )

        assert said(answer) == ["Somebody must stay owner. Make another person owner first."]

    def test_an_editor_may_leave_and_change_nobody_else(self, client, business):
        editor, other = member(business), member(business)
        client.force_login(editor.person)

        for answers in ({"role": "viewer"}, {"remove": "1"}):
            answer = client.post(page("member", business.number, other.pk), answers)
            assert answer.status_code == HTTPStatus.FORBIDDEN
        assert invite(client, business).status_code == HTTPStatus.FORBIDDEN
        own_role = client.post(page("member", business.number, editor.pk), {"role": "owner"})
        assert own_role.status_code == HTTPStatus.FORBIDDEN
        client.post(page("member", business.number, editor.pk), {"remove": "1"})
        assert role_in(business, editor.person) == ""

    def test_a_person_of_another_business_is_not_touched(self, client, business):
        stranger = member(registered())

        answer = client.post(page("member", business.number, stranger.pk), {"remove": "1"})

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert Membership.objects.filter(pk=stranger.pk).exists()

    def test_whoever_was_taken_out_while_editing_keeps_the_draft(self, client, business):
        editor = member(business)
        client.force_login(editor.person)
        client.post(page("step", business.number, "tempat"), {"address": "Jl. Baru"})

        editor.delete()

        answer = client.post(page("step", business.number, "tempat"), {"address": "Jl. Lain"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        draft = business.drafts.get()
        assert (draft.person, draft.data["address"]) == (editor.person, ["Jl. Baru"])


class TestOffice:
    def test_it_gives_a_profile_whose_owner_is_lost(self, client, business, owner):
        heir = UserFactory(name="Ani")
        client.force_login(OfficerFactory())

        answers = {"identifier": heir.email, "role": "owner", "reason": "Akta waris dilihat"}
        answer = client.post(page("appoint", business.number), answers, follow=True)

        assert said(answer) == ["Ani looks after this profile now."]
        own = Membership.objects.get(person=owner)
        without = client.post(page("member", business.number, own.pk), {"remove": "1"}, follow=True)
        assert said(without) == ["Write why; the people of the business will read it."]
        client.post(page("member", business.number, own.pk), {"remove": "1", "reason": "Meninggal"})
        assert role_in(business, owner) == ""

    @pytest.mark.parametrize("lacks", ["identifier", "reason"])
    def test_it_says_who_and_why(self, client, business, lacks):
        client.force_login(OfficerFactory())
        answers = {"identifier": UserFactory().email, "role": "owner", "reason": "Akta"}

        client.post(page("appoint", business.number), answers | {lacks: ""})

        assert Membership.objects.filter(business=business).count() == 1

    def test_nobody_of_that_name_is_told(self, client, business):
        client.force_login(OfficerFactory())

        answer = client.post(
            page("appoint", business.number),
            {"identifier": "tidak@ada.example", "role": "owner", "reason": "Akta"},
            follow=True,
        )

        assert said(answer) == [
            "Nobody signs in with this. Make an invitation above and pass the link on."
        ]

    @pytest.mark.parametrize(
        "make", [UserFactory, lambda: RegionalOfficerFactory(territory=["35.16"])]
    )
    def test_only_the_office_appoints(self, client, business, make):
        client.force_login(make())
        answers = {"identifier": UserFactory().email, "role": "owner", "reason": "Akta"}

        answer = client.post(page("appoint", business.number), answers)

        assert answer.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(client, business, count, django_assert_num_queries):
    for _ in range(count):
        member(business)
        invite(client, business)
    client.get(page("people", business.number))

    with django_assert_num_queries(5):
        client.get(page("people", business.number))
