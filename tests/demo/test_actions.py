from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.audit.models import Entry
from ifn.connections.models import Enquiry, Letter
from ifn.demo import actions
from ifn.demo.people import SIGN_INS
from ifn.directory import actions as directory
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
    Verification,
)
from ifn.directory.search import Filters, find
from ifn.directory.verified import TOPICS
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from ifn.regions.queries import all_regions
from ifn.textsearch.models import Document
from tests.factories.directory import full_profile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def load(**more):
    return actions.load_network(at=AT, today=TODAY, **more)


def demo(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def found(text):
    return [
        row.content["slug"] for row in find(Filters(text=text), all_regions(), localdate()).rows
    ]


def a_real_business():
    source = directory.source_named("self", "Langkah Sejati")
    return directory.register(
        full_profile(name="Langkah Sejati"), source=source, stated_on=TODAY, actor=None, at=AT
    )


def test_the_network_is_listed_marked_as_demo_and_found_at_once():
    count = load()

    assert count == 118
    assert Business.objects.listed().filter(is_demo=True).count() == 118
    assert Listing.objects.filter(content__demo=True).count() == 118
    assert set(Attribution.objects.values_list("source__kind", flat=True)) == {"demo"}
    assert found("klebut kayu mojokerto")[0] == "klebut-karya"


def test_every_picture_has_its_drawing_in_the_store():
    load()

    names = list(Picture.objects.values_list("file", flat=True))
    assert len(names) == len(set(names)) > 200
    assert all(default_storage.exists(name) for name in names)
    with default_storage.open(names[0]) as file:
        assert file.read().startswith(b"<svg ")


def test_some_are_verified_some_of_it_expired_and_each_has_its_paper():
    load()

    checks = list(Verification.objects.select_related("business"))
    states = Counter(check.state_on(TODAY) for check in checks)
    offices = {check.office_id for check in checks if check.topic != "place"}
    assert states["valid"] > states["expired"] > 5
    assert {check.topic for check in checks} == set(TOPICS)
    assert offices == {None}
    assert {check.business.kind for check in checks} == {"business"}
    for check in checks:
        assert storages["private"].exists(check.evidence)
    known = find(Filters(chosen={"verified": ("place",)}), all_regions(), TODAY)
    assert known.total == sum(
        check.topic == "place" and check.expires_on >= TODAY for check in checks
    )


def test_loading_twice_is_loading_once(django_assert_num_queries):
    load()
    before = list(Business.objects.order_by("pk").values_list("pk", "number", "version"))

    with django_assert_num_queries(1):
        assert load() == 0

    assert list(Business.objects.order_by("pk").values_list("pk", "number", "version")) == before


def test_a_larger_network_goes_on_where_the_smaller_one_stopped():
    load()

    added = load(businesses=150)

    assert added == 32
    assert Business.objects.filter(is_demo=True).count() == 150
    assert Picture.objects.filter(file__contains="/pool-").exists()


def test_a_smaller_network_than_is_there_is_refused():
    load(businesses=130)

    with pytest.raises(actions.AnotherSizeIsLoaded):
        load()

    assert Business.objects.count() == 130


def test_demo_people_sign_in_with_what_is_printed():
    signed_in = [
        authenticate(None, identifier=one.email, password=one.password)
        for one in actions.let_people_in(at=AT)
    ]

    assert [person.role for person in signed_in] == [
        "officer",
        "administrator",
        "regional",
        "member",
    ]
    assert all(person.is_demo for person in signed_in)
    assert len(actions.let_people_in(at=AT)) == User.objects.count() == 4


def test_no_demo_person_enters_a_production_platform(settings):
    settings.PRODUCTION = True

    with pytest.raises(actions.DemoPeopleInProduction):
        actions.let_people_in(at=AT)

    assert not User.objects.exists()


def test_removal_leaves_nothing_demo_behind_and_all_else_as_it_was():
    real = a_real_business()
    person = User.objects.create(name="Sari", email="sari@example.org", joined_at=AT)
    rows = {model: model.objects.count() for model in (Business, Capability, Contact, Certificate)}
    rows |= {model: model.objects.count() for model in (Brand, Picture, Attribution, Listing)}
    load()
    actions.let_people_in(at=AT)

    removed = actions.remove_all(at=AT)

    assert removed == actions.Removed(businesses=118, people=4, closed=0)
    assert {model: model.objects.count() for model in rows} == rows
    assert list(User.objects.all()) == [person]
    assert Document.objects.filter(is_removed=False).count() == 1
    assert found("langkah") == [real.slug]
    assert found("klebut kayu") == []
    real.refresh_from_db()
    assert real.version == 1


def test_the_demo_network_asks_and_answers_once_and_writes_to_nobody():
    load()
    assert actions.write_enquiries(at=AT) == 0  # nobody is let in who could ask
    actions.let_people_in(at=AT)

    assert actions.load_opportunities(at=AT, today=TODAY)
    assert actions.write_enquiries(at=AT) == Enquiry.objects.count() == 35
    assert actions.write_enquiries(at=AT) == 0

    states = set(Enquiry.objects.values_list("state", flat=True))
    happened = {"sent", "seen", "declined", "expired", "contacted", "negotiating", "agreed"}
    assert happened | {"withdrawn"} <= states
    assert Enquiry.objects.filter(letter__opportunity__isnull=False).count() == 6
    assert Enquiry.objects.filter(is_unnamed=True).count() == 2
    run_due(AT + timedelta(days=1))
    assert not Message.objects.exists()
    actions.remove_all(at=AT)
    assert not Letter.objects.exists()


def test_a_demo_person_whose_deeds_are_on_record_is_closed_out_and_can_be_let_in_again():
    actions.let_people_in(at=AT)
    officer = User.objects.get(role="officer")
    record("demo.something.done", officer, actor=officer, at=AT)

    removed = actions.remove_all(at=AT)

    assert removed == actions.Removed(businesses=0, people=3, closed=1)
    sign_in = SIGN_INS[0]
    assert authenticate(None, identifier=sign_in.email, password=sign_in.password) is None
    assert Entry.objects.filter(actor=officer).exists()
    actions.let_people_in(at=AT)
    assert authenticate(None, identifier=sign_in.email, password=sign_in.password) == officer
    events = Entry.objects.filter(subject=f"accounts.User:{officer.pk}").order_by("pk")
    assert list(events.values_list("event", flat=True)) == [
        "accounts.person.created",
        "accounts.duties.given",
        "demo.something.done",
        "accounts.person.deactivated",
        "accounts.person.reactivated",
    ]
    assert Entry.objects.filter(event="accounts.person.removed").count() == 3


def test_the_command_loads_once_and_prints_the_sign_ins():
    first, second = demo(), demo()

    assert "Loaded 118 demo businesses" in first
    assert "loaded already" in second
    for sign_in in SIGN_INS:
        assert f"{sign_in.email:22}  {sign_in.password}" in second


def test_the_command_loads_a_network_of_another_size_and_says_how_many():
    assert "Loaded 140 demo businesses" in demo("--businesses", "140")

    with pytest.raises(CommandError, match="140 demo businesses are loaded"):
        demo()


def test_the_command_creates_no_people_in_production(settings):
    settings.PRODUCTION = True

    printed = demo()

    assert "No demo people" in printed
    assert not any(sign_in.password in printed for sign_in in SIGN_INS)
    assert not User.objects.exists()


def test_the_command_removes_everything():
    demo()

    printed = demo("--remove")

    assert "Removed 118 demo businesses and 2 demo people" in printed
    assert "2 demo people did things that are on record" in printed
    assert not User.objects.filter(is_active=True).exists()
    assert not Business.objects.exists()
    assert not Letter.objects.exists()
    assert not Source.objects.exclude(kind="demo").exists()


def test_a_negative_number_of_businesses_is_refused():
    with pytest.raises(CommandError, match="negative"):
        demo("--businesses", "-5")
