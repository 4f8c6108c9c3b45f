"""What was shown before consent was recorded: kept where the firm itself showed it, else hidden."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories.directory import AT

BEFORE, AFTER = "0012_contact_consent", "0014_contact_shown_with_consent"


def migrated_to(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("directory", name)])
    executor.loader.build_graph()
    return executor.loader.project_state([("directory", name)]).apps


@pytest.fixture
def before():
    """Return the models as they were, and bring everything up to date again at the end."""
    yield migrated_to(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())  # rooms above went back, too


@pytest.mark.django_db(transaction=True)
def test_contacts_shown_by_the_firm_stay_and_others_are_hidden(before):
    def shown(number, source_kind, *, is_demo=False, visibility="public"):
        business = before.get_model("directory", "Business").objects.create(
            number=number, slug="sol", name="Sol", status="listed", is_demo=is_demo,
            created_at=AT, updated_at=AT,
        )  # fmt: skip
        source = before.get_model("directory", "Source").objects.create(
            kind=source_kind, label=number
        )
        before.get_model("directory", "Attribution").objects.create(
            business=business, field="contacts", source=source, stated_on=date(2025, 3, 4)
        )
        contact = before.get_model("directory", "Contact")
        contact.objects.create(
            business=business, kind="phone", value="+62321555123", visibility=visibility
        )
        contact.objects.create(
            business=business, kind="website", value="https://sol.example", visibility="public"
        )
        before.get_model("directory", "OpenProfile").objects.create(business=business, content="{}")

    shown("AAAAAA", "self")
    shown("BBBBBB", "assisted", visibility="members")
    shown("CCCCCC", "officer")
    shown("DDDDDD", "demo", is_demo=True)

    after = migrated_to(AFTER)

    contacts = after.get_model("directory", "Contact").objects.filter(kind="phone")
    found = {
        one.business.number: (
            one.visibility,
            one.consent and (one.consent.how, one.consent.purpose, one.consent.version),
        )
        for one in contacts.select_related("business", "consent")
    }
    assert found == {
        "AAAAAA": ("public", ("before", "contact_public", 0)),
        "BBBBBB": ("members", ("before", "contact_members", 0)),
        "CCCCCC": ("nobody", None),
        "DDDDDD": ("public", ("demo", "contact_public", 0)),
    }
    given = contacts.get(business__number="AAAAAA").consent
    assert given.given_at == datetime(2025, 3, 3, 17, tzinfo=UTC)
    assert (given.profile, given.field, given.value) == ("AAAAAA", "phone", "+62321555123")
    sites = after.get_model("directory", "Contact").objects.filter(kind="website")
    assert set(sites.values_list("visibility", flat=True)) == {"public"}
    kept = after.get_model("directory", "OpenProfile").objects.values_list("business__number")
    assert {number for (number,) in kept} == {"AAAAAA", "BBBBBB", "DDDDDD"}
