import csv
import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import phonenumbers
import pytest

from ifn.demo.drawings import KINDS
from ifn.demo.network import drafts, network
from ifn.demo.trades import places, said, trades
from ifn.directory.models import Business, Contact, SpokenLanguage, Visibility
from ifn.vocabulary.models import Vocabulary

TODAY = date(2026, 11, 21)
BUSINESSES = network(today=TODAY)
VOCABULARY = Path("ifn/vocabulary/data/vocabulary.json")


def each(check):
    """Check every business in one test; a failure names the business."""

    def test():
        for business in BUSINESSES:
            try:
                check(business)
            except AssertionError as error:
                error.add_note(business.slug)
                raise

    return test


def codes_of(vocabulary):
    nodes = json.loads(VOCABULARY.read_text())["taxonomies"][vocabulary]["nodes"]
    return {node["code"] for node in nodes}


KNOWN = {vocabulary: codes_of(vocabulary) for vocabulary in Vocabulary.values}
with Path("ifn/regions/data/regions.csv").open() as file:
    REGIONS = {row["code"] for row in csv.DictReader(file)}
POINTS = {(place.code, place.locality): place for place in places().values()}


def test_there_are_118_with_ten_organisations_among_them():
    kinds = Counter(business.profile.kind for business in BUSINESSES)

    assert kinds == {"business": 108, "organisation": 10}


def test_the_whole_chain_is_there_from_hides_to_shops():
    stages = Counter(draft.roles[0].split("_")[0] for draft in drafts())

    assert stages == {"UP": 19, "CO": 23, "EQ": 5, "SV": 7, "PR": 41, "DN": 14, "IN": 9}


def test_names_and_keys_and_numbers_are_each_one_business_s_own():
    profiles = [business.profile for business in BUSINESSES]
    values = [contact.value for profile in profiles for contact in profile.contacts]
    nibs = [profile.nib for profile in profiles if profile.nib]

    assert len({business.slug for business in BUSINESSES}) == 118
    assert len({profile.name.lower() for profile in profiles}) == 118
    assert len(values) == len(set(values))
    assert len(nibs) == len(set(nibs))


def test_the_same_seed_and_day_make_the_same_network_on_every_machine():
    told = repr(BUSINESSES)

    assert told == repr(network(today=TODAY))
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == "24c17703327d37b7"


def test_another_seed_changes_what_chance_decides_and_not_what_is_written():
    other = network(today=TODAY, seed=7)

    assert [one.profile.name for one in other] == [one.profile.name for one in BUSINESSES]
    assert [one.profile for one in other] != [one.profile for one in BUSINESSES]


def test_confirmations_are_spread_over_thirty_months_and_move_with_the_day():
    ages = [(TODAY - business.confirmed_on).days for business in BUSINESSES]
    later = network(today=TODAY + timedelta(days=10))

    assert min(ages) >= 3
    assert max(ages) <= 900
    assert 45 <= sum(age <= 240 for age in ages) <= 85
    assert sum(age > 480 for age in ages) >= 12
    assert [one.confirmed_on - timedelta(days=10) for one in later] == [
        one.confirmed_on for one in BUSINESSES
    ]


@each
def test_every_code_is_in_the_vocabulary_once(business):
    profile = business.profile
    pairs = [(fact.vocabulary, fact.code) for fact in profile.capabilities]

    assert len(pairs) == len(set(pairs))
    assert all(code in KNOWN[vocabulary] for vocabulary, code in pairs)
    assert {one.code for one in profile.certificates} <= KNOWN["certification"]
    assert any(vocabulary == "value_chain_role" for vocabulary, _ in pairs)


@each
def test_it_lies_in_a_real_region_near_its_locality(business):
    profile = business.profile
    near = POINTS[profile.region, profile.address.partition(", ")[2]]

    assert profile.region in REGIONS
    assert abs(profile.latitude - near.latitude) < 0.01
    assert abs(profile.longitude - near.longitude) < 0.01
    assert profile.precision in Business.Precision.values
    assert len(profile.postcode) == 5


@each
def test_its_texts_are_there_in_both_languages_and_differ(business):
    profile = business.profile

    for name in ("summary", "story"):
        indonesian, english = getattr(profile, f"{name}_id"), getattr(profile, f"{name}_en")
        assert indonesian
        assert english
        assert indonesian != english
        assert not set("{}<>!") & set(indonesian + english)
    assert max(len(profile.summary_id), len(profile.summary_en)) <= 160
    assert bool(profile.services_id) == bool(profile.services_en)
    assert bool(profile.services_id) == (profile.kind == "organisation")


