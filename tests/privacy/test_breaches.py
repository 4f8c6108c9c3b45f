"""A breach has 72 hours from being noticed; what is written about it is never changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from ifn.mail.models import Message
from ifn.privacy.actions import breaches
from ifn.privacy.models import Breach, BreachEntry
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.factories.directory import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = OfficerFactory(name="Sri", email="sri@kantor.example", duties=["data"])
    client.force_login(person)
    return person


@pytest.fixture
def breach(officer):
    return breaches.enter_breach(
        "Laptop hilang", "Dicuri", noticed_at=AT - timedelta(hours=2), actor=officer, at=AT
    )


def add(breach, kind, officer, **options):
    return breaches.add_entry(breach, kind, "x", actor=officer, at=AT, **options)


def test_its_clock_runs_from_when_it_was_noticed(breach):
    assert breach.due_at == AT + timedelta(hours=70)


def test_it_is_closed_once_both_were_told(breach, officer):
    add(breach, "data", officer, people=120)
    for told in ("authority", "people"):
        with pytest.raises(breaches.NotToldYet):
            add(breach, "closed", officer)
        add(breach, told, officer)

    add(breach, "closed", officer)

    with pytest.raises(breaches.Closed):
        add(breach, "measure", officer)
    breach.refresh_from_db()
    assert (breach.authority_told_at, breach.people_told_at, breach.closed_at) == (AT, AT, AT)


def test_an_entry_says_something_and_is_never_changed(breach, officer):
    with pytest.raises(breaches.WordsMissing):
        breaches.add_entry(breach, "data", " ", actor=officer, at=AT)
    entry = BreachEntry.objects.get()

    with pytest.raises(ValueError, match="never changed"):
        entry.save()
    with pytest.raises(ValueError, match="never removed"):
        entry.delete()
    rows = BreachEntry.objects.filter(pk=entry.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(text="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM privacy_breachentry")


@pytest.mark.parametrize("broken", [{"closed_at": AT}, {"due_at": AT - timedelta(days=9)}])
def test_the_database_refuses_what_must_not_be(breach, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(**broken)


class TestReminding:
    def test_those_on_duty_are_reminded_once_a_day_before(self, breach):
        administrator = AdministratorFactory(email="a@kantor.example")
        OfficerFactory(email="lain@kantor.example", duties=["events"])
        day_before = breach.due_at - timedelta(hours=24)

        assert breaches.remind(at=day_before - timedelta(seconds=1)) == 0
        assert breaches.remind(at=day_before) == 2
        assert breaches.remind(at=day_before + timedelta(hours=1)) == 0

        told = set(Message.objects.values_list("to", flat=True))
        assert told == {"sri@kantor.example", administrator.email}

    def test_nobody_is_reminded_of_what_was_told(self, breach, officer):
        add(breach, "authority", officer)
        add(breach, "people", officer)

        assert breaches.remind(at=breach.due_at) == 0


class TestPages:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_costs_the_same_however_long(
        self, client, officer, django_assert_num_queries, rows
    ):
        for number in range(rows):
            breaches.enter_breach(f"Bocor {number}", "x", noticed_at=AT, actor=officer, at=AT)
        client.get(self.page("breaches"))

        with django_assert_num_queries(3):
            html = client.get(self.page("breaches")).content.decode()

        assert html.count("Bocor ") == rows

    def page(self, name, *arguments):
        with translation.override("en"):
            return reverse(f"privacy:{name}", args=arguments)

    def test_an_officer_enters_one_and_adds_to_it(self, client, officer):
        sent = {"title": "Surel salah alamat", "text": "Satu daftar"}
        answer = client.post(self.page("breaches"), sent, follow=True)
        made = Breach.objects.get()
        assert (made.entered_by, made.title) == (officer, "Surel salah alamat")
        assert "2 days 23 hours left" in answer.content.decode()

        address = self.page("breach", made.pk)
        early = client.post(address, {"kind": "closed", "text": "x"}, follow=True)
        assert "Note first that the authority" in early.content.decode()
        client.post(address, {"kind": "data", "text": "Nama", "people": "12"})

        html = client.get(address).content.decode()
        assert "12 people" in html
        assert "Surel salah alamat" in client.get(self.page("breaches")).content.decode()

    @pytest.mark.usefixtures("officer")
    def test_what_was_noticed_later_than_now_is_refused(self, client):
        later = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

        client.post(self.page("breaches"), {"title": "x", "text": "x", "noticed_at": later})

        assert not Breach.objects.exists()
