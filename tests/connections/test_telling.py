"""Enquiries and opportunities are told by the notice centre, and nobody is told twice."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from ifn.connections import actions as posts
from ifn.connections import telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.desk import introduce
from ifn.connections.actions.ending import expire_due, fill
from ifn.directory.models import Membership
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from ifn.notices.actions import stop, wish
from ifn.notices.kinds import ANSWERS, ENQUIRIES, OPPORTUNITIES
from ifn.notices.models import Notice, Often
from ifn.notices.queries import unread_count
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import AT, LATER, ON
from tests.factories.enquiries import EMAIL, FIRM, accepted, enquiry, firm, member, visitor
from tests.factories.opportunities import opened, owned, posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("words", flat=True))


def looks_after(person, business, role="editor"):
    Membership.objects.create(business=business, person=person, role=role, since=AT)
    return person


class TestEnquiries:
    def test_all_who_answer_for_a_firm_are_told_and_viewers_are_not(self):
        owner, editor, viewer = UserFactory(), UserFactory(language="en"), UserFactory()
        business = firm(owner=owner)
        looks_after(editor, business)
        looks_after(viewer, business, "viewer")
        made = enquiry(business, at=now())

        run_due(now() + timedelta(seconds=5))

        assert [told(one) for one in (owner, editor, viewer)] == [["enquiries.new"]] * 2 + [[]]
        assert Notice.objects.first().address == f"/saya/pertanyaan/{made.code}"
        sent = Message.objects.filter(kind="connections.enquiry_new")
        assert {one.to for one in sent} == {owner.email, editor.email}
        assert sent.get(to=editor.email).subject.startswith("New enquiry from")
        assert all("/pemberitahuan/berhenti/" in one.unsubscribe for one in sent)

    def test_people_without_an_address_are_told_and_the_firm_s_own_gets_the_message(self):
        owner = UserFactory(email=None, phone="+6281200000001")
        made = enquiry(firm(owner=owner), at=AT)
        telling.tell_firms(made.letter, at=AT)
        telling.tell_firms(made.letter, at=AT)

        assert told(owner) == ["enquiries.new"]
        message = Message.objects.get(kind="connections.enquiry_new")
        assert message.to == EMAIL
        assert "/pemberitahuan/henti/" in message.unsubscribe

    def test_who_stopped_them_finds_the_enquiry_on_the_site(self):
        owner = UserFactory()
        stop(owner, ENQUIRIES, at=AT)
        made = enquiry(firm(owner=owner), at=AT)

        assert telling.tell_firms(made.letter, at=AT) == 0
        assert (unread_count(owner), Message.objects.count()) == (1, 0)

    def test_an_address_that_stopped_them_gets_no_more(self, client):
        telling.tell_firms(enquiry(at=AT).letter, at=AT)
        path = Message.objects.get().unsubscribe.removeprefix("http://127.0.0.1:8000")
        client.post(path)

        assert telling.tell_firms(enquiry(firm(name="Lain"), at=AT).letter, at=AT) == 0
        assert Message.objects.count() == 1

    def test_what_one_answered_reminds_no_colleague(self):
        owner, editor = UserFactory(), UserFactory()
        business = firm(owner=owner)
        wish(looks_after(editor, business), {ENQUIRIES: Often.DAILY}, actor=editor, at=AT)
        made = enquiry(business, at=AT)
        telling.tell_firms(made.letter, at=AT)
        assert unread_count(editor) == 1

        actions.decline(made, reason="price", words="", by=FIRM, at=LATER)

        assert (unread_count(owner), unread_count(editor)) == (0, 0)
        assert not Notice.objects.waiting().exists()

    def test_a_member_who_asked_is_told_what_the_firm_said(self):
        asker = UserFactory(language="en")
        made = accepted(asker=member(asker))

        assert told(asker) == ["answers.accepted"]
        message = Message.objects.get(kind="connections.enquiry_news")
        assert message.to == asker.email
        assert "Stop messages about “Answers to your enquiries”" in message.text
        assert Notice.objects.get(person=asker).address.endswith(made.code)

    def test_the_reason_of_a_no_is_told_in_the_reader_s_language(self, client):
        asker = UserFactory()
        stop(asker, ANSWERS, at=AT)
        made = enquiry(asker=member(asker), at=AT)
        actions.decline(made, reason="price", words="", by=FIRM, at=AT)
        client.force_login(asker)

        texts = [client.get(f"{prefix}/pemberitahuan").content.decode() for prefix in ("", "/en")]

        values = Notice.objects.get(person=asker).values["why"]
        assert values["id"] in texts[0]
        assert values["en"] in texts[1]
        assert not Message.objects.exists()

    def test_a_visitor_has_a_message_that_stops_without_an_account(self):
        letter = actions.send(
            actions.Written("Berapa harga sol karet 500 pasang?"),
            [firm()],
            asker=visitor(),
            at=AT,
        )
        actions.prove(letter, at=AT)
        actions.decline(letter.enquiries.get(), reason="price", words="", by=FIRM, at=AT)

        message = Message.objects.get(kind="connections.enquiry_news")
        assert message.to == letter.email
        assert "/en/pemberitahuan/henti/" in message.unsubscribe
        assert not Notice.objects.filter(kind=ANSWERS).exists()

    def test_erasing_who_asked_takes_them_out_of_what_firms_were_told(self):
        owner, asker = UserFactory(), UserFactory()
        made = enquiry(firm(owner=owner), asker=member(asker), at=AT)
        telling.tell_firms(made.letter, at=AT)

        actions.erase_enquiries(asker, [asker.email], actor=None, at=LATER)

        assert told(owner) == []

    def test_erasing_a_firm_takes_it_out_of_what_askers_were_told(self):
        asker, business = UserFactory(), firm()
        accepted(business, asker=member(asker))

        assert actions.erase_told_of_firm(business) == 1
        assert told(asker) == []

    def test_an_introduction_is_a_notice_too(self):
        owner = UserFactory()
        one, other = firm(owner=owner), firm(name="Klebut Jaya")
        officer = OfficerFactory()
        about = enquiry(one, at=AT)

        for _ in range(2):
            introduce(one, other, "Silakan bicara.", about=about, actor=officer, at=AT)

        assert told(owner) == ["enquiries.introduction"]
        sent = Message.objects.filter(kind="introduction")
        assert {message.to for message in sent} == {owner.email, EMAIL}
        assert sent.count() == 2


class TestOpportunities:
    def test_what_the_office_says_is_told_at_once(self):
        business, owner = owned()
        officer = OfficerFactory()
        first = posted(business, owner)
        posts.refuse(first, reason="Foto kurang jelas.", actor=officer, at=AT, today=ON)

        assert told(owner) == ["opportunities.refused"]
        message = Message.objects.get(kind="connections.refused")
        assert "Berhenti menerima pesan tentang “Peluang Anda”" in message.text

    def test_its_end_is_told_once_and_settles_the_question_before(self):
        business, owner = owned()
        made = opened(business, owner)
        after = made.expires_on + timedelta(days=1)

        posts.ask_those_due(on=made.expires_on, at=AT)
        for _ in range(2):
            expire_due(on=after, at=LATER)

        assert told(owner) == ["opportunities.ending", "opportunities.expired"]
        assert unread_count(owner) == 1
        kinds = Message.objects.order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["connections.ending", "connections.expired"]

    def test_a_question_that_was_answered_waits_for_nobody(self):
        business, owner = owned()
        wish(owner, {OPPORTUNITIES: Often.WEEKLY}, actor=owner, at=AT)
        made = opened(business, owner)
        posts.ask_those_due(on=made.expires_on, at=AT)
        assert unread_count(owner) == 1

        fill(made, actor=owner, at=LATER)

        assert (unread_count(owner), Notice.objects.waiting().count()) == (0, 0)
        assert not Message.objects.exists()
