"""A Dinas of another region meets a closed door at every address about a firm, whatever it sends.

The matrix says the same of empty forms; here they are filled in, and what a Dinas may open for its
own firms shows nothing of others.
"""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from ifn.assessments.models import Answer, Assessment
from ifn.programmes.models import Registration
from tests.access.test_matrix import ADDRESSES, LINES
from tests.access.things import THINGS, World
from tests.factories.accounts import RegionalOfficerFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO
from tests.factories.programmes import accepted, firm, joined, opened

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

#: Everything that forms about firms, assessments and registrations ask for, filled in.
SENT = {
    "mode": "visit",
    "assessed_on": "2026-08-03",
    "p-CUT_1": "4",
    "p-CUT_1-awal": "null",
    "u-CUT_1": "4",
    "approve": "1",
    "decision": "approve",
    "reason": "Sudah dilihat",
    "propose": "1",
    "withdraw": "1",
    "accept": "1",
    "name": "Orang Lain",
    "phone": "+628123450099",
    "present": "1",
    "state": "completed",
}
#: Of these rooms, what leads to a firm, what it answered or where it takes part.
THINGS_OF_FIRMS = {
    *("business", "assessment", "assessment key", "assessment photo", "assessment handed in"),
    *("own assessment", "batch registration", "own seat", "batch certificate"),
    *("own project", "own milestone", "own partner", "own guest", "own file", "own result"),
}
ROOMS = {"assessments", "programmes", "collaboration"}
#: Open to whoever has the link, or not about the firm that stands in the address.
OPEN = {"programmes:participant", "programmes:check-certificate"}


def closed():
    for room, line in LINES:
        is_about_a_firm = line.thing in THINGS_OF_FIRMS and line.address not in OPEN
        if room.partition("_")[0] in ROOMS and is_about_a_firm:
            yield pytest.param(line.address, line.thing, id=f"{line.address} {line.thing}")


CLOSED = list(closed())


def test_there_is_something_to_ask():
    assert len(CLOSED) >= 15


def everything():
    """Return what must not change."""
    return (
        set(Assessment.objects.values_list("pk", "state", "revision")),
        set(Answer.objects.values_list("question", "side", "value")),
        set(Registration.objects.values_list("pk", "state", "name", "business")),
    )


@pytest.mark.parametrize(("address", "thing"), CLOSED)
def test_a_dinas_of_another_region_is_turned_away(client, address, thing):
    world = World()
    values = THINGS[thing](world)
    wanted = reverse(address, kwargs={name: values[name] for name in ADDRESSES[address]})
    client.force_login(world.people["elsewhere"])
    before = everything()

    answers = [client.get(wanted), client.post(wanted, SENT)]

    turned_away = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    met = {answer.status_code for answer in answers} - {HTTPStatus.METHOD_NOT_ALLOWED}
    assert met
    assert met <= turned_away
    assert everything() == before
    assert all(world.business.name not in answer.content.decode() for answer in answers)


class TestABatchOfBothRegions:
    """The Dinas of a firm sees a batch elsewhere, and there its own firm alone."""

    @pytest.fixture
    def batch(self):
        return opened(quota=5, region_id=MOJOKERTO)

    @pytest.fixture
    def other(self, batch):
        return accepted(batch, firm("Milik Mojokerto", region=MOJOKERTO))

    @pytest.fixture
    def dinas(self, batch, other):
        assert other.batch_id == batch.pk
        joined(batch, firm("Milik Sidoarjo", region=SIDOARJO))
        client = Client()
        client.force_login(RegionalOfficerFactory(territory=[SIDOARJO]))
        return client

    def test_it_sees_its_own_firm_and_no_other(self, dinas, batch, other):
        shown = dinas.get(reverse("programmes:participants", args=[batch.code]))

        assert shown.status_code == HTTPStatus.OK
        assert "Milik Sidoarjo" in shown.content.decode()
        assert "Milik Mojokerto" not in shown.content.decode()
        one = reverse("programmes:registration", args=[batch.code, other.pk])
        assert dinas.get(one).status_code == HTTPStatus.FORBIDDEN
        for does in ("withdraw", "propose", "accept", "replace"):
            answer = dinas.post(one, {does: "1", "reason": "x"})
            assert answer.status_code == HTTPStatus.FORBIDDEN
        assert Registration.objects.get(pk=other.pk).state == "accepted"

    def test_it_registers_no_firm_of_another_region(self, dinas, batch):
        foreign = firm("Lain Mojokerto", region=MOJOKERTO)

        answer = dinas.post(
            reverse("programmes:register-firm", args=[batch.code]),
            {"number": foreign.number, "name": "Siti", "phone": ""},
        )

        assert answer.status_code == HTTPStatus.OK
        assert not Registration.objects.filter(business=foreign).exists()

    @pytest.mark.parametrize(
        "name", ["sessions", "attendance", "certificates", "budget", "partners", "quizzes"]
    )
    def test_what_the_office_keeps_of_a_batch_is_closed(self, dinas, batch, name):
        address = reverse(f"programmes:{name}", args=[batch.code])

        assert dinas.get(address).status_code == HTTPStatus.FORBIDDEN
        assert dinas.post(address, SENT).status_code in {
            HTTPStatus.FORBIDDEN,
            HTTPStatus.METHOD_NOT_ALLOWED,
        }

    def test_lists_of_needs_leave_other_regions_out(self, dinas):
        for name in ("overview", "by-need", "office", "find"):
            shown = dinas.get(reverse(f"assessments:{name}"), {"wilayah": MOJOKERTO}, follow=True)
            assert "Milik Mojokerto" not in shown.content.decode()
