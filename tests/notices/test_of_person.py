"""What is kept about a person here: copied for them, and erased."""

import json

import pytest

from ifn.audit.models import Entry
from ifn.notices.actions import erase_mentions, erase_notices, wish
from ifn.notices.kinds import FOLLOWING
from ifn.notices.models import Digest, Notice, Often, Wish
from ifn.notices.of_person import of_person
from ifn.privacy.gathering import TITLES, gathered
from ifn.privacy.models import DataRequest
from ifn.privacy.steps import PLANS, steps_for
from ifn.privacy.subjects import Subject
from tests.factories.accounts import UserFactory
from tests.factories.directory import profile, registered
from tests.factories.notices import MONDAY_ROUND, THURSDAY, told
from tests.notices.test_digests import send_all

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture
def person():
    person = UserFactory(language="en")
    wish(person, {FOLLOWING: Often.DAILY}, actor=person, at=THURSDAY)
    told(person)
    told(UserFactory())
    send_all(MONDAY_ROUND)
    return person


def test_the_copy_has_it_in_the_persons_words(person):
    kept = of_person(person)

    [notice] = kept["notices"]
    assert (notice["title"], notice["about"], notice["mailing"]) == (
        "3 new profiles in “Sol”",
        ["Sol Jaya, Mojokerto"],
        "mailed",
    )
    assert [(one["kind"], one["often"]) for one in kept["wishes"]] == [(FOLLOWING, "daily")]
    assert set(kept) <= set(TITLES)
    assert gathered(person)["notices"] == kept["notices"]


def test_erasing_a_person_takes_all_of_it_and_nothing_of_others(person):
    assert erase_notices(person, actor=None, at=MONDAY_ROUND) == 3
    assert erase_notices(person, actor=None, at=MONDAY_ROUND) == 0

    assert Notice.objects.count() == Digest.objects.count() == 1
    assert not Wish.objects.exists()
    assert Entry.objects.filter(event="notices.erased").count() == 1


def test_a_person_who_is_removed_takes_it_along():
    person = UserFactory()
    told(person)
    send_all(MONDAY_ROUND)

    person.delete()

    assert Notice.objects.count() == Digest.objects.count() == 0


def test_requests_for_erasure_ask_this_room(person):
    subject = Subject(person, None, (person.email,))

    keys = [plan.key for plan in steps_for(DataRequest.Kind.ERASURE, subject)]

    assert keys.index("follows") < keys.index("notices") < keys.index("account")
    assert PLANS["notices"].run(subject, person, MONDAY_ROUND) == 3


def test_erasing_a_profile_takes_its_name_out_of_what_others_were_told():
    person, business = UserFactory(), registered(profile(name="Bu Ratna Sol"))
    path, other = f"/usaha/{business.number}", ("Sol Lain", "/usaha/7K3MS")
    several = told(person, "several", items=[("Bu Ratna Sol", path), other])
    told(person, "only", address=path)
    untouched = told(person, "other", items=[other])
    subject = Subject(None, business, ())

    PLANS["profile"].run(subject, person, MONDAY_ROUND)

    several.refresh_from_db()
    assert several.items == [{"text": "Sol Lain", "address": "/usaha/7K3MS"}]
    assert set(Notice.objects.filter(person=person)) == {several, untouched}
    assert "Ratna" not in json.dumps(list(Notice.objects.values_list("items", "values")))
    assert erase_mentions(path) == 0
