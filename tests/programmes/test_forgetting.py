"""What of plans names or shows people goes: on their wish, with a firm, after five years."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from ifn.directory.handing import private_files
from ifn.programmes import of_person
from ifn.programmes.actions import erasing, following, visiting
from ifn.programmes.models import Action, ActionFile, ActionStep, Visit
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER, ON
from tests.factories.moderation import handed
from tests.factories.plans import action, mentor, partner
from tests.factories.programmes import officer, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def plan():
    """Return a participant whose plan says something, and who helps."""
    batch, [seat] = running(1)
    helper, place = mentor(batch, seat), partner(batch)
    one = action(seat, why="Siti belum punya acuan")
    following.tell_how(
        one,
        "done",
        words="Siti membelinya",
        given=handed(),
        side="firm",
        version=1,
        actor=None,
        at=LATER,
    )
    visiting.note_visit(
        seat,
        visiting.Seen(ON, "phone", "Siti senang", "Telepon lagi"),
        mentor=helper,
        key=uuid4(),
        actor=None,
        at=AT,
        today=ON,
    )
    return seat, helper, place


def words():
    return [
        *Action.objects.values_list("what", "why", "evidence"),
        *ActionStep.objects.values_list("words"),
        *Visit.objects.values_list("notes", "next_step"),
    ]


def test_with_a_firm_its_words_and_photos_go_and_that_something_was_done_stays(
    plan, django_capture_on_commit_callbacks
):
    seat, _helper, _place = plan
    kept = ActionFile.objects.get().file

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_registrations(None, seat.business, [], actor=officer(), at=LATER)

    assert "Siti" not in str(words())
    assert (ActionFile.objects.count(), private_files().exists(kept)) == (0, False)
    assert Action.objects.get().state == "done"
    assert Visit.objects.get().on == ON


def test_a_mentor_who_asks_is_forgotten_and_their_link_ends(plan):
    _seat, helper, place = plan

    gone = erasing.erase_registrations(
        None, None, [helper.email, place.email], actor=officer(), at=LATER
    )

    helper.refresh_from_db()
    place.refresh_from_db()
    assert gone == 2
    assert ("Laras" in helper.name, helper.email, helper.link_on) == (False, "", None)
    assert (place.name, place.email, place.link_on) == ("Desa Wisata", "", None)


def test_after_five_years_words_and_addresses_go(plan):
    _seat, helper, _place = plan

    first = erasing.forget_old(at=now() + timedelta(days=6 * 365))
    again = erasing.forget_old(at=now() + timedelta(days=6 * 365))

    helper.refresh_from_db()
    assert (first > 0, again, helper.email) == (True, 0, "")
    assert "Siti" not in str(words())


def test_the_copy_of_own_data_has_the_plan_and_the_visits(plan):
    seat, helper, _place = plan
    person = UserFactory(email=helper.email)
    seat.person = person
    seat.save()

    found = of_person.of_person(person)

    assert [one["what"] for one in found["action_plan"]] == ["Beli acuan baru"]
    assert [one["notes"] for one in found["visits"]] == ["Siti senang"]
    assert [one["name"] for one in found["helping"]] == ["Bu Laras"]
