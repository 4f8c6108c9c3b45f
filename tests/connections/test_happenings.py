"""What a firm's timeline tells of opportunities, enquiries, outcomes and the broker desk."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.timezone import now

from ifn.accounts.models import Consent
from ifn.connections import actions as posting
from ifn.connections.actions import desk
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import Amount, By, guarding
from ifn.connections.actions.enquiries.erasing import erase_enquiries
from ifn.connections.enquiring.states import Event, Side
from ifn.connections.models import Block, Enquiry
from ifn.connections.queries import enquiryhappenings as told
from ifn.connections.queries import happenings
from ifn.directory import actions as directory
from ifn.directory.models import Business
from ifn.directory.timeline import Audience, Kind, Window
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.answers import NAME, answer, unnamed
from tests.factories.directory import AT, ON, profile, registered
from tests.factories.enquiries import ASKER, FIRM, accepted, enquiry, firm, member, visitor
from tests.factories.opportunities import opened, owned, posted

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
SOON = AT + timedelta(days=1)
STAFF, OWN, PUBLIC = Audience.STAFF, Audience.FIRM, Audience.PUBLIC


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def window(business, audience=OWN, *, limit=20, **options):
    return Window(business, (), audience, ON, limit, **options)


def titles(moments):
    return [one.title for one in moments]


@pytest.fixture
def brand():
    """A business that asks, and its owner."""
    return owned(name="Merek Rinjani")


def asked_by(brand, to=None, **options):
    business, owner = brand
    return enquiry(to or firm(), asker=member(owner, business=business), **options)


class TestOpportunities:
    def test_the_firm_reads_each_state_with_who_and_why(self):
        business, owner = owned()
        one = opened(business, owner)
        posting.withdraw(one, reason="Sudah penuh", actor=owner, at=SOON)

        found = happenings.opportunity_changes(window(business))

        assert titles(found) == ["Request withdrawn", "Request opened"]
        assert (found[0].who, found[0].note) == (owner.name, "Sudah penuh")
        assert found[0].parts == ("Leather sneakers: manufacturer wanted",)

    def test_everyone_reads_what_was_opened_and_filled(self):
        business, owner = owned()
        posting.fill(opened(business, owner, direction="offer"), actor=owner, at=SOON)

        found = happenings.opportunity_changes(window(business, PUBLIC))

        assert titles(found) == ["Offer filled", "Offer opened"]
        assert {(one.who, one.note) for one in found} == {("", "")}

    @pytest.mark.parametrize("visibility", ["members", "matched", "unnamed"])
    def test_everyone_reads_nothing_of_what_was_not_shown_with_the_name(self, visibility):
        business, owner = owned()
        opened(business, owner, visibility=visibility)

        assert happenings.opportunity_changes(window(business, PUBLIC)) == []

    def test_everyone_reads_nothing_of_what_was_taken_back_or_waits(self):
        business, owner = owned()
        posted(business, owner)  # waits for the office
        posting.withdraw(opened(business, owner), reason="", actor=owner, at=SOON)

        assert happenings.opportunity_changes(window(business, PUBLIC)) == []


class TestEnquiries:
    def test_both_sides_read_the_same_story_from_their_side(self, brand):
        made = asked_by(brand, at=AT)
        actions.decline(made, reason="capacity", words="Penuh", by=FIRM, at=SOON)

        in_ = told.received(window(made.business))
        out = told.sent(window(brand[0]))

        assert titles(in_) == ["Enquiry declined", "Enquiry received"]
        assert titles(out) == ["Enquiry declined", "Enquiry sent"]
        assert in_[0].note == out[0].note == "No capacity at that time"
        assert [one.parts[0] for one in (*in_, *out)] == ["Merek Rinjani"] * 2 + [
            made.business.name
        ] * 2
        assert [one.who for one in in_] == [made.business.name, "Merek Rinjani"]
        assert [one.who for one in out] == [made.business.name, brand[1].name]

    def test_a_side_reads_its_own_people_by_name_and_the_other_as_such(self, brand):
        owner = UserFactory(name="Ibu Ratna")
        made = asked_by(brand, firm(owner=owner), at=AT)
        actions.accept(made, share="", words="", by=By(Side.FIRM, owner), at=SOON)

        assert told.received(window(made.business))[0].who == "Ibu Ratna"
        assert told.sent(window(brand[0]))[0].who == made.business.name
        assert told.sent(window(brand[0], STAFF))[0].who == "Ibu Ratna"

    def test_the_firm_reads_nothing_of_what_it_was_not_sent(self):
        made = enquiry(asker=visitor())

        assert told.received(window(made.business)) == []

    def test_whoever_answered_without_a_name_reads_it_from_the_yes_on(self, brand):
        business, owner = brand
        made = answer(unnamed(), asker=member(owner, business=business))
        asked = window(business, limit=5)

        found = told.sent(asked)
        assert made.letter.opportunity.public_number in found[0].parts[0]
        assert NAME not in f"{found[0].parts} {found[0].who} {found[0].note}"
        assert told.sent(window(business, STAFF))[0].parts[0] == NAME

        actions.accept(made, share="", words="", by=FIRM, at=now())
        assert told.sent(asked)[0].parts[0] == NAME

    def test_a_firm_reads_nothing_of_whom_it_blocks(self, brand):
        business, owner = brand
        asker = member(owner, business=business)
        one = unnamed()
        Block.objects.create(business=one.business, asker=asker.key, made_at=AT)
        answer(one, asker=asker)

        assert told.received(window(one.business)) == []
        assert titles(told.received(window(one.business, STAFF))) == ["Enquiry received"]

    def test_what_was_taken_back_is_told_with_its_reason(self):
        made = enquiry()
        actions.withdraw(made, reason="found", words="", knows_answer=False, by=ASKER, at=SOON)

        taken = told.received(window(made.business))[0]
        assert (taken.title, taken.note) == ("Enquiry taken back", "Somebody else was found")

    def test_only_the_staff_reads_of_spam(self):
        made = enquiry(at=AT)
        guarding.mark_spam(made.letter, actor=OfficerFactory(), at=SOON)

        assert told.received(window(made.business)) == []
        assert titles(told.received(window(made.business, STAFF)))[0] == "Marked as spam"

    def test_values_stand_apart_and_one_stated_anew_stands_with_the_newer_step(self):
        made = accepted(at=AT)
        for days, amounts in ((1, [("potential", 9)]), (2, [("potential", 8), ("committed", 5)])):
            given = [Amount(kind, Decimal(amount) * 1_000_000) for kind, amount in amounts]
            actions.state_worth(made, given, by=FIRM, at=AT + timedelta(days=days))

        newer, older, *_rest = told.received(window(made.business))

        assert newer.note == "Hoped for: Rp8,000,000 · Agreed in writing: Rp5,000,000"
        assert older.note == ""
        assert (newer.kind, newer.title) == (Kind.OUTCOME, "Stated a value")

    def test_whoever_was_erased_is_told_as_such(self):
        person = UserFactory(name="Dimas")
        made = enquiry(asker=member(person), at=AT)
        erase_enquiries(person, [person.email], actor=None, at=SOON)

        found = told.received(window(made.business, STAFF))

        assert {one.parts[0] for one in found} == {"a sender whose data was erased"}

    def test_only_the_wanted_kind_is_asked_for(self):
        made = accepted(at=AT)
        actions.note_outcome(made, Event.AGREE, by=FIRM, at=SOON)

        assert titles(told.received(window(made.business, kind=Kind.OUTCOME))) == ["Agreed"]


class TestAgreementsForEveryone:
    @pytest.fixture
    def agreed(self, brand):
        made = asked_by(brand, at=AT)
        actions.accept(made, share="", words="", by=FIRM, at=AT)
        actions.state_worth(made, [Amount("committed", Decimal(7))], by=ASKER, at=AT)
        actions.note_outcome(made, Event.AGREE, by=ASKER, at=SOON)
        return made

    def test_the_other_side_has_no_name_without_its_consent(self, agreed, brand):
        (in_,) = told.agreed(window(agreed.business, PUBLIC))
        (out,) = told.agreed_own(window(brand[0], PUBLIC))

        assert in_.title == out.title == "Agreed on an order found through the network"
        assert (in_.parts, in_.note, in_.who, in_.thing) == ((), "", "", None)
        assert (out.parts, out.note, out.who, out.thing) == ((), "", "", None)

    def test_with_its_consent_it_has(self, agreed, brand):
        directory.show_outcomes(brand[0], actor=brand[1], at=SOON)

        (in_,) = told.agreed(window(agreed.business, PUBLIC))

        assert (in_.parts, in_.thing) == (("Merek Rinjani",), brand[0])

    def test_a_hidden_other_side_has_none_again(self, agreed, brand):
        directory.show_outcomes(brand[0], actor=brand[1], at=SOON)
        directory.hide(brand[0], reason="x", actor=None, at=SOON)

        assert told.agreed(window(agreed.business, PUBLIC))[0].parts == ()

    def test_consent_about_a_contact_is_none_about_this(self, agreed, brand):
        Consent.objects.create(
            purpose="contact_public",
            version=1,
            how="self",
            person=brand[1],
            profile=brand[0].number,
            field="phone",
            value="+62321555123",
            given_at=AT,
        )

        assert told.agreed(window(agreed.business, PUBLIC))[0].parts == ()

    def test_what_came_to_nothing_after_all_is_gone(self, agreed):
        actions.note_outcome(agreed, Event.FAIL, reason="price", by=FIRM, at=SOON)

        assert told.agreed(window(agreed.business, PUBLIC)) == []

    def test_names_cost_one_query_however_many(self, agreed, brand, django_assert_num_queries):
        directory.show_outcomes(brand[0], actor=brand[1], at=SOON)
        for days in (1, 2):
            more = asked_by(brand, agreed.business, at=AT + timedelta(days=days), text="x" * days)
            actions.accept(more, share="", words="", by=FIRM, at=SOON)
            actions.note_outcome(more, Event.AGREE, by=FIRM, at=SOON)

        with django_assert_num_queries(2):
            assert len(told.agreed(window(agreed.business, PUBLIC))) == 3


class TestBrokerDesk:
    def test_both_businesses_read_of_an_introduction(self):
        one, _owner = owned(name="Sol Jaya")
        other, _owner = owned(name="Merek Rinjani")
        about, officer = opened(one, _owner), OfficerFactory(name="Bu Ani")
        desk.introduce(one, other, "Kenalkan.", about=about, actor=officer, at=SOON)

        (first,) = happenings.introductions(window(one))
        (second,) = happenings.introductions(window(other))

        assert (first.parts, second.parts) == (("Merek Rinjani",), ("Sol Jaya",))
        assert (first.note, first.who) == ("Kenalkan.", "The network's office")
        assert happenings.introductions(window(one, STAFF))[0].who == "Bu Ani"

    def test_a_firm_reads_that_it_was_introduced_to_a_person(self, brand):
        business, _owner = brand
        about, officer = asked_by(brand, at=AT), OfficerFactory(name="Bu Ani")
        letter = about.letter
        type(letter).objects.filter(pk=letter.pk).update(business=None)
        letter.refresh_from_db()
        desk.introduce(business, letter, "Kenalkan.", about=about, actor=officer, at=SOON)

        (told_of,) = happenings.introductions(window(business))

        assert told_of.title == "Introduced to somebody who looks for a business"
        assert told_of.parts == (letter.writer,)

    def test_notes_stand_with_what_they_are_about_and_introductions_once(self, brand):
        made = asked_by(brand, at=AT)
        business, owner = brand
        request, officer = opened(business, owner), OfficerFactory()
        desk.write_note(made, "Menelepon pabrik", actor=officer, at=SOON)
        desk.write_note(request, "Belum ada", is_call=True, actor=officer, at=SOON)
        desk.introduce(business, made.business, "Hai", about=request, actor=officer, at=SOON)

        about_requests = happenings.notes_about_opportunities(window(business, STAFF))
        of_firm = happenings.notes_about_enquiries(window(made.business, STAFF))
        of_brand = happenings.notes_about_own_enquiries(window(business, STAFF))

        assert [(one.title, one.note) for one in about_requests] == [
            ("Spoke on the phone", "Belum ada")
        ]
        assert (
            [one.note for one in of_firm] == [one.note for one in of_brand] == ["Menelepon pabrik"]
        )
        assert of_firm[0].thing == Enquiry.objects.get()


def test_an_enquiry_to_a_profile_that_was_merged_is_told_of_the_kept_one():
    gone, kept = firm(name="Sol Lama"), registered(profile(name="Sol Baru"))
    enquiry(gone, at=AT)
    directory.merge(
        kept,
        gone,
        versions=(kept.version, gone.version),
        chosen={},
        reason="",
        actor=OfficerFactory(),
        at=SOON,
    )
    both = Window(kept, (Business.objects.get(pk=gone.pk),), OWN, ON, 20)

    (only,) = told.received(both)

    assert (only.title, only.via) == ("Enquiry received", "Sol Lama")
