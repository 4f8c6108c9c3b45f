"""Duties of officers and territories of regional officers."""

from datetime import UTC, datetime
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ifn.accounts import actions
from ifn.accounts.models import Duty, Territory, User
from ifn.audit.models import Entry
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def fresh(person):
    return User.objects.get(pk=person.pk)


def test_an_officer_has_exactly_the_duties_given():
    officer = OfficerFactory(duties=["data", "events"])

    actions.give_duties(officer, ["data", "broker"], actor=None, at=AT, reason="Pindah meja")

    assert fresh(officer).duties == {"data", "broker"}
    entry = Entry.objects.get(event="accounts.duties.given")
    assert entry.changes == {"duties": [["data", "events"], ["broker", "data"]]}
    assert entry.reason == "Pindah meja"


def test_only_officers_have_duties_and_only_regional_officers_a_territory():
    with pytest.raises(actions.NotAnOfficer):
        actions.give_duties(UserFactory(), ["data"], actor=None, at=AT)
    with pytest.raises(actions.NotARegionalOfficer):
        actions.give_territory(OfficerFactory(), ["52"], actor=None, at=AT)


def test_a_regional_officer_works_for_exactly_the_regions_given():
    person = RegionalOfficerFactory(territory=["52.03"])

    actions.give_territory(person, ["52.03", "52.02"], actor=None, at=AT)

    assert fresh(person).territory == {"52.03", "52.02"}
    with pytest.raises(actions.UnknownRegion, match=r"99\.99"):
        actions.give_territory(person, ["52.03", "99.99"], actor=None, at=AT)
    assert fresh(person).territory == {"52.03", "52.02"}


def test_another_role_ends_duties_and_territory():
    officer, regional = OfficerFactory(), RegionalOfficerFactory(territory=["52"])

    for person in (officer, regional):
        actions.change_role(person, role="member", actor=None, at=AT, reason="Selesai")

    assert not Duty.objects.exists()
    assert not Territory.objects.exists()
    assert (fresh(officer).duties, fresh(regional).territory) == (frozenset(), frozenset())


def test_the_database_keeps_duties_and_territories_right():
    person = OfficerFactory(duties=["data"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(person=person, kind="data")
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(person=person, kind="sleeping")
    Territory.objects.create(person=person, region_id="52")
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.create(person=person, region_id="52")


def test_officers_from_before_keep_all_their_work():
    officer, member = OfficerFactory(duties=[]), UserFactory()

    import_module("ifn.accounts.migrations.0003_officers_keep_their_work").give_all_duties(
        apps, None
    )

    assert fresh(officer).duties == set(Duty.Kind.values)
    assert not fresh(member).duties


def person(monkeypatch, *words):
    monkeypatch.setattr("sys.stdin", StringIO("sol karet dari Mojokerto\n"))
    call_command("person", *words, stdout=StringIO())


def add(monkeypatch, *words):
    person(
        monkeypatch,
        "add",
        "--name",
        "Lalu",
        "--email",
        "lalu@contoh.example",
        "--password-stdin",
        *words,
    )
    return User.objects.get(email="lalu@contoh.example")


def test_the_command_gives_an_officer_all_duties_or_those_named(monkeypatch):
    assert add(monkeypatch, "--role", "officer").duties == set(Duty.Kind.values)

    person(
        monkeypatch, "role", "lalu@contoh.example", "officer", "--reason", "x", "--duty", "events"
    )

    assert User.objects.get(email="lalu@contoh.example").duties == {"events"}


def test_the_command_gives_a_regional_officer_a_territory(monkeypatch):
    found = add(monkeypatch, "--role", "regional", "--region", "52.03", "--region", "52.02")

    assert found.territory == {"52.03", "52.02"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--role", "regional"], "for which regions"),
        (["--role", "regional", "--region", "99"], "no region with the code 99"),
        (["--role", "member", "--region", "52"], "Only a regional officer"),
        (["--role", "member", "--duty", "data"], "Only an officer"),
    ],
)
def test_the_command_refuses_a_scope_that_fits_no_role(monkeypatch, words, message):
    with pytest.raises(CommandError, match=message):
        add(monkeypatch, *words)
    assert not User.objects.exists()
