import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ifn.accounts.models import User
from ifn.audit.actions import Happening, changes, encoded, masked, record, record_many
from ifn.audit.models import Entry
from ifn.audit.queries import history_of

FIFTH = datetime(2023, 8, 5, 3, tzinfo=UTC)
SIXTH = datetime(2023, 8, 6, 3, tzinfo=UTC)


@pytest.fixture
def person():
    return User.objects.create(name="Sari Wulandari", email="sari@example.com", joined_at=FIFTH)


@pytest.mark.django_db
def test_record_keeps_who_what_when_why_and_the_fields_that_changed(person):
    record(
        "accounts.user.promoted",
        person,
        actor=person,
        at=SIXTH,
        reason="Joined the office.",
        before={"role": "member", "is_active": True},
        after={"role": "officer", "is_active": True},
        source="letter",
    )

    entry = history_of(person).get()
    assert (entry.event, entry.subject) == ("accounts.user.promoted", f"accounts.User:{person.pk}")
    assert (entry.actor, entry.happened_at, entry.reason) == (person, SIXTH, "Joined the office.")
    assert entry.changes == {"role": ["member", "officer"]}
    assert entry.details == {"source": "letter"}


@pytest.mark.django_db
def test_record_knows_no_actor_when_the_platform_acts(person):
    record("accounts.user.reminded", person, actor=None, at=SIXTH)

    assert history_of(person).get().actor is None


@pytest.mark.django_db
def test_history_comes_newest_first_and_is_only_the_subjects_own(person):
    other = User.objects.create(name="Budi", email="budi@example.com", joined_at=FIFTH)
    record("first", person, actor=None, at=FIFTH)
    record("third", person, actor=None, at=SIXTH)
    record("fourth", person, actor=None, at=SIXTH)
    record("elsewhere", other, actor=None, at=SIXTH)

    assert [entry.event for entry in history_of(person)] == ["fourth", "third", "first"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_history_with_its_people_costs_one_query(person, count, django_assert_num_queries):
    for _ in range(count):
        record("seen", person, actor=person, at=FIFTH)

    with django_assert_num_queries(1):
        assert [entry.actor.name for entry in history_of(person)] == ["Sari Wulandari"] * count


@pytest.mark.django_db
def test_a_field_marked_private_keeps_only_a_digest(person, monkeypatch):
    monkeypatch.setattr(User, "audit_private", frozenset({"phone"}), raising=False)

    record(
        "accounts.user.moved",
        person,
        actor=person,
        at=FIFTH,
        before={"phone": "+6281234567890", "role": "member"},
        after={"phone": "+6281234567899", "role": "officer"},
    )

    entry = history_of(person).get()
    assert "8123456" not in json.dumps(entry.changes)
    assert entry.changes["phone"] == [masked("+6281234567890"), masked("+6281234567899")]
    assert entry.changes["role"] == ["member", "officer"]


@pytest.mark.django_db
def test_record_many_writes_every_line_in_few_queries(person, django_assert_max_num_queries):
    lines = (
        Happening(event="loaded", subject=person, after={"row": n}, details={"list": "osh"})
        for n in range(1_200)
    )

    with django_assert_max_num_queries(20):
        written = record_many(lines, actor=person, at=FIFTH)

    assert written == 1_200
    assert history_of(person).count() == 1_200
    assert history_of(person).latest("pk").changes == {"row": [None, 1_199]}


@pytest.mark.django_db
def test_record_refuses_a_subject_that_was_never_saved():
    with pytest.raises(ValueError, match="unsaved"):
        record("accounts.user.joined", User(name="Nobody"), actor=None, at=FIFTH)


@pytest.mark.django_db
def test_what_a_database_cannot_hold_is_replaced_not_refused(person):
    record("x", person, actor=None, at=FIFTH, reason="a\0b", after={"story": "c\0\ud800d"})

    entry = Entry.objects.get()
    assert entry.reason == "a\ufffdb"
    assert entry.changes == {"story": [None, "c\ufffd?d"]}


def test_changes_leave_out_what_only_looks_different():
    before = {"pairs": Decimal("1.0"), "roles": {"b", "a"}, "gone": 1, "same": None}
    after = {"pairs": Decimal("1.00"), "roles": ["a", "b"], "new": date(2024, 5, 1), "same": None}

    assert changes(before, after) == {"gone": [1, None], "new": [None, "2024-05-01"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.50"), "1.50"),
        (FIFTH, "2023-08-05T03:00:00Z"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (float("nan"), "nan"),
        (User(pk=7), 7),
        ({"b": (1, {"x"})}, {"b": [1, ["x"]]}),
    ],
)
def test_values_are_stored_as_plain_json(value, expected):
    assert encoded(value) == expected


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(), SCALARS, max_size=2)
FIELDS = st.dictionaries(st.text(min_size=1, max_size=3), VALUES, max_size=4)


@hypothesis_settings(deadline=None)  # other work may share the machine
@given(FIELDS, FIELDS)
def test_changes_are_always_json_and_empty_without_change(before, after):
    found = changes(before, after)

    assert changes(before, before) == {}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_mask_tells_equal_from_different_and_empty_from_filled():
    assert masked("+6281234567890") == masked("+6281234567890") != masked("+6281234567891")
    assert masked("") == ""
    assert masked(None) is None


def test_a_mask_depends_on_the_installations_secret(settings):
    here = masked("+6281234567890")
    settings.SECRET_KEY = "another"  # noqa: S105

    assert masked("+6281234567890") != here
