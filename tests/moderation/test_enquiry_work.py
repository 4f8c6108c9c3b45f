"""Letters that wait for the office stand on the one work list of the staff."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ifn.connections.actions import enquiries as actions
from ifn.connections.models import Letter
from ifn.moderation import work
from ifn.moderation.work import Wanted
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import AT, MOJOKERTO, SIDOARJO
from tests.factories.enquiries import FIRM, enquiry, firm, member, sent, visitor

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
LINKS = "www.a.id www.b.id www.c.id"
KINDS = ("held", "complaint", "number")


@pytest.fixture
def broker():
    return OfficerFactory(duties=["broker"])


def items(person, *kinds, at=AT, **wanted):
    return work.listed(person, Wanted(kinds=frozenset(kinds or KINDS), **wanted), at=at)


def held(region=MOJOKERTO, **options):
    return sent(firm(region=region), text=LINKS, **options)


def reported(region=MOJOKERTO):
    made = enquiry(firm(region=region))
    actions.complain(made, reason="fraud", words="", by=FIRM, at=AT)
    return made.letter


def number(region=MOJOKERTO):
    return sent(firm(region=region), asker=visitor(email="", phone="+6281200000001"))


class TestWhatWaits:
    @pytest.mark.parametrize(("kind", "made", "days"), [
        ("held", held, 1), ("complaint", reported, 3), ("number", number, 1),
    ])  # fmt: skip
    def test_each_says_who_wrote_and_is_due(self, broker, kind, made, days):
        letter = made()

        [item] = items(broker)

        assert (item.kind, item.subject) == (kind, letter.pk)
        assert item.title == (letter.person.name if letter.person else "Jane Buyer")
        assert item.due_at == AT + timedelta(days=days)
        assert item.in_region == MOJOKERTO

    def test_details_say_the_firm_the_reason_and_the_code(self, broker):
        held(), reported()
        code = number().proof_code

        found = {one.kind: one.detail for one in items(broker)}

        assert found == {"held": "Sol Jaya Abadi", "complaint": "fraud", "number": code}

    def test_decided_they_wait_no_more(self, broker):
        actions.release(held(), actor=broker, at=AT)
        actions.find_harmless(reported(), actor=broker, at=AT)
        actions.deny_number(number(), actor=broker, at=AT)
        actions.mark_spam(held(asker=member()), actor=broker, at=AT)

        assert items(broker) == []

    def test_what_was_erased_waits_no_more(self, broker):
        letter = held()
        actions.erase_enquiries(letter.person, [], actor=None, at=AT)

        assert items(broker) == []

    def test_a_letter_to_several_and_with_two_complaints_is_one(self, broker):
        asker = member()
        firms = [firm(name=f"Sol {n}") for n in range(3)]
        letter = sent(*firms, asker=asker)
        for one in letter.enquiries.all():
            actions.complain(one, reason="spam", words="", by=FIRM, at=AT)

        assert [one.subject for one in items(broker)] == [letter.pk]
        assert work.line(broker, Wanted(), at=AT).counts["complaint"] == 1

    def test_regions_and_delays_filter_them(self, broker):
        here, there = held(), held(SIDOARJO, asker=member())

        assert [one.subject for one in items(broker, region=SIDOARJO)] == [there.pk]
        late = items(broker, at=AT + timedelta(days=2), is_overdue=True)
        assert {one.subject for one in late} == {here.pk, there.pk}
        assert items(broker, at=AT, is_overdue=True) == []


class TestWhoseItIs:
    def test_brokers_data_officers_and_administrators_see_them(self, broker):
        held()
        data, verifier = OfficerFactory(duties=["data"]), OfficerFactory(duties=["verifier"])
        dinas = RegionalOfficerFactory(territory=[MOJOKERTO])

        assert [len(items(one)) for one in (broker, data, verifier, dinas)] == [1, 1, 0, 0]

    def test_a_broker_alone_has_a_list(self, client, broker):
        letter = held()
        client.force_login(broker)

        page = client.get(reverse("moderation:work"), {"jenis": "ditahan"}).content.decode()

        assert f"{reverse('connections:letter', args=[letter.pk])}?jenis=ditahan" in page
        assert letter.person.name in page

    def test_taken_they_are_somebodys(self, client, broker):
        letter = number()
        client.force_login(broker)
        client.post(reverse("moderation:take"), {"do": "take", "work": [f"number:{letter.pk}"]})

        assert [one.subject for one in items(broker, whose="mine")] == [letter.pk]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_many_wait(
    client, broker, many, django_assert_max_num_queries
):
    for n in range(many):
        held(asker=member())
        sent(asker=visitor(email="", phone=f"+628120000000{n}"))
    assert Letter.objects.count() == 2 * many
    client.force_login(broker)
    client.get(reverse("moderation:work"))

    with django_assert_max_num_queries(9):
        client.get(reverse("moderation:work"))
