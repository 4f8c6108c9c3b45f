from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from ifn.directory.forms import ProfileForm
from ifn.directory.formsections import sections
from ifn.directory.pictureforms import PictureForm
from ifn.directory.profile import CapabilityFact, CertificateFact, ContactFact
from ifn.directory.queries import profile_of
from ifn.vocabulary.models import Term
from tests.factories.directory import full_profile, organisation, profile, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

LEAST = {"name": "Sol Jaya", "kind": "business", "capacity_visibility": "nobody"}


def sent(form):
    """Return what a browser sends back of a form that nobody touched."""
    return {
        bound.html_name: bound.value() if bound.value() is not None else ""
        for bound in form
        if bound.value() is not False
    }


def written(**given):
    return ProfileForm(LEAST | given)


def faults(**given):
    with translation.override("en"):
        return {name: list(errors) for name, errors in written(**given).errors.items()}


@pytest.mark.parametrize("facts", [profile(), full_profile(), organisation()])
def test_saving_what_was_opened_changes_nothing(facts, language):
    form = ProfileForm(sent(ProfileForm(stored=facts, version=3)), stored=facts)

    assert form.errors == {}
    saved = form.profile()
    assert set(saved.capabilities) == set(facts.capabilities)
    assert set(saved.contacts) == set(facts.contacts)
    ordered = {"capabilities": facts.capabilities, "contacts": facts.contacts}
    assert {name: getattr(saved, name) for name in saved.__dataclass_fields__} | ordered == {
        name: getattr(facts, name) for name in facts.__dataclass_fields__
    }


def test_several_contacts_of_a_kind_and_terms_out_of_use_survive_an_edit():
    facts = profile(
        capabilities=(
            CapabilityFact("cluster", "MOJOKERTO"),
            CapabilityFact("material", "RUBBER"),
            CapabilityFact("value_chain_role", "CO"),
        ),
        contacts=(
            ContactFact("phone", "+62321555123", "public"),
            ContactFact("phone", "+62321555124", "members"),
        ),
        certificates=(CertificateFact("LWG", "1", "LWG", date(2024, 1, 1), None),),
    )
    stored = profile_of(registered(facts))
    Term.objects.filter(code__in=["RUBBER", "LWG"]).update(is_active=False)

    form = ProfileForm(sent(ProfileForm(stored=stored)), stored=stored)

    assert form.errors == {}
    assert set(form.profile().capabilities) == set(facts.capabilities)
    assert form.profile().contacts == facts.contacts
    assert form.profile().certificates == facts.certificates


def test_a_further_contact_of_a_kind_can_be_added():
    stored = full_profile()
    given = sent(ProfileForm(stored=stored)) | {
        "marketplace_2_value": "toko.example/dua",
        "marketplace_2_visibility": "public",
    }

    form = ProfileForm(given, stored=stored)

    assert form.errors == {}
    assert [fact.value for fact in form.profile().contacts if fact.kind == "marketplace"] == [
        "https://toko.example/langkah",
        "https://toko.example/dua",
    ]


def test_values_come_out_clean():
    form = written(
        name="<b>Sol\u202e</b> Jaya 👟",
        brands="Satu, Dua,, Satu",
        story_id="Baris satu\r\n\r\nBaris dua\x07",
        minimum_order="5 kodi",
        monthly_capacity="1,2 rb pasang",
        nib="9120 0012 34567",
        whatsapp_value="0812-3456-7890",
        whatsapp_visibility="public",
        website_value="langkah.example",
        takes_job_orders="no",
    )

    assert form.errors == {}
    facts = form.profile()
    assert facts.name == "Sol Jaya 👟"
    assert facts.brands == ("Satu", "Dua")
    assert facts.story_id == "Baris satu\n\nBaris dua"
    assert (facts.minimum_order, facts.monthly_capacity) == (100, 1200)
    assert facts.nib == "9120001234567"
    assert facts.contacts == (
        ContactFact("whatsapp", "+6281234567890", "public"),
        ContactFact("website", "https://langkah.example", "nobody"),
    )
    assert facts.takes_job_orders is False


@pytest.mark.parametrize(("code", "typed"), [("id", "37,5"), ("id", "37.5"), ("en", "37.5")])
def test_sizes_and_degrees_are_read_as_the_language_writes_them(code, typed):
    with translation.override(code):
        form = written(size_from=typed, latitude="-7.47", longitude="112.43")

        assert form.errors == {}
        assert form.profile().size_from == Decimal("37.5")
        assert (form.profile().latitude, form.profile().precision) == (-7.47, "region")


