"""Who stated what: one statement for what came at once, one apart for what changed since."""

from datetime import date

import pytest

from ifn.directory.models import Attribution
from ifn.directory.profile import ContactFact
from ifn.directory.provenance import Statement, by_field
from ifn.directory.whole import whole
from tests.factories.directory import profile, registered, revised

DAY, LATER_DAY = date(2026, 1, 2), date(2026, 3, 4)
WHOLE = Statement(Attribution.WHOLE, 1, "list", "Sentra 2025", DAY)
OWN = Statement("workers", 2, "self", "", LATER_DAY)


def test_the_whole_stands_for_all_fields_that_say_something_and_have_no_own_statement():
    found = {one.field: one for one in by_field(profile(workers=4, nib=""), [WHOLE, OWN])}

    assert found["workers"] == OWN
    assert (found["name"].label, found["name"].stated_on) == ("Sentra 2025", DAY)
    assert "nib" not in found


def test_what_nobody_is_known_to_have_stated_has_no_statement():
    assert by_field(profile(workers=4), [OWN]) == (OWN,)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_profile_entered_at_once_has_one_row_and_each_change_adds_its_own():
    business = registered(profile(workers=4))
    assert list(Attribution.objects.values_list("field", flat=True)) == [Attribution.WHOLE]

    revised(business, profile(workers=5, contacts=(ContactFact("phone", "+62321999888"),)))

    rows = Attribution.objects.filter(business=business).values_list("field", flat=True)
    assert set(rows) == {Attribution.WHOLE, "workers", "contacts"}
    assert {one.field for one in whole(business).statements} >= {"name", "workers", "contacts"}
