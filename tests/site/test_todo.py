"""What a person has to do: what presses most comes first, from every room, in few queries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from ifn.connections.models import Opportunity
from ifn.directory import actions as directory
from ifn.directory.models import Business, Certificate, Draft, Membership
from ifn.site.todo import Todo, most_pressing
from ifn.vocabulary.models import Term
from tests.factories import enquiries
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, MOJOKERTO, full_profile, profile, registered, verified
from tests.factories.moderation import waiting_claim
from tests.factories.opportunities import begun
from tests.factories.programmes import joined
from tests.factories.programmes import opened as programme

TODAY = date(2026, 11, 26)
HERE = Todo(about="x", step="x", address="/", icon="check")


def due(days, **more):
    return replace(HERE, due_on=TODAY + timedelta(days=days), **more)


class TestOrder:
    def test_near_days_then_weight_then_what_others_do(self):
        tomorrow, late, far = due(1), due(-3), due(90, weight=5)
        heavy, others = replace(HERE, weight=9), due(-9, other="Kantor")

        found = most_pressing([others, far, heavy, tomorrow, late], today=TODAY)

        assert [one.due_on for one in found] == [
            late.due_on,
            tomorrow.due_on,
            None,
            far.due_on,
            others.due_on,
        ]
        assert [one.is_overdue for one in found] == [True, False, False, False, True]

    def test_equals_keep_their_order_and_seven_are_enough(self):
        many = [replace(HERE, about=str(number)) for number in range(9)]

        assert [one.about for one in most_pressing(many, today=TODAY)] == list("0123456")


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
class TestPage:
    @pytest.fixture
    def person(self, client):
        person = UserFactory(name="Ratna")
        client.force_login(person)
        return person

    def owned(self, person, role="owner", **facts):
        business = registered(profile(**facts) if facts else full_profile())
        Membership.objects.create(business=business, person=person, role=role, since=AT)
        return business

    def steps(self, client):
        return [one.step for one in client.get("/en/saya").context["todos"]]

    @pytest.mark.usefixtures("person")
    def test_who_owns_nothing_has_nothing_to_do(self, client):
        assert self.steps(client) == []
        assert "Nothing waits for you." in client.get("/en/saya").content.decode()

    def test_a_profile_that_grows_old_is_confirmed_by_one_tap(self, client, person, settings):
        settings.STALE_MONTHS, settings.DORMANT_MONTHS = 12, 24
        business = self.owned(person)
        Business.objects.update(confirmed_on=localdate() - timedelta(days=350))

        [todo, *_rest] = client.get("/en/saya").context["todos"]
        assert todo.step == "Say that the profile is still true; one tap is enough"
        client.post(todo.address, {"version": business.version})

        business.refresh_from_db()
        assert business.confirmed_on == localdate()
        assert todo.step not in self.steps(client)

    def test_changes_not_published_papers_that_end_and_what_a_profile_lacks(self, client, person):
        business = self.owned(person, name="Kelom Ratna", region=MOJOKERTO)
        Draft.objects.create(
            business=business, person=person, version=1, base={}, begun_at=now(), saved_at=now()
        )
        verified(business, checked_on=localdate() - timedelta(days=720))

        steps = " | ".join(self.steps(client))

        assert "Publish your changes" in steps
        assert "Add a photo. Buyers look before they read." in steps

    def test_a_claim_says_who_acts_and_by_when(self, client, person):
        waiting_claim(person=person, at=now())

        html = client.get("/en/saya").content.decode()

        assert "Looks at your claim" in html
        assert "The network&#x27;s office" in html

    def test_a_viewer_has_nothing_to_do_for_the_business(self, client, person):
        self.owned(person, role="viewer", name="Kelom Ratna", region=MOJOKERTO)

        assert self.steps(client) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_however_many(self, client, person, django_assert_num_queries, count):
        for number in range(count):
            business = self.owned(person, name=f"Kelom {number}", region=MOJOKERTO)
            directory.hide(business, reason="x", actor=person, at=AT)
            waiting_claim(person=person, at=now())
        client.get("/en/saya")

        with django_assert_num_queries(7):
            client.get("/en/saya")

    def test_enquiries_and_opportunities_stand_among_them(self, client, person):
        business = enquiries.firm(owner=person)
        asked = enquiries.enquiry(business, at=now())
        going = enquiries.accepted(asker=enquiries.member(person), at=now())
        begun(business, person)

        html = client.get("/en/saya").content.decode()

        assert f"/en/saya/pertanyaan/{asked.code}" in html
        assert "Answer an enquiry: yes or no" in html
        assert f"/en/saya/pertanyaan/{going.code}" in html
        assert "Go on writing your opportunity, then post it" in html

    def test_who_has_everything_waits_for_no_more_than_twelve_questions(
        self, client, person, settings, django_assert_max_num_queries
    ):
        settings.STALE_MONTHS, settings.DORMANT_MONTHS = 12, 24
        business = enquiries.firm(owner=person)
        Business.objects.update(confirmed_on=localdate() - timedelta(days=350))
        enquiries.enquiry(business, at=now())
        enquiries.accepted(asker=enquiries.member(person), at=now())
        begun(business, person)
        waiting_claim(person=person, at=now())
        verified(business, checked_on=localdate() - timedelta(days=720))
        joined(programme(), business)
        client.get("/en/saya")

        with django_assert_max_num_queries(12):
            todos = client.get("/en/saya").context["todos"]

        assert {one.icon for one in todos} >= {"mail", "message", "tag", "check", "shield-check"}

    def test_a_certificate_that_ends_and_a_review_say_by_when(self, client, person):
        business = self.owned(person, name="Kelom Ratna", region=MOJOKERTO)
        ends_on = localdate() + timedelta(days=9)
        term = Term.objects.filter(vocabulary="certification").order_by("pk")[0]
        Certificate.objects.create(business=business, term=term, expires_on=ends_on)
        posted = begun(business, person)
        Opportunity.objects.filter(pk=posted.pk).update(
            state="review", title_id="Cari maklon", since=now()
        )

        found = {one.icon: one for one in client.get("/en/saya").context["todos"]}

        assert found["file"].due_on == ends_on
        assert term.name_en in found["file"].step
        assert found["tag"].other == "The network's office"
        assert found["tag"].due_on == localdate() + timedelta(days=3)

    def test_of_many_enquiries_those_that_end_first_stand_there(self, client, person):
        business = enquiries.firm(owner=person)
        ends_first = enquiries.enquiry(business, at=now() - timedelta(days=10))
        for day in range(9, 0, -1):
            enquiries.enquiry(business, at=now() - timedelta(days=day))

        todos = client.get("/en/saya").context["todos"]

        assert todos[0].address.endswith(ends_first.code)

    def test_who_only_reads_is_asked_to_answer_and_to_write_nothing(self, client, person):
        read_only = self.owned(person, role="viewer", name="Kelom Ratna", region=MOJOKERTO)
        enquiries.enquiry(read_only, at=now())
        asked = enquiries.member(business=read_only)
        enquiries.accepted(asker=asked, at=now())
        begun(read_only, UserFactory())

        assert self.steps(client) == []
