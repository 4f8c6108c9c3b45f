from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from ifn.accounts.models import User
from ifn.directory import completeness, policies
from ifn.directory.listings import Standing, content_of, entry_of, links_of, quality
from ifn.directory.models import Picture
from ifn.directory.profile import CapabilityFact, ContactFact, Profile
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon
from tests.factories.directory import (
    AT,
    ON,
    full_profile,
    organisation,
    profile,
    registered,
    role,
)

VISITOR, MEMBER = AnonymousUser(), User(name="Sri", role=User.Role.MEMBER)
OFFICER = User(name="Sri", role=User.Role.OFFICER)


def standing(**changes):
    facts = {
        "pk": 1,
        "number": "7K3MQ",
        "slug": "langkah-jaya",
        "is_demo": False,
        "confirmed_on": ON,
        "completeness": 50,
        "pictures": (),
    }
    return Standing(**facts | changes)


class TestCompleteness:
    def test_a_name_alone_is_nothing(self):
        assert completeness.percent(Profile(name="Sol"), pictures=0) == 0

    def test_all_that_is_asked_and_a_picture_is_everything(self):
        assert completeness.percent(full_profile(), pictures=1) == 100
        assert completeness.missing(full_profile(), pictures=1) == []

    def test_what_helps_most_comes_first(self):
        assert completeness.missing(
            full_profile(contacts=(), story_id="", story_en=""), pictures=0
        ) == [
            "pictures",
            "contacts",
            "story",
        ]

    def test_a_contact_that_nobody_sees_helps_nobody(self):
        hidden = full_profile(contacts=(ContactFact("phone", "+62321555123", "nobody"),))

        assert completeness.missing(hidden, pictures=1) == ["contacts"]

    def test_who_makes_no_shoes_is_not_asked_how_they_are_built(self):
        supplier, maker, unknown = (
            completeness.parts_of(profile(capabilities=roles))
            for roles in [(role("CO_OUTSOLE"),), (role("PR_MAKLON"),), ()]
        )

        assert "constructions" not in supplier
        assert "constructions" in maker
        assert "constructions" in unknown

    def test_organisations_are_asked_what_organisations_have(self):
        assert completeness.missing(organisation(), pictures=0) == [
            "pictures",
            "summary",
            "story",
        ]

    @pytest.mark.parametrize(
        "parts", [completeness.BUSINESS_PARTS, completeness.ORGANISATION_PARTS]
    )
    def test_the_parts_add_up(self, parts):
        assert sum(parts.values()) == 100


class TestLinks:
    @pytest.mark.parametrize(
        ("roles", "links"),
        [
            (["UP_TANNERY"], ["materials"]),
            (["CO_OUTSOLE", "CO_LAST"], ["components"]),
            (["EQ_MACHINE"], ["services"]),
            (["SV_DESIGN"], ["brands"]),
            (["SV_LAB", "SV_DESIGN"], ["services", "brands"]),
            (["PR_MAKLON"], ["production"]),
            (["DN_BRAND"], ["brands"]),
            (["DN_RETAIL"], ["sales"]),
            (["DN"], ["sales"]),
            (["IN_ASSOC"], ["institutions"]),
            (["IN", "UP"], ["materials", "institutions"]),
            ([], []),
        ],
    )
    def test_roles_belong_to_links_in_the_order_of_the_chain(self, roles, links):
        assert links_of(roles) == links

    @pytest.mark.usefixtures("reference", "db")
    def test_every_role_of_the_vocabulary_has_a_link(self):
        assert [
            word.code for word in lexicon().of("value_chain_role") if not links_of([word.code])
        ] == []


