from datetime import UTC, date, datetime

import pytest

from ifn.connections import actions as connections
from ifn.connections.matches import fields
from ifn.connections.models import Match, Opportunity
from ifn.connections.queries.opportunities import particulars_of
from ifn.demo import actions
from ifn.demo.opportunities import opportunities
from ifn.vocabulary.queries import lexicon

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture
def loaded():
    fields._laid.clear()  # noqa: SLF001  # as a new process
    actions.load_network(at=AT, today=TODAY)
    return actions.load_opportunities(at=AT, today=TODAY)


def test_every_one_names_a_business_words_and_units_that_there_are(loaded):
    every = list(opportunities(today=TODAY))

    assert loaded == len(every) == 40
    for one, stored in zip(every, Opportunity.objects.order_by("pk"), strict=True):
        assert particulars_of(stored) == one.said
        assert stored.business.slug == one.business
        for vocabulary, code in one.said.terms:
            assert lexicon().get(vocabulary, code), code


def test_both_languages_are_complete_and_each_day_has_some_open():
    for one in opportunities(today=TODAY):
        said = one.said
        assert all((said.title_id, said.title_en, said.text_id, said.text_en))
    assert sum(one.state == "open" for one in opportunities(today=TODAY)) == 34


def test_entered_twice_they_are_there_once(loaded):
    assert actions.load_opportunities(at=AT, today=TODAY) == 0
    assert Opportunity.objects.filter(is_demo=True).count() == loaded


def test_most_requests_find_somebody(loaded):
    connections.match_all(at=AT, today=TODAY)

    asked = Opportunity.objects.filter(state="open", direction="request")
    met = Match.objects.filter(hindrance__isnull=True).values("opportunity").distinct()
    assert loaded
    assert met.filter(opportunity__in=asked).count() >= 0.8 * asked.count()


def test_they_go_with_the_demo(loaded):
    assert loaded

    actions.remove_all(at=AT)

    assert not Opportunity.objects.exists()
