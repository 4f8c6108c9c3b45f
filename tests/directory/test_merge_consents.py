"""Contacts are shown by consent, also when two profiles become one and part again."""

from dataclasses import replace

import pytest

from ifn.directory import actions
from ifn.directory.models import OpenProfile
from ifn.directory.queries import profile_of
from tests.directory.test_merge import MUCH_LATER, merged, officer, pair
from tests.factories.directory import revised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
__all__ = ["officer", "pair"]  # fixtures


def test_consents_come_along_and_go_back(pair, officer):
    full, thin = pair
    shown = full.contacts.get(kind="whatsapp")
    assert shown.consent.profile == full.number

    made = merged(thin, full, officer, chosen={"contacts": "both"})

    there = thin.contacts.get(kind="whatsapp")
    assert (there.visibility, there.consent) == ("public", shown.consent)
    assert there.consent.profile == thin.number

    actions.undo_merge(made, actor=officer, at=MUCH_LATER)

    shown.refresh_from_db()
    assert (shown.visibility, shown.consent.profile) == ("public", full.number)
    assert not thin.contacts.filter(kind="whatsapp").exists()


def test_what_stays_after_an_undone_merge_is_not_shown_by_the_other_s_consent(pair, officer):
    full, thin = pair
    made = merged(thin, full, officer, chosen={"contacts": "both"})
    thin.refresh_from_db()
    revised(thin, replace(profile_of(thin), founded_year=2001), consenting=None)
    assert thin.contacts.get(kind="whatsapp").visibility == "public"

    actions.undo_merge(made, actor=officer, at=MUCH_LATER)

    stayed = thin.contacts.get(kind="whatsapp")
    assert (stayed.visibility, stayed.consent) == ("nobody", None)
    assert full.contacts.get(kind="whatsapp").visibility == "public"
    assert "+6281234567890" not in str(OpenProfile.objects.get(business=thin).content)


def test_a_consent_taken_back_after_a_merge_hides_the_contact_there(pair, officer):
    full, thin = pair
    merged(thin, full, officer, chosen={"contacts": "both"})
    consent = thin.contacts.get(kind="whatsapp").consent

    assert actions.withdraw_consent(consent, actor=officer, at=MUCH_LATER)

    assert thin.contacts.get(kind="whatsapp").visibility == "nobody"
    assert "+6281234567890" not in str(OpenProfile.objects.get(business=thin).content)