class TestRows:
    def test_a_row_holds_what_a_card_shows(self):
        picture = Picture(file="pictures/a/b", width=800, height=600, widths=[400, 800])

        content = content_of(full_profile(), standing(pictures=(picture,)))

        assert content["name"] == "Langkah Jaya"
        assert (content["minimum"], content["capacity"], content["lead_time"]) == (50, 4321, 30)
        assert content["roles"] == ["PR_MAKLON"]
        assert content["constructions"] == ["CEMENTED"]
        assert content["confirmed"] == "2026-06-01"
        assert content["picture"]["file"] == "pictures/a/b"

    @pytest.mark.parametrize("visibility", ["members", "nobody"])
    def test_a_row_keeps_no_capacity_that_is_not_for_all(self, visibility):
        content = content_of(full_profile(capacity_visibility=visibility), standing())

        assert content["capacity"] is None
        assert "4321" not in str(content)
        assert "777" not in str(content)

    def test_a_row_has_no_contact_and_no_private_number(self):
        text = str(content_of(full_profile(), standing()))

        for private in ("628", "langkah.example", "9120001234567", "workers"):
            assert private not in text

    @pytest.mark.usefixtures("reference", "db")
    def test_the_index_knows_kin_places_and_quantities(self):
        facts = full_profile()

        entry = entry_of(facts, standing(), lexicon(), all_regions())

        assert entry.facets["role"] == ["PR_MAKLON", "PR"]
        assert entry.facets["link"] == ["production"]
        assert (entry.facets["province"], entry.facets["regency"]) == (["35"], ["35.16"])
        assert entry.facets["capacity"] == ["500", "1000"]
        assert entry.facets["minimum"] == ["50", "100", "300", "1000"]
        assert entry.facets["picture"] == []
        assert entry.numbers["capacity"] == 4321
        assert (entry.numbers["latitude"], entry.numbers["longitude"]) == (-7.47, 112.43)
        words = " ".join(field.text for field in entry.fields)
        for word in ("Langkah", "Jaya Kaki", "Mojokerto", "Jatim", "East Java", "Jl. Sepatu 1"):
            assert word in words
        for private in ("81234567890", "rahasia", "9120001234567"):
            assert private not in words

    @pytest.mark.usefixtures("reference", "db")
    @pytest.mark.parametrize("visibility", ["members", "nobody"])
    def test_the_index_knows_no_capacity_that_is_not_for_all(self, visibility):
        facts = full_profile(capacity_visibility=visibility)

        entry = entry_of(facts, standing(), lexicon(), all_regions())

        assert "capacity" not in entry.numbers
        assert entry.facets["capacity"] == []

    @pytest.mark.usefixtures("reference", "db")
    def test_a_profile_without_a_place_or_a_term_is_indexed_too(self):
        facts = Profile(name="Sol", capabilities=(CapabilityFact("material", "NOTHING"),))

        entry = entry_of(facts, standing(confirmed_on=None), lexicon(), all_regions())

        assert entry.numbers == {}
        assert entry.facets["province"] == []

    def test_complete_and_fresh_profiles_have_more_quality(self):
        stale = standing(confirmed_on=date(2019, 1, 1))

        assert quality(standing(completeness=100)) > quality(standing())
        assert quality(standing()) > quality(stale) == quality(standing(confirmed_on=None))
        assert quality(standing(completeness=100, confirmed_on=date(2099, 1, 1))) == 1


class TestPolicies:
    @pytest.mark.parametrize(
        ("visibility", "visitor", "member"),
        [("public", True, True), ("members", False, True), ("nobody", False, False)],
    )
    def test_a_fact_is_seen_by_those_it_is_for(self, visibility, visitor, member):
        assert policies.can_see_fact(VISITOR, visibility) is visitor
        assert policies.can_see_fact(MEMBER, visibility) is member
        assert policies.can_see_fact(OFFICER, "nobody") is False


@pytest.mark.usefixtures("reference", "db")
def test_a_profile_names_itself():
    business = registered(full_profile(), at=AT)

    assert str(business) == f"Langkah Jaya (IFN-{business.number[:-1]}-{business.number[-1]})"
