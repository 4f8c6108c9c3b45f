"""What the open data say of a profile, and above all what they do not say."""

import json
from hashlib import sha256

import pytest
from django.utils import translation

from ifn.directory import actions
from ifn.directory.actions.reindexing import FORM
from ifn.directory.models import Business, OpenProfile
from ifn.directory.opendata import kept
from ifn.directory.opendata.fields import LISTED_FIELDS, OPEN_FIELDS
from ifn.directory.opendata.rows import all_open_rows, open_row_numbered, open_rows
from ifn.directory.opendata.writing import JsonWriter
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import LATER, full_profile, organisation, profile, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference", "open_data_follow")]


def told(business):
    return json.loads(JsonWriter(OPEN_FIELDS).text(open_row_numbered(business.number)))


def test_everything_public_is_told():
    business = registered(full_profile())

    found = told(business)

    assert found["number"] == business.public_number
    assert found["page"].endswith(f"/usaha/langkah-jaya-{business.number}")
    assert (found["region"], found["province"]) == ("35.16", "35")
    assert found["region_name"] == "Kab. Mojokerto, Jawa Timur"
    assert (found["roles"], found["machines"]) == (["PR_MAKLON"], ["SEWPOST"])
    assert (found["monthly_capacity"], found["size_to"]) == (4321, 44.5)
    assert (found["latitude"], found["postcode"]) == (-7.47, "61361")
    assert (found["takes_job_orders"], found["has_own_production"]) == (True, False)
    assert (found["brands"], found["languages"]) == (["Langkah", "Jaya Kaki"], ["en", "id"])
    assert found["certificates"] == [
        {
            "code": "SNI_0111",
            "number": "LSPr-07",
            "issuer": "BPIPI",
            "issued_on": "2024-02-01",
            "expires_on": "2028-02-01",
        }
    ]
    assert (found["whatsapp"], found["phone"], found["email"]) == (["+6281234567890"], [], [])
    assert (found["updated_at"], found["is_demo"]) == ("2026-06-01T09:00:00Z", False)


def test_what_is_not_known_is_nothing():
    found = told(registered(profile()))

    assert (found["monthly_capacity"], found["summary_id"], found["takes_job_orders"]) == (
        None,
        None,
        None,
    )
    assert (found["brands"], found["certificates"], found["whatsapp"]) == ([], [], [])


@pytest.mark.parametrize("visibility", ["members", "nobody"])
def test_what_its_owner_does_not_show_to_everybody_is_not_told(visibility):
    business = registered(
        full_profile(capacity_visibility=visibility, address_visibility=visibility)
    )

    found = told(business)

    hidden = ("monthly_capacity", "address", "postcode", "latitude", "longitude", "precision")
    assert [found[name] for name in hidden] == [None] * 6


def test_no_field_says_how_many_workers_there_are_or_what_processes_make():
    text = json.dumps(told(registered(full_profile(workers=98765))))

    assert "98765" not in text
    assert "777" not in text
    assert "rahasia" not in text
    assert "62321555123" not in text


def test_only_listed_profiles_are_told():
    business = registered()
    actions.hide(business, actor=None, at=LATER, reason="closed")

    assert open_row_numbered(business.number) is None
    assert open_rows([business.pk]) == []
    assert list(all_open_rows()) == []


def test_rows_keep_the_order_asked_for_whether_neighbours_or_not():
    keys = [registered(profile(name=f"Sol {number}")).pk for number in range(3)]
    wanted = [keys[2], keys[0], keys[1]]

    together = [row.columns["id"] for row in open_rows(wanted)]
    apart = [row.columns["id"] for row in open_rows([keys[2], keys[0], keys[0] + 10_000])]

    assert (together, apart) == (wanted, [keys[2], keys[0]])


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_one_query_however_many(count, django_assert_num_queries):
    keys = [registered(full_profile(name=f"Sol {number}")).pk for number in range(count)]
    open_rows(keys)

    with django_assert_num_queries(3):  # two ask which words and regions are in force
        assert len(open_rows(keys)) == count


def test_every_field_has_its_own_name_and_is_explained_in_both_languages():
    names = [field.name for field in OPEN_FIELDS]
    texts = {}
    for language in ("id", "en"):
        with translation.override(language):
            texts[language] = [(str(field.label), str(field.meaning)) for field in OPEN_FIELDS]

    assert len(names) == len(set(names))
    assert all(meaning.endswith(".") for _label, meaning in texts["en"])
    assert all(
        english[1] != indonesian[1]
        for english, indonesian in zip(texts["en"], texts["id"], strict=True)
    )


def test_columns_are_told_or_kept_back_on_purpose():
    """A new column of the profile must be decided upon: public, or named here."""
    kept_back = {
        *(
            "id",
            "slug",
            "status",
            "merged_into",
            "version",
            "workers",
            "completeness",
            "created_at",
        ),
        *("capacity_visibility", "address_visibility"),
    }
    renamed = {"region": "region"}
    columns = {field.name for field in Business._meta.concrete_fields}

    assert columns - kept_back - {field.name for field in OPEN_FIELDS} - set(renamed) == set()


def test_lists_leave_out_only_long_texts():
    assert {one.name for one in OPEN_FIELDS} - {one.name for one in LISTED_FIELDS} == {
        *("story_id", "story_en", "services_id", "services_en")
    }


def test_any_text_survives_the_way_through_json():
    text = 'a"b\\c\n\u2028\U0001f45f</b>'

    assert told(registered(profile(story_id=text)))["story_id"] == text


def test_organisations_tell_what_they_offer():
    assert told(registered(organisation()))["services_en"] == "We buy materials together."


class TestKept:
    """What is kept ready for programs."""

    def test_it_is_the_same_as_what_is_made(self):
        keys = [registered(full_profile()).pk, registered(profile()).pk]
        made = [JsonWriter(LISTED_FIELDS).text(row) for row in open_rows(keys)]

        assert kept.written(keys) == made
        OpenProfile.objects.filter(business=keys[0]).delete()  # as after an update
        assert kept.written(keys) == made
        kept.keep(keys)

    def test_the_platform_may_move(self, settings):
        pk = registered(profile()).pk
        settings.PUBLIC_ADDRESS = "https://ifn.example"

        assert json.loads(kept.written([pk])[0])["page"].startswith("https://ifn.example/usaha/sol")

    def test_a_name_cannot_pass_for_the_place_of_the_address(self):
        name = 'Sol "page":"\x1f/ \\u001f/'
        business = registered(profile(name="Sol Jaya"))
        Business.objects.filter(pk=business.pk).update(name=name)
        kept.keep([business.pk])

        assert json.loads(kept.written([business.pk])[0])["name"] == name

    def test_what_is_hidden_is_not_made_anew(self):
        business = registered(profile())
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)

        assert kept.written([business.pk]) == []

    def test_another_field_makes_all_anew(self):
        """Raise ``reindexing.FORM`` together with this when the fields of lists change."""
        fields = " ".join(f"{one.name}:{one.kind}" for one in LISTED_FIELDS)

        assert (FORM, sha256(fields.encode()).hexdigest()[:12]) == ("4", "5af86a3977f6")
