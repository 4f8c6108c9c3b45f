"""A phone number, WhatsApp or e-mail address is shown only with consent, whoever writes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ifn.accounts.models import Consent
from ifn.audit.queries import history_of
from ifn.directory import actions
from ifn.directory.actions import Consenting
from ifn.directory.actions.bulk import Arrival
from ifn.directory.copying import copy_rows
from ifn.directory.models import Business, Contact, Membership, OpenProfile, Source
from ifn.directory.profile import ContactFact
from ifn.directory.queries import profile_of
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER, LATER_ON, ON, office, profile, registered, revised

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

PHONE = ContactFact("phone", "+62321555123", "public")
EMAIL = ContactFact("email", "halo@sol.example", "members")
SITE = ContactFact("website", "https://sol.example", "public")


def shown(business):
    return {one.kind: one.visibility for one in profile_of(business).contacts}


def standing():
    return [(one.purpose, one.field, one.value) for one in Consent.objects.standing()]


def owner_of(business):
    person = UserFactory(name="Ratna")
    Membership.objects.create(business=business, person=person, role="owner", since=AT)
    return person


class TestConstraint:
    @pytest.mark.parametrize("kind", ["phone", "whatsapp", "email"])
    @pytest.mark.parametrize("visibility", ["public", "members"])
    def test_no_row_shows_what_reaches_a_person_without_consent(self, kind, visibility):
        business = registered()
        value = "+62321555123" if kind != "email" else "halo@sol.example"
        row = Contact(business=business, kind=kind, value=value, visibility=visibility)

        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
        # Rows that are copied in bypass Django, so it is the driver that complains.
        refused = pytest.raises(Exception, match=r"directory_contact_shown_with_consent")
        with refused, transaction.atomic():
            copy_rows(
                Contact,
                ("business", "kind", "value", "visibility", "position", "consent"),
                [(business.pk, kind, value, visibility, 0, None)],
            )
        row.visibility = "nobody"
        row.save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=row.pk).update(visibility=visibility)
        assert shown(business) == {kind: "nobody"}

    def test_what_reaches_a_firm_takes_none(self):
        business = registered(profile(contacts=(SITE,)), consenting=None)

        assert shown(business) == {"website": "public"}

    @pytest.mark.parametrize(
        "broken",
        [
            {"how": "self"},
            {"how": "phone", "given_by": "Bu Ratna"},
            {"how": "paper"},
            {"how": "before", "purpose": "everything"},
            {"how": "before", "withdrawn_at": AT - timedelta(seconds=1)},
        ],
    )
    def test_a_consent_says_who_gave_it_for_what_and_ends_after_it_began(self, broken):
        fields = {"purpose": "contact_public", "version": 1, "given_at": AT} | broken

        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(**fields)


class TestGiving:
    def test_without_consent_a_contact_comes_in_hidden(self):
        business = registered(profile(contacts=(PHONE, EMAIL, SITE)), consenting=None)

        assert shown(business) == {"phone": "nobody", "email": "nobody", "website": "public"}
        assert standing() == []
        assert "+62321555123" not in OpenProfile.objects.get().content

    def test_the_row_says_who_agreed_how_when_and_to_which_words(self):
        business = registered(profile(contacts=(PHONE, EMAIL)))

        consent = Contact.objects.get(kind="phone").consent
        assert (consent.purpose, consent.version, consent.how) == ("contact_public", 1, "phone")
        assert (consent.given_by, consent.given_at) == ("Bu Ratna", AT)
        assert (consent.profile, consent.field, consent.value) == (
            business.number,
            "phone",
            "+62321555123",
        )
        assert Contact.objects.get(kind="email").consent.purpose == "contact_members"

    def test_what_is_shown_already_keeps_its_consent(self):
        business = registered(profile(contacts=(PHONE,)))
        before = Contact.objects.get().consent_id

        revised(business, profile(contacts=(PHONE, SITE), minimum_order=20), consenting=None)

        assert Contact.objects.get(kind="phone").consent_id == before
        assert shown(business) == {"phone": "public", "website": "public"}

    def test_leave_for_members_is_no_leave_for_everybody(self):
        business = registered(profile(contacts=(EMAIL,)))
        wider = replace(EMAIL, visibility="public")

        revised(business, profile(contacts=(wider,)), consenting=None)
        assert shown(business) == {"email": "nobody"}
        assert standing() == []

    def test_leave_for_everybody_covers_members(self):
        business = registered(profile(contacts=(PHONE,)))

        revised(business, profile(contacts=(replace(PHONE, visibility="members"),)))

        assert shown(business) == {"phone": "members"}
        assert standing() == [("contact_public", "phone", "+62321555123")]

    def test_a_list_never_shows_a_contact_and_the_demo_has_one_consent_for_all(self):
        source = actions.source_named("list", "Daftar")
        actions.register_many(
            [Arrival(profile(contacts=(PHONE, SITE)), ON)], source=source, actor=None, at=AT
        )
        assert shown(Business.objects.get()) == {"phone": "nobody", "website": "public"}

        demo = actions.source_named("demo", "Jaringan demo")
        several = [Arrival(profile(name=name, contacts=(PHONE,)), ON) for name in ("A", "B")]
        actions.register_many(several, source=demo, actor=None, at=AT, is_demo=True)
        actions.register_many(several[:1], source=demo, actor=None, at=AT, is_demo=True)

        contacts = Contact.objects.filter(business__is_demo=True)
        assert set(contacts.values_list("visibility", "consent__how")) == {("public", "demo")}
        assert Consent.objects.count() == 1

    def test_an_invented_profile_may_be_changed(self):
        business = registered(profile(contacts=(PHONE,)), is_demo=True, consenting=None)

        revised(business, profile(contacts=(PHONE, EMAIL)), consenting=None)

        assert shown(business) == {"phone": "public", "email": "members"}


class TestEnding:
    def test_hiding_or_removing_a_contact_ends_its_consent(self):
        business = registered(profile(contacts=(PHONE, EMAIL)))

        revised(business, profile(contacts=(replace(PHONE, visibility="nobody"),)))

        assert standing() == []
        assert set(Consent.objects.values_list("withdrawn_at", flat=True)) == {LATER}
        revised(business, profile(contacts=(PHONE,)), consenting=None)
        assert shown(business) == {"phone": "nobody"}

    def test_withdrawing_hides_the_contact_at_once_and_can_be_sent_twice(self):
        business = registered(profile(contacts=(PHONE, SITE)))
        person = owner_of(business)
        consent = Consent.objects.get()

        assert actions.withdraw_consent(consent, actor=person, at=LATER) is True
        assert actions.withdraw_consent(consent, actor=person, at=LATER) is False

        assert shown(business) == {"phone": "nobody", "website": "public"}
        consent.refresh_from_db()
        assert (consent.withdrawn_at, consent.withdrawn_by) == (LATER, person)
        assert "+62321555123" not in OpenProfile.objects.get().content
        event = history_of(business).first()
        assert (event.event, event.actor) == ("directory.contact.withdrawn", person)

    def test_whoever_had_the_profile_open_does_not_bring_it_back(self):
        business = registered(profile(contacts=(PHONE,)))
        actions.withdraw_consent(Consent.objects.get(), actor=owner_of(business), at=LATER)

        with pytest.raises(actions.ChangedMeanwhile):
            revised(business, profile(contacts=(PHONE,), minimum_order=9), version=1)

    def test_a_draft_begun_before_does_not_bring_it_back(self):
        business = registered(profile(contacts=(PHONE,)))
        person = owner_of(business)
        actions.open_draft(business, person=person, at=AT)
        actions.withdraw_consent(Consent.objects.get(), actor=person, at=LATER)
        source = actions.source_named(Source.Kind.SELF, "")

        actions.publish(
            business,
            profile(contacts=(PHONE,), minimum_order=9),
            chosen={},
            origin=actions.Origin(source, LATER_ON, consenting=actions.by_themselves(person)),
            actor=person,
            at=LATER,
        )

        assert shown(business) == {"phone": "nobody"}
        assert profile_of(business).minimum_order == 9


class TestUndoing:
    def changed(self, business, facts, consenting):
        person = owner_of(business)
        revised(business, facts, actor=person, consenting=consenting)
        return person

    def test_taking_back_that_one_hid_it_shows_it_with_the_consent_it_had(self):
        business = registered(profile(contacts=(PHONE,)))
        before = Contact.objects.get().consent_id
        person = self.changed(business, profile(contacts=()), None)
        assert standing() == []

        actions.undo_last_change(business, actor=person, at=LATER)

        assert shown(business) == {"phone": "public"}
        assert Contact.objects.get().consent_id == before
        assert Consent.objects.get().withdrawn_at is None

    def test_taking_back_that_one_showed_it_ends_the_consent(self):
        hidden = profile(contacts=(replace(PHONE, visibility="nobody"),))
        business = registered(hidden)
        person = UserFactory()
        agreed = actions.by_themselves(person)
        revised(business, profile(contacts=(PHONE,)), actor=person, consenting=agreed)
        assert Contact.objects.get().consent.person == person

        actions.undo_last_change(business, actor=person, at=LATER)

        assert shown(business) == {"phone": "nobody"}
        assert standing() == []


def test_a_form_sent_twice_without_consent_is_entered_once():
    person = UserFactory()
    facts = profile(contacts=(PHONE,))
    given = {"source": office(), "stated_on": ON, "actor": person, "at": AT}

    first = actions.enter(facts, **given)
    second = actions.enter(facts, **given)

    assert first == second
    assert actions.still_hidden(first, facts.contacts) == ["phone"]


def test_an_officer_who_was_told_records_by_whom():
    officer = UserFactory()
    told = Consenting("paper", given_by="Pak Hadi", recorded_by=officer)

    business = registered(profile(contacts=(PHONE,)), consenting=told)

    consent = Contact.objects.get().consent
    assert (consent.how, consent.given_by, consent.recorded_by) == ("paper", "Pak Hadi", officer)
    assert actions.still_hidden(business, profile_of(business).contacts) == []