@each
def test_its_contacts_can_reach_nobody(business):
    for contact in business.profile.contacts:
        assert contact.kind in Contact.Kind.values
        assert contact.visibility in Visibility.values
        if contact.kind in {"phone", "whatsapp"}:
            assert not phonenumbers.is_valid_number(phonenumbers.parse(contact.value))
        elif contact.kind == "instagram":
            assert "-" in contact.value.rpartition("/")[2]  # no name there has a hyphen
        else:
            assert ".example.com" in contact.value


@each
def test_its_quantities_make_sense(business):
    profile = business.profile

    assert profile.size_from is None or profile.size_from < profile.size_to
    assert profile.minimum_order is None or profile.minimum_order >= 1
    if profile.monthly_capacity and profile.minimum_order:
        assert profile.minimum_order <= profile.monthly_capacity
    assert 1970 < profile.founded_year < TODAY.year
    assert profile.workers >= 2
    for one in profile.certificates:
        assert one.issued_on < one.expires_on
        assert one.issued_on < TODAY
        assert one.number.startswith("CONTOH/")
    assert profile.nib == "" or profile.nib.startswith("00000")


@each
def test_its_choices_are_choices_of_the_directory(business):
    profile = business.profile

    assert profile.legal_form in Business.LegalForm.values
    assert profile.sample_policy in ["", *Business.SamplePolicy.values]
    assert profile.sole_source in ["", *Business.SoleSource.values]
    assert profile.size_ministry in ["", *Business.MinistrySize.values]
    assert profile.size_statistics in ["", *Business.StatisticsSize.values]
    assert profile.size_msme in ["", *Business.MsmeSize.values]
    assert set(profile.languages) <= set(SpokenLanguage.Code.values)
    assert profile.exports == bool(profile.export_countries)


@each
def test_what_it_makes_and_how_belong_together(business):
    has = {fact.code for fact in business.profile.capabilities}
    needs = {
        "GOODYEAR": {"BOOT", "DERBY", "SAFETY"},
        "VULCAN": {"RUBBER"},
        "WELTM": {"GOODYEAR"},
        "BLAKEM": {"BLAKE"},
        "ONEPIECE": {"INJECT"},
        "INJECTED": {"INJECT"},
        "SAFETY": {"LEATHER"},
        "HANDWELT": {"LEATHER"},
        "UP_TANNERY": {"COW", "SHEEP", "GOAT"},
        "CO_OUTSOLE": {"RUBBER", "EVA", "TPR", "PUSOLE", "LEATHERSOLE"},
        "STROBEL": {"STROBELST"},
        "FUTSAL": {"RUBBER"},
        "VEGAN": {"MICROFIBER"},
    }
    missing = [code for code, any_of in needs.items() if code in has and not any_of & has]

    assert missing == [] or (missing == ["WELTM"] and "EQ_MACHINE" in has)
    if "VEGAN" in has:
        assert not {"LEATHER", "COW", "GOAT", "SHEEP"} & has


@each
def test_it_has_one_to_four_pictures_with_captions_in_both_languages(business):
    drawings = business.drawings
    captions = [(drawing.caption_id, drawing.caption_en) for drawing in drawings]

    assert 1 <= len(drawings) <= 4
    assert all(drawing.kind in KINDS for drawing in drawings)
    assert all(indonesian and english for indonesian, english in captions)
    assert len(captions) == len(set(captions))


def test_brands_say_what_they_sell_and_own_a_trademark():
    trade_of = {draft.slug: draft.trade.key for draft in drafts()}
    brands = [one.profile for one in BUSINESSES if trade_of[one.slug] == "brand"]

    assert len(brands) == 8
    assert all(profile.brands for profile in brands)
    assert all("MEREK" in {one.code for one in profile.certificates} for profile in brands)


@pytest.mark.parametrize("trade", trades().values(), ids=lambda trade: trade.key)
def test_every_trade_speaks_of_known_terms_and_can_be_illustrated(trade):
    vocabularies = {
        "r": "value_chain_role",
        "p": "product_type",
        "m": "material",
        "x": "process",
        "c": "construction",
        "q": "machine",
    }
    terms = [*trade.has, *(term for bundle in trade.sometimes for term in bundle)]

    assert all(term.split(":")[1] in KNOWN[vocabularies[term[0]]] for term in terms)
    assert set(trade.roles) <= KNOWN["value_chain_role"]
    assert set(trade.certificates) <= KNOWN["certification"]
    assert all(said("certificate", code) for code in trade.certificates)
    assert trade.pictures
    assert all(said("caption", kind) for kind in trade.pictures)


def test_a_written_minimum_is_kept_whatever_the_seed():
    langkah = next(one for one in network(today=TODAY, seed=3) if one.slug == "langkah-jaya")

    assert langkah.profile.minimum_order == 40
    assert langkah.profile.monthly_capacity == 1200
    assert replace(langkah.profile, story_id="").story_id == ""