def test_an_indonesian_comma_in_a_coordinate_is_understood():
    with translation.override("id"):
        form = written(latitude="-7,4726", longitude="112,4381")

        assert form.errors == {}
        assert (form.profile().latitude, form.profile().longitude) == (-7.4726, 112.4381)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "👟", "Write a name with letters or digits."),
        ("name", "Sep\ufffdtu", "Some letters arrived damaged and are shown as \ufffd."),
        ("name", "Sol\0Jaya", "Null characters are not allowed."),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", "\ufb2c" * 100, "at most 120 characters (it has 300)"),
        ("kind", "club", "Select a valid choice."),
        ("brands", "x" * 90, "is too long for a brand. Put commas between several."),
        ("founded_year", "1500", "Write a year such as 2009."),
        ("founded_year", "2099", "Write a year such as 2009."),
        ("nib", "123", "this has 3."),
        ("minimum_order", "12-24", "is not a whole number. Write digits only, such as 1250."),
        ("minimum_order", "2 juta", "is more than can be right here."),
        ("monthly_capacity", "200 / hari", "is not a whole number."),
        ("phone_value", "123", "is not a phone number."),
        ("email_value", "halo@", "is not an e-mail address."),
        ("website_value", "javascript:alert(1)", "is not a web address."),
        ("website_value", f"{'x' * 180}.example/abcdefgh", "at most 200 characters"),
        ("instagram_value", "a b", "is not an Instagram name."),
        ("postcode", "6136", "A postcode has five digits."),
        ("region", "99.99", "Select a valid choice."),
        ("has_role", ["XX"], "Select a valid choice."),
        ("latitude", "di pasar", "Enter a number."),
        ("latitude", "nan", "Enter a number."),
        ("size_from", "5", "greater than or equal to 10"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field, typed, message):
    found = faults(**{field: typed})

    assert message in " ".join(found.pop(field))
    assert found.keys() <= {"longitude"}


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        (
            {"size_from": "44", "size_to": "36"},
            "size_to",
            "The largest size is smaller than the smallest.",
        ),
        ({"latitude": "-7.4"}, "longitude", "Give both latitude and longitude, or neither."),
        (
            {"latitude": "112.4", "longitude": "-7.4"},
            "latitude",
            "Latitude and longitude seem to be swapped. Latitude is about -7, longitude about 112.",
        ),
        (
            {"latitude": "52.5", "longitude": "13.4"},
            "latitude",
            "This point lies outside Indonesia. Latitude is about -7, longitude about 112.",
        ),
        (
            {
                "certificate_0": "LWG",
                "certificate_0_issued": "2026-01-01",
                "certificate_0_expires": "2025-01-01",
            },
            "certificate_0_expires",
            "It cannot end before it was issued.",
        ),
        ({"certificate_0_number": "7"}, "certificate_0", "Choose which certificate this is."),
    ],
)
def test_what_contradicts_itself_is_said_at_one_of_the_fields(given, field, message):
    assert faults(**given) == {field: [message]}


def test_messages_come_in_the_language_of_the_person():
    with translation.override("id"):
        [message] = written(postcode="6136").errors["postcode"]

    assert message != "A postcode has five digits."


def test_a_photo_that_is_too_large_is_refused_before_it_is_read():
    upload = SimpleUploadedFile("foto.jpg", b"x")
    upload.size = 3 * 1024**3

    with translation.override("en"):
        form = PictureForm({}, {"picture": upload})

        assert form.errors == {
            "picture": ["This file has 3072 MB; at most 25 MB can be sent. Choose a smaller photo."]
        }


def test_a_contact_stored_under_other_rules_stops_no_edit_until_it_is_touched():
    facts = profile(contacts=(ContactFact("phone", "+6284000000001", "public"),))
    unchanged = sent(ProfileForm(stored=facts))

    assert ProfileForm(unchanged | {"name": "Sol Baru"}, stored=facts).is_valid()
    touched = ProfileForm(unchanged | {"phone_value": "+6284000000002"}, stored=facts)
    assert list(touched.errors) == ["phone_value"]


def test_sections_hold_every_field_once_and_say_what_is_filled(language):
    form = ProfileForm(stored=full_profile())
    found = sections(form)

    names = [bound.name for part in found for row in part.rows for bound in row]
    assert sorted(names) == sorted(set(form.fields) - {"version", "reason"})
    assert all(part.filled for part in found)
    assert not any(part.has_errors for part in found)


def test_a_section_with_an_error_says_so():
    found = sections(written(postcode="abc"))

    assert [part.key for part in found if part.has_errors] == ["where"]


def test_regions_start_with_their_name_so_that_typing_finds_them():
    places = dict(dict(ProfileForm().fields["region"].choices)["Jawa Timur"])

    assert "Mojokerto, Kota" in places.values()
    assert "Mojokerto, Kab." in places.values()
