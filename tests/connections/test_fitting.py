"""People are told what newly fits: once, with the reason, a handful at most."""

from datetime import timedelta

import pytest

from ifn.connections.actions import fitting
from ifn.connections.actions.fitting import MOST_A_WEEK, NEW_FOR
from ifn.connections.models import Match, Opportunity
from ifn.directory.models import Membership
from ifn.mail.models import Message
from ifn.notices.actions import stop
from ifn.notices.kinds import MATCHES
from ifn.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, ON
from tests.factories.enquiries import firm
from tests.factories.opportunities import opened, owned
from tests.notices.test_digests import send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
DAY = timedelta(days=1)
REASONS = [
    ["role", 1.0, 40, ["PR_MAKLON"]],
    ["capacity", 1.0, 20, [2000, 500]],
    ["materials", None, 10, []],
    ["distance", 0.8, 5, [12]],
]


def fits(opportunity, business, score=80.0, at=AT, **changes):
    given = {"position": 0, "reasons": REASONS, "hindrance": None}
    return Match.objects.create(
        opportunity=opportunity, business=business, score=score, made_at=at, **given | changes
    )


def look(at=AT, on=ON):
    last = 0
    while last is not None:
        last = fitting.tell_of_opportunities(last, on=on, at=at)


def about():
    return Notice.objects.filter(words="matches.opportunity").order_by("pk")


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def workshop(owner):
    return firm(owner=owner, name="Jahit Rapi")


class TestOpportunities:
    def test_a_member_reads_in_the_digest_why_it_fits(self, workshop):
        made = opened()
        fits(made, workshop)

        look()
        send_all(AT + 8 * DAY)

        text = Message.objects.get().text
        assert f"Cocok untuk Jahit Rapi: {made.title_id}" in text
        assert "Alasan cocok: " in text
        assert "12 km" in text
        assert "2.000" not in text  # that reason speaks to whoever asks
        assert "yang Anda kelola" in text
        assert f"/peluang/{made.number}" in text

    def test_once_for_each_match_also_when_it_is_found_anew(self, workshop):
        made = opened()
        fits(made, workshop)
        look()
        Match.objects.all().delete()
        fits(made, workshop, at=AT + DAY)

        look(AT + DAY)
        look(AT + 10 * DAY)

        assert about().count() == 1

    def test_a_handful_a_week_the_best_first(self, workshop):
        others = [owned(name=f"Merek {n}") for n in range(MOST_A_WEEK + 2)]
        made = [opened(*one, title_id=f"Cari {n}") for n, one in enumerate(others)]
        for place, one in enumerate(made):
            fits(one, workshop, score=50.0 + place)

        look()
        look(AT + DAY)
        titles = [one.values["title"]["id"] for one in about()]
        assert titles == [f"Cari {n}" for n in range(MOST_A_WEEK + 1, 1, -1)]

        look(AT + 8 * DAY)
        assert about().count() == MOST_A_WEEK + 2

    @pytest.mark.parametrize("state", ["filled", "withdrawn", "expired"])
    def test_what_is_over_is_told_to_nobody(self, workshop, state):
        made = opened()
        fits(made, workshop)
        Opportunity.objects.filter(pk=made.pk).update(state=state)

        look()

        assert not about().exists()

    def test_what_nearly_fits_is_old_or_one_s_own_is_not_told(self, owner, workshop):
        fits(opened(), workshop, hindrance=["capacity", [1, 2]])
        fits(opened(*owned(name="Merek A")), workshop, at=AT - NEW_FOR - DAY)
        own, _other = owned(name="Merek B")
        Membership.objects.create(business=own, person=owner, role="viewer", since=AT)
        fits(opened(own, UserFactory()), workshop)

        look()

        assert not about().filter(person=owner).exists()

    def test_what_fits_two_businesses_of_one_person_is_told_once(self, owner, workshop):
        second = firm(owner=owner, name="Jahit Halus")
        made = opened()
        fits(made, workshop, score=60.0)
        fits(made, second, score=90.0, position=1)

        look()

        assert about().get().values["firm"] == "Jahit Halus"

    def test_who_stopped_it_finds_it_on_the_site(self, owner, workshop):
        stop(owner, MATCHES, at=AT)
        fits(opened(), workshop)

        look()
        send_all(AT + 8 * DAY)

        assert about().get().mailing == "none"
        assert not Message.objects.exists()

    @pytest.mark.parametrize("count", [1, 3])
    def test_looking_costs_the_same_however_many_were_told(
        self, workshop, count, django_assert_num_queries
    ):
        for number in range(count):
            fits(opened(*owned(name=f"Merek {number}")), workshop)
        look()

        # savepoint, businesses, matches, the vocabulary, people, what is theirs, what was told,
        # release
        with django_assert_num_queries(8):
            fitting.tell_of_opportunities(0, on=ON, at=AT)


class TestFirms:
    def tell(self, at=AT):
        return fitting.tell_of_firms(0, on=ON, at=at)

    def test_who_posted_is_told_how_many_fit_once(self):
        business, poster = owned(name="Merek A")
        made = opened(business, poster)
        Opportunity.objects.update(matched_version=made.version)
        for place in range(7):
            fits(made, firm(name=f"Jahit {place}"), position=place)
        fits(made, firm(name="Hampir"), position=8, hindrance=["capacity", [1, 2]])

        self.tell()
        self.tell(AT + DAY)

        notice = Notice.objects.get(words="matches.firms")
        assert (notice.person, notice.values["count"], notice.more) == (poster, 7, 2)
        assert [item["text"] for item in notice.items] == [f"Jahit {n}" for n in range(5)]
        assert notice.address == f"/saya/peluang/{made.number}"

    def test_nobody_is_told_of_nobody(self):
        made = opened()
        Opportunity.objects.update(matched_version=made.version)

        assert self.tell() == made.pk
        assert not Notice.objects.exists()
