"""Whose enquiries came in and went out, also through other people and merged profiles."""

import pytest
from django.utils import translation

from ifn.connections.models import Letter
from ifn.connections.queries.enquiries import coming_in, going_out, waiting_at
from ifn.connections.wording import quantity_of
from ifn.directory.models import Business, Membership
from ifn.vocabulary.models import Term
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.enquiries import enquiry, firm, member, sent

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def test_what_came_to_a_profile_that_was_merged_comes_in_once():
    owner = UserFactory()
    old, kept = firm(name="Lama"), firm(name="Tetap", owner=owner)
    before, after = enquiry(old), enquiry(kept, text="Yang kedua")
    Business.objects.filter(pk=old.pk).update(status="merged", merged_into=kept)

    assert {one.pk for one in coming_in(owner)} == {before.pk, after.pk}
    assert coming_in(owner).count() == 2
    assert waiting_at(owner, at=AT) == 2
    assert not coming_in(UserFactory()).exists()


def test_what_a_colleague_asked_for_the_business_goes_out_too_and_ones_own_once():
    asking, colleague = firm(name="Merek"), UserFactory()
    asker = member(business=asking)
    for person in (asker.person, colleague):
        Membership.objects.create(business=asking, person=person, role="owner", since=AT)
    letter = sent(firm(), asker=asker)

    for person in (asker.person, colleague):
        assert [one.letter for one in going_out(person)] == [letter]
    assert not going_out(UserFactory()).exists()


def test_what_a_profile_asked_that_was_merged_since_goes_out_for_those_of_the_kept_one():
    colleague = UserFactory()
    old, kept = firm(name="Lama"), firm(name="Tetap", owner=colleague)
    letter = sent(firm(), asker=member(business=old))
    Business.objects.filter(pk=old.pk).update(status="merged", merged_into=kept)

    assert [one.letter for one in going_out(colleague)] == [letter]


@pytest.mark.parametrize(
    ("number", "code", "indonesian", "english"),
    [
        (1, "PASANG", "1 pasang", "1 pair"),
        (1500, "PASANG", "1.500 pasang", "1,500 pairs"),
        (12, "SQFT", "12 kaki persegi", "12 square feet"),
        (5, "KODI", "5 kodi", "5 kodi"),
    ],
)
def test_a_quantity_is_counted_as_people_count(number, code, indonesian, english):
    unit = Term.objects.get(vocabulary="unit", code=code)
    letter = Letter(quantity=number, unit_id=unit.pk)

    with translation.override("id"):
        assert quantity_of(letter) == indonesian
    with translation.override("en"):
        assert quantity_of(letter) == english
