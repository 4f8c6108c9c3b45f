from dataclasses import replace

import pytest
from django.db import DataError, IntegrityError, transaction

from ifn.audit.models import Entry
from ifn.audit.queries import history_of
from ifn.directory import actions, numbers
from ifn.directory.actions.rows import UnknownTerm
from ifn.directory.models import (
    Attribution,
    Brand,
    Business,
    Capability,
    Certificate,
    Contact,
    Listing,
    Picture,
    Source,
    SpokenLanguage,
)
from ifn.directory.profile import CapabilityFact, ContactFact
from ifn.directory.queries import profile_of
from ifn.directory.whole import whole
from ifn.textsearch.models import Document
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import (
    AT,
    LATER,
    LATER_ON,
    ON,
    full_profile,
    office,
    organisation,
    profile,
    registered,
    revised,
    role,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

ROWS = (Brand, Capability, Certificate, Contact, SpokenLanguage)


def provenance_of(business):
    return {one.field: one for one in whole(business).statements}


def everything():
    """Count the rows of every table that a profile touches."""
    tables = (Business, Listing, Attribution, Document, Entry, Picture, *ROWS)
    return {table.__name__: table.objects.count() for table in tables}


class TestRegister:
    @pytest.mark.parametrize("facts", [profile(), full_profile(), organisation()])
    def test_what_was_stated_is_what_is_stored(self, facts):
        assert profile_of(registered(facts)) == facts

    def test_every_stated_field_has_its_source_and_date(self):
        business = registered(full_profile())

        stated = provenance_of(business)

        assert stated.keys() == set(full_profile().__dataclass_fields__) - {
            *("kind", "address_visibility", "capacity_visibility", "services_id", "services_en")
        }
        assert {(one.kind, one.label, one.stated_on) for one in stated.values()} == {
            ("officer", office().label, ON)
        }

    def test_a_plain_no_is_a_statement_and_the_equator_a_place(self):
        business = registered(
            profile(takes_job_orders=False, latitude=0.0, longitude=109.3, precision="exact")
        )

        assert {"takes_job_orders", "latitude"} <= provenance_of(business).keys()
        assert "has_own_production" not in provenance_of(business)
        assert "exports" not in provenance_of(business)

    def test_the_number_is_unique_readable_and_stays(self):
        one, other = registered(), registered()

        assert one.number != other.number
        assert numbers.read(one.public_number) == one.number
        assert revised(one, profile(name="Nama Baru")).number == one.number

    def test_a_person_who_registers_is_on_record(self):
        officer = OfficerFactory()
        business = registered(full_profile(), actor=officer)

        entry = history_of(business).get()

        assert (entry.event, entry.actor, entry.happened_at) == (
            "directory.business.registered",
            officer,
            AT,
        )
        assert entry.changes["name"] == [None, "Langkah Jaya"]

    def test_what_is_said_twice_is_kept_once(self):
        twice = profile(
            brands=("Sol", "Sol"),
            capabilities=(role("CO_OUTSOLE"), role("CO_OUTSOLE")),
            languages=("id", "id"),
            contacts=(ContactFact("phone", "+62321555123"), ContactFact("phone", "+62321555123")),
        )

        business = registered(twice)

        assert [table.objects.count() for table in ROWS] == [1, 1, 0, 1, 1]
        assert len(profile_of(business).capabilities) == 1

    def test_an_unknown_term_leaves_nothing(self):
        before = everything()

        with pytest.raises(UnknownTerm, match="material:CHEESE"):
            registered(profile(capabilities=(CapabilityFact("material", "CHEESE"),)))

        assert everything() == before

    @pytest.mark.parametrize(
        "never",
        [
            {"latitude": 52.5, "longitude": 13.4, "precision": "exact"},
            {"latitude": -7.4, "longitude": 112.4},
            {"nib": "123"},
            {"size_from": 44, "size_to": 36},
            {"contacts": (ContactFact("phone", "08123"),)},
            {"contacts": (ContactFact("phone", "+628123", "friends"),)},
            {"kind": "club"},
        ],
    )
    def test_what_must_never_be_is_refused_by_the_database(self, never):
        before = everything()

        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            registered(profile(**never))

        assert everything() == before

    def test_a_profile_without_latin_letters_has_an_address_too(self):
        assert registered(profile(name="靴屋")).slug == "profil"
        assert registered(profile(name="UD. Sepatu & Çelik 1001")).slug == "ud-sepatu-celik-1001"

    def test_a_draft_is_in_no_list(self, ask):
        registered(status="draft")

        assert ask("sol") == []
        assert not Listing.objects.exists()


class TestRevise:
    def test_only_changed_fields_are_stated_anew(self):
        business = registered(full_profile())
        owner = actions.source_named(Source.Kind.SELF, "Langkah Jaya")

        revised(business, full_profile(minimum_order=100, brands=("Langkah",)), source=owner)

        anew = {name for name, row in provenance_of(business).items() if row.kind == "self"}
        assert anew == {"minimum_order", "brands"}
        assert provenance_of(business)["minimum_order"].stated_on == LATER_ON
        assert provenance_of(business)["name"].stated_on == ON

    def test_the_order_of_facts_is_no_change_except_for_brands(self):
        facts = full_profile()
        business = registered(facts)
        turned = replace(
            facts,
            capabilities=facts.capabilities[::-1],
            contacts=facts.contacts[::-1],
            languages=facts.languages[::-1],
        )

        revised(business, turned)

        assert history_of(business).first().changes == {}
        assert profile_of(business) == facts
        revised(business, replace(facts, brands=facts.brands[::-1]))
        assert set(history_of(business).first().changes) == {"brands"}

    def test_an_emptied_field_has_no_source_any_more(self):
        business = registered(full_profile())

        revised(business, full_profile(story_id="", contacts=()))

        assert not provenance_of(business).keys() & {"story_id", "contacts"}
        assert not Contact.objects.exists()

    def test_the_record_names_changed_fields_and_hides_private_values(self):
        business = registered(full_profile())

        revised(
            business,
            full_profile(
                minimum_order=100,
                nib="9120001234568",
                address="Jl. Baru 7",
                postcode="61399",
                latitude=-7.4811,
                longitude=112.4444,
                workers=15,
                contacts=(ContactFact("phone", "+6281399998888", "nobody"),),
            ),
            reason="Pindah rumah",
        )

        entry = history_of(business).first()
        private = {"nib", "address", "postcode", "latitude", "longitude", "workers", "contacts"}
        assert set(entry.changes) == {"minimum_order", *private}
        assert entry.changes["minimum_order"] == [50, 100]
        assert entry.reason == "Pindah rumah"
        given = ("9120001234568", "Jl. Baru", "61399", "7.48", "112.44", "81399998888", "rahasia")
        for value in given:
            assert value not in str(entry.changes)

    def test_a_revision_confirms_and_never_turns_the_date_back(self):
        business = registered()

        revised(business, profile(), stated_on=LATER_ON)
        assert business.confirmed_on == LATER_ON
        revised(business, profile(), stated_on=ON)
        assert business.confirmed_on == LATER_ON

    def test_who_changed_nothing_moves_nothing_up_the_work_list(self):
        business = registered()

        assert revised(business, profile()).updated_at == AT
        assert revised(business, profile(name="Sol Baru")).updated_at == LATER

    def test_somebody_elses_change_is_not_overwritten(self):
        business = registered()
        seen = business.version
        revised(business, profile(name="Dari petugas lain"))
        before = everything()

        with pytest.raises(actions.ChangedMeanwhile):
            revised(business, full_profile(), version=seen)

        assert everything() == before
        assert profile_of(Business.objects.get()) == profile(name="Dari petugas lain")
        assert Listing.objects.get().content["name"] == "Dari petugas lain"

    def test_an_unknown_term_changes_nothing(self):
        business = registered()
        before = everything()

        with pytest.raises(UnknownTerm):
            revised(business, profile(name="Lain", capabilities=(role("PR_NOTHING"),)))

        assert everything() == before
        assert Business.objects.get().name == "Sol Jaya Abadi"


def test_a_source_is_made_once_and_its_name_is_cut_to_fit():
    long = "x" * 300

    assert actions.source_named("list", long) == actions.source_named("list", long)
    assert Source.objects.get(kind="list").label == "x" * 200
