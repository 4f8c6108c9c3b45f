"""The triggers of the room are there once all migrations ran, also where one rebuilt a table."""

import pytest
from django.db import connection

from ifn.collaboration import counting, guarding
from ifn.triggers import Keeping

pytestmark = pytest.mark.django_db


def wanted():
    """Return the names of the triggers that migrations create on this database."""
    for rule in {one.name: one for one in (*guarding.RULES, *counting.RULES)}.values():
        if isinstance(rule, Keeping):
            yield from (f"{rule.name}_{event.lower()}" for event, _does in rule.does)
        elif connection.vendor == "postgresql":
            yield rule.name
        else:
            yield from (f"{rule.name}_{event.lower()}" for event in rule.events)


def there():
    table = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(table[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def test_every_trigger_is_there():
    names = set(wanted())

    assert len(names) > 20
    assert names - there() == set()
