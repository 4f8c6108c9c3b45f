from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.audit.models import AppendOnly, Entry
from ifn.audit.protection import upkeep

AT = datetime(2023, 8, 5, 3, tzinfo=UTC)


@pytest.fixture
def entry(db):
    person = User.objects.create(name="Sari", email="sari@example.com", joined_at=AT)
    return record("accounts.user.joined", person, actor=None, at=AT)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_model_refuses_to_change_or_remove(entry):
    for forbidden in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(event="other"),
    ):
        with pytest.raises(AppendOnly):
            forbidden()

    assert Entry.objects.get().event == "accounts.user.joined"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET event = 'other'", "DELETE FROM audit_entry"],
)
def test_the_database_refuses_to_change_or_remove(entry, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement)

    assert Entry.objects.get().event == "accounts.user.joined"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_sqlite_refuses_to_replace(entry):
    with pytest.raises(DatabaseError, match="append-only"):
        run("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
@pytest.mark.django_db(transaction=True)
def test_postgresql_refuses_to_truncate(entry):
    with pytest.raises(DatabaseError, match="append-only"):
        run("TRUNCATE audit_entry")


def test_upkeep_opens_the_door_and_closes_it_again(entry):
    with upkeep("retention"):
        run("DELETE FROM audit_entry")

    assert not Entry.objects.exists()
    record("accounts.user.joined", User.objects.get(), actor=None, at=AT)
    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM audit_entry")


def test_upkeep_that_fails_leaves_the_door_closed(entry):
    with pytest.raises(RuntimeError), upkeep("retention"):
        raise RuntimeError

    with pytest.raises(DatabaseError, match="append-only"):
        run("DELETE FROM audit_entry")


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_record_too(entry):
    call_command("flush", interactive=False, inhibit_post_migrate=True)

    assert not Entry.objects.exists()


def test_a_person_in_the_record_cannot_be_deleted(entry):
    person = User.objects.get()
    record("accounts.user.renamed", person, actor=person, at=AT)

    with pytest.raises(Exception, match="protected"):
        person.delete()
